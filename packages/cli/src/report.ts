import type { TimsApiError, TimsError } from '@tims/sdk';
import { CommanderError } from 'commander';
import { CommandError, type ExitCode, exitCodes } from './exit-codes.js';
import { say } from './output/print.js';
import { oneLine } from './output/text.js';

/** Says on stderr what went wrong and what to do next; answers with the exit code. */
export async function report(error: unknown): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof CommandError) {
    complain(error.message, error.help);
    return error.exitCode;
  }
  const { TimsApiError, TimsError } = await import('@tims/sdk');
  if (error instanceof TimsApiError) return reportProblem(error);
  if (error instanceof TimsError) return reportClientError(error);
  if (error instanceof Error && error.name === 'SimulatorError') {
    complain(error.message);
    return exitCodes.failed;
  }
  complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.failed;
}

/** A problem document of the API: its detail, its fields, its help and the id that finds it in the server's log. */
function reportProblem(error: TimsApiError): ExitCode {
  const { title, detail, help, requestId, errors, members } = error;
  complain(detail && detail !== title ? `${title}: ${detail}` : title);
  for (const { path, message } of errors) say(`  ${oneLine(path)} ${oneLine(message)}`);
  for (const [name, value] of Object.entries(members)) if (value !== null) say(`  ${name}: ${JSON.stringify(value)}`);
  const next = error.code === 'unauthorized' || error.code === 'refresh_failed' ? 'Sign in with `tims login`.' : help;
  if (next) say(`  ${oneLine(next)}`);
  if (requestId) say(`  Request ${requestId}`);
  return exitCodeOfStatus(error.status, error.code);
}

function exitCodeOfStatus(status: number, code: string): ExitCode {
  if (status === 401) return exitCodes.notSignedIn;
  if (status === 403) return exitCodes.forbidden;
  if (status === 404) return exitCodes.notFound;
  if (status === 409) return exitCodes.conflict;
  if (status === 429 || status === 502 || status === 503 || status === 504) return exitCodes.unavailable;
  return code === 'validation_failed' ? exitCodes.usage : exitCodes.failed;
}

function reportClientError(error: TimsError): ExitCode {
  if (error.code !== 'network_error' && error.code !== 'timeout') {
    complain(error.message);
    return exitCodes.failed;
  }
  complain(error.message, 'Is the server running? `tims start` starts it; --url or TIMS_URL names another.');
  return exitCodes.unavailable;
}

function complain(message: string, help?: string): void {
  say(`error: ${message}`);
  if (help) say(`  ${help}`);
}

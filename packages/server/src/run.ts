import { listOrganizationIds } from '@tims/core';
import type { Logger } from 'pino';
import { closingLines } from './closing-lines.js';
import { type LoadOptions, loadSettings, SettingsError } from './load-settings.js';
import { createLog } from './log.js';
import { type RunningServer, startServer } from './start.js';
import { StartError } from './start-error.js';

export interface RunOptions extends LoadOptions {
  demo?: boolean;
}

/** Longer than this a stop does not take; what is cut off then is a provider that does not answer. */
const stopMs = 14_000;

/**
 * npm hands Ctrl+C on to a process that the terminal has told already: within this time it is one and the same signal.
 */
const echoMs = 300;

/** Runs the server as this process until a signal ends it. Exit codes: 0 stopped, 1 failed, 2 wrong settings. */
export async function runServer(options: RunOptions = {}): Promise<void> {
  const settings = await orExit(2, () => loadSettings(options));
  const log = createLog(settings.logLevel);
  dieLoudly(log);
  const starting = startServer(settings, { demo: options.demo ?? false, log });
  stopOnSignal(starting, log);
  const server = await orExit(1, () => starting);
  const organizations = await listOrganizationIds(server.installation.storage.reader);
  process.stdout.write(closingLines(server, { publicUrl: settings.publicUrl, empty: organizations.length === 0 }));
}

/** The message and nothing else: a stack helps nobody to mend a setting. */
async function orExit<T>(code: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SettingsError) {
      process.stderr.write(
        `TIMS cannot start with these settings:\n${error.problems.map((one) => `  - ${one}\n`).join('')}`,
      );
    } else if (error instanceof StartError) {
      process.stderr.write(`TIMS cannot start. ${error.message}\n`);
    } else {
      throw error;
    }
    process.exit(code);
  }
}

function stopOnSignal(starting: Promise<RunningServer>, log: Logger): void {
  let first: number | undefined;
  const stop = async (signal: string) => {
    const now = Date.now();
    if (first !== undefined) {
      if (now - first < echoMs) return;
      log.warn({ signal }, 'stopped at once');
      process.exit(1);
    }
    first = now;
    log.info({ signal }, 'stopping');
    const late = setTimeout(() => {
      // What a send that hangs will have come to is found out by its lease at the next start.
      log.warn('something did not end in time and was cut off');
      process.exit(0);
    }, stopMs);
    const server = await starting.catch(() => undefined);
    await server?.close();
    clearTimeout(late);
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

/** A process whose state nobody knows must not go on taking messages; whatever watches it starts it again. */
function dieLoudly(log: Logger): void {
  const die = (error: unknown) => {
    log.fatal({ err: error instanceof Error ? error : new Error(String(error)) }, 'unexpected error');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  // Node would print them between the log's lines of JSON.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => log.warn({ warning: name }, message));
  // Whoever reads our output may go away; that is no reason to stop.
  process.stdout.on('error', () => {});
}

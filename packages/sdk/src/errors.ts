import type { components } from './generated/types.js';

type Problem = components['schemas']['Problem'];

/** What the server can answer, see docs/errors.md. */
export type ErrorCode = Problem['code'];

/** What can go wrong without an answer of the server that says so. */
export type ClientErrorCode =
  | 'network_error'
  | 'timeout'
  /** An answer that is not of TIMS, e.g. of a proxy. */
  | 'unexpected_answer'
  /** The cursor no longer stands: take fresh snapshots. */
  | 'resync_required';

/** Every error that the SDK throws, but for an aborted signal: that one throws the signal's own reason. */
export class TimsError extends Error {
  override readonly name: string = 'TimsError';

  constructor(
    readonly code: ErrorCode | ClientErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The server refused. `code` is stable; `help` says what to do next. */
export class TimsApiError extends TimsError {
  override readonly name = 'TimsApiError';
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly help: string | undefined;
  /** For whoever runs the server: it finds the request in the log. */
  readonly requestId: string | undefined;
  /** The fields at fault, as JSON pointers into `body`, `query`, `params` or `headers`. */
  readonly errors: readonly { path: string; message: string }[];
  /** What else the problem says, e.g. `{assigneeId}` of `conversation_taken`. */
  readonly members: Readonly<Record<string, unknown>>;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(response: Response, answer: unknown) {
    const problem: Partial<Problem> = isProblem(answer) ? answer : {};
    const { type: _type, status: _status, code, title, detail, help, requestId, errors, ...members } = problem;
    const shown = title ?? `The server answered ${response.status}`;
    super(code ?? 'unexpected_answer', detail ?? shown);
    this.status = response.status;
    this.title = shown;
    this.detail = detail;
    this.help = help;
    this.requestId = requestId ?? response.headers.get('x-request-id') ?? undefined;
    this.errors = errors ?? [];
    this.members = members;
    this.retryAfterMs = retryAfter(response.headers.get('retry-after'));
  }
}

/** No answer came, or it broke off: `cause` is what the runtime says. */
export class TimsNetworkError extends TimsError {
  override readonly name = 'TimsNetworkError';

  constructor(cause: unknown) {
    super('network_error', `The server cannot be reached: ${reasonOf(cause)}`, { cause });
  }
}

/** No answer in time. */
export class TimsTimeoutError extends TimsError {
  override readonly name = 'TimsTimeoutError';

  constructor(readonly timeoutMs: number) {
    super('timeout', `No answer within ${timeoutMs} ms`);
  }
}

/**
 * Whether it is an error of the SDK, and of this code.
 *
 * @example
 * catch (error) {
 *   if (isTimsError(error, 'conversation_taken')) show(`${error.members.assigneeId} was faster`);
 *   else throw error;
 * }
 */
export function isTimsError(error: unknown): error is TimsError;
export function isTimsError<C extends ErrorCode>(error: unknown, code: C): error is TimsApiError & { code: C };
export function isTimsError<C extends ClientErrorCode>(error: unknown, code: C): error is TimsError & { code: C };
export function isTimsError(error: unknown, code?: string): boolean {
  return error instanceof TimsError && (code === undefined || error.code === code);
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string';
}

/** Seconds or a date (RFC 9110 §10.2.3), in milliseconds from now. */
function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** Node's fetch says only "fetch failed"; why stands in the cause. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message || cause.message : cause.message;
}

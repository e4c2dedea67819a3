/** How a command ended, for scripts. docs/cli.md and the help list them from here. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  forbidden: 4,
  notFound: 5,
  conflict: 6,
  unavailable: 7,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeSentences: Record<keyof typeof exitCodes, string> = {
  ok: 'done',
  failed: 'failed',
  usage: 'wrong usage or wrong settings',
  notSignedIn: 'not signed in',
  forbidden: 'your role does not allow it',
  notFound: 'not found',
  conflict: 'in conflict with what somebody else did',
  unavailable: 'the server cannot be reached, or is too busy',
};

/** The command cannot do it: what was wrong, and what to do next. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** What to do next. */
    readonly help?: string,
  ) {
    super(message);
  }
}

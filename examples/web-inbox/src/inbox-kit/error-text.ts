import { isTimsError, TimsApiError, TimsError } from '@tims/sdk';

/** What happened, and what to do next. */
export interface ErrorText {
  readonly title: string;
  readonly help: string;
}

/** An error in words for a reader. */
export function errorText(error: unknown): ErrorText {
  if (error instanceof TimsApiError) {
    if (error.status >= 500) return { title: 'The server has trouble', help: error.help ?? 'Try again in a moment.' };
    return { title: error.detail ?? error.title, help: error.help ?? 'Try again in a moment.' };
  }
  if (isTimsError(error, 'network_error')) {
    return {
      title: 'The server cannot be reached',
      help: 'Check the connection of this machine. It is tried again by itself.',
    };
  }
  if (isTimsError(error, 'timeout')) {
    return { title: 'The server takes too long to answer', help: 'It is tried again by itself.' };
  }
  if (error instanceof TimsError) return { title: 'That is no TIMS server', help: error.message };
  return { title: 'Something went wrong', help: error instanceof Error ? error.message : String(error) };
}

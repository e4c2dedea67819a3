/** The server cannot start; the message tells an operator why and what to do. It is shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface Finding {
  check: string;
  status: 'ok' | 'warn' | 'fail';
  /** What was found, and what to do. */
  detail: string;
}

export type Server = typeof import('@tims/server/operator');
export type Core = typeof import('@tims/core');

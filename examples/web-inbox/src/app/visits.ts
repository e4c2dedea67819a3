import { usePath } from './router.js';

/** A page that a mail leads to: it needs nobody who is signed in. */
export interface VisitedPage {
  readonly page: 'invite' | 'reset-password' | 'forgot-password';
  /** From the link; empty where a letter of it is missing. */
  readonly token: string;
}

const pages = ['invite', 'reset-password', 'forgot-password'] as const;

export function useVisit(): VisitedPage | undefined {
  const { pathname, search } = usePath();
  const page = pages.find((one) => pathname.replace(/\/$/, '') === `/${one}`);
  return page && { page, token: new URLSearchParams(search).get('token') ?? '' };
}

import { createTims, isTimsError, type Tims } from '@tims/sdk';
import { ownServer } from '../app/session/server-address.js';

/** A client that is nobody: links are for whoever has them. */
export function visitor(): Tims {
  return createTims({ url: ownServer });
}

/** The link was used, is too old, or a letter of it is missing. */
export function isLinkInvalid(error: unknown): boolean {
  if (isTimsError(error, 'link_invalid')) return true;
  return isTimsError(error, 'validation_failed') && error.errors.some(({ path }) => path === '/body/token');
}

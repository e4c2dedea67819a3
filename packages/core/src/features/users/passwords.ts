import { createHmac } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { Installation } from '../../installation.js';
import { fail } from '../../kernel/errors.js';
import { isCommonPassword } from './common-passwords.js';

/**
 * Refuses passwords that are too short, too long or on every list (no composition rules: they make weaker ones), and
 * hashes the others: bcrypt over a keyed hash, since bcrypt alone reads only 72 bytes, and a stolen table is useless
 * without the key. It takes a third of a second: never inside a transaction.
 *
 * @throws TimsError `password_refused`
 */
export async function newPasswordHash(installation: Installation, password: string): Promise<string> {
  demandGoodPassword(password);
  return bcrypt.hash(peppered(installation, password), installation.settings.passwordCost);
}

function demandGoodPassword(password: string): void {
  const length = [...password].length;
  if (length < 8 || length > 128) fail('password_refused', `It has ${length} characters`);
  if (isCommonPassword(password)) fail('password_refused', 'It stands on lists of common passwords');
}

/** Compares in the same time whether or not there is an account. */
export async function passwordMatches(
  installation: Installation,
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  const { passwordCost } = installation.settings;
  const matches = await bcrypt.compare(peppered(installation, password), hash ?? nobodysHash(passwordCost));
  return hash !== undefined && matches;
}

/** The hash of no password, at the cost of the others. */
function nobodysHash(cost: number): string {
  return `$2b$${String(cost).padStart(2, '0')}$abcdefghijklmnopqrstuu6UqXoTKQ1Yk2Tn2S8cv0Yh0K3C9x1bK`;
}

function peppered(installation: Installation, password: string): string {
  const key = installation.secrets.key('passwords');
  return createHmac('sha384', key).update(password.normalize('NFKC')).digest('base64');
}

import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { readOrMake } from '../secret-key.js';

/** What the demo must know again at its next start. */
export interface KeptDemo {
  appSecret: string;
  verifyToken: string;
  accessToken: string;
  /** Its organization, once that is made. */
  organizationId?: string;
}

/** The file that tells a demo's data folder from a real one. */
export const demoFile = (dataDir: string) => join(dataDir, 'demo.json');
export const passwordFile = (dataDir: string) => join(dataDir, 'demo-password');

/** What an earlier start kept; new secrets where there was none. Nothing is written here. */
export function readDemo(dataDir: string): KeptDemo {
  const made = { appSecret: secret(), verifyToken: secret(), accessToken: secret() };
  if (!existsSync(demoFile(dataDir))) return made;
  const kept: Partial<KeptDemo> = JSON.parse(readFileSync(demoFile(dataDir), 'utf8'));
  return { ...made, ...kept };
}

/** Replaces the file as a whole, so that a kill leaves the old one or the new one. */
export function keepDemo(dataDir: string, demo: KeptDemo): void {
  mkdirSync(dataDir, { recursive: true });
  const file = demoFile(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The password of the demo users. The first start decides; it is kept, since the users have it from then on. */
export function demoPassword(settings: { dataDir: string; demoPassword?: string }, log: Logger): string {
  const told = settings.demoPassword;
  const password = readOrMake(passwordFile(settings.dataDir), () => told ?? readablePassword());
  if (told !== undefined && told !== password) {
    log.warn('TIMS_DEMO_PASSWORD is not used: the demo users were made with the password in the data folder');
  }
  return password;
}

export function forgetPassword(dataDir: string): void {
  rmSync(passwordFile(dataDir), { force: true });
}

const secret = () => randomBytes(24).toString('base64url');

/** 60 bits in letters and digits that cannot be mistaken for each other. */
function readablePassword(): string {
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group()].join('-');
}

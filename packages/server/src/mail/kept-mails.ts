import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail that was written down instead of being sent. */
export interface KeptMail {
  /** What the command calls it. */
  id: string;
  /** ISO 8601. */
  at: string;
  to: string;
  subject: string;
  text: string;
}

export const mailFolder = (dataDir: string) => join(dataDir, 'mail');

/** Names sort as the mails came: 13 digits of milliseconds, and six characters against a tie. */
export function newMailName(): string {
  return `${Date.now()}-${randomBytes(3).toString('hex')}.eml`;
}

const named = /^(\d{13})-([0-9a-f]{6})\.eml$/;

/** The newest first. */
export async function listMails(dataDir: string, limit: number): Promise<KeptMail[]> {
  const names = (await namesIn(dataDir)).slice(0, limit);
  return Promise.all(names.map((name) => parsed(dataDir, name)));
}

/** By its id, or `latest`; undefined where there is none. */
export async function readMail(dataDir: string, id: string): Promise<KeptMail | undefined> {
  const names = await namesIn(dataDir);
  const name = id === 'latest' ? names[0] : names.find((one) => idOf(one) === id);
  return name === undefined ? undefined : parsed(dataDir, name);
}

async function namesIn(dataDir: string): Promise<string[]> {
  const folder = mailFolder(dataDir);
  if (!existsSync(folder)) return [];
  return (await readdir(folder))
    .filter((name) => named.test(name))
    .sort()
    .reverse();
}

async function parsed(dataDir: string, name: string): Promise<KeptMail> {
  const { default: PostalMime } = await import('postal-mime');
  const { to = [], subject = '', text = '' } = await PostalMime.parse(await readFile(join(mailFolder(dataDir), name)));
  return {
    id: idOf(name),
    at: new Date(Number(named.exec(name)?.[1])).toISOString(),
    to: to.map(({ address }) => address ?? '').join(', '),
    subject,
    text,
  };
}

function idOf(name: string): string {
  return named.exec(name)?.[2] ?? '';
}

import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, exitCodes } from './exit-codes.js';

/** One signed-in user at one server. */
export interface Profile {
  url: string;
  email: string;
  accessToken: string;
  refreshToken: string;
}

interface Profiles {
  /** The profile that is used unless another is named. */
  current?: string;
  profiles: Record<string, Profile>;
}

/** `~/.config/tims/config.json`, or where XDG_CONFIG_HOME says. */
export function profileFile(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'tims', 'config.json');
}

export function readProfiles(): Profiles {
  let text: string;
  try {
    text = readFileSync(profileFile(), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { profiles: {} };
    throw new CommandError(exitCodes.failed, `${profileFile()} cannot be read: ${String(error)}`);
  }
  try {
    const content: Partial<Profiles> = JSON.parse(text);
    return { profiles: {}, ...content };
  } catch {
    throw new CommandError(exitCodes.failed, `${profileFile()} is no JSON.`, 'Mend it, or delete it and log in again.');
  }
}

/** Changes the file as a whole, for its owner's eyes only. */
export function changeProfiles(change: (profiles: Profiles) => void): void {
  const file = profileFile();
  const profiles = readProfiles();
  change(profiles);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/** Longer than any refresh takes; an older lock was left behind by a command that was killed. */
const staleMs = 15_000;

/**
 * Runs `work` while no other command does. Needed for refreshing: a refresh token works once, and of two commands that
 * use the same one the second would end the session for both.
 */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const lock = `${profileFile()}.lock`;
  mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
  while (!take(lock)) await sleep(20);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > staleMs) rmSync(lock, { force: true });
    return false;
  }
}

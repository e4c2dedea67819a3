import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tims } from '@tims/sdk';
import { client, clientOfProfile, signIn } from './clients.js';
import { say } from './output/print.js';
import { changeProfiles, readProfiles } from './profile.js';

/** Kept under this name, so that not every command logs in anew: log-ins are slow on purpose, and limited. */
export const demoProfile = '(demo)';
const email = 'admin@example.com';

interface DemoConnection {
  tims: Tims;
  url: string;
  profile: string;
}

/**
 * Signs in as the demo's administrator where the demo's password lies in the data folder: whoever can read that owns
 * the demo. Undefined where there is no such file, or the server does not know the password.
 */
export async function connectToDemo(url: string): Promise<DemoConnection | undefined> {
  const password = demoPassword();
  if (password === undefined) return undefined;
  const kept = readProfiles().profiles[demoProfile];
  const known = kept?.url === url && kept.accessToken ? await clientOfProfile(demoProfile, kept) : undefined;
  const tims = (known && (await stillSignedIn(known)) ? known : undefined) ?? (await signInToDemo(url, password));
  if (!tims) return undefined;
  say(`Signed in to the demo at ${url} as ${email}.`);
  return { tims, url, profile: demoProfile };
}

function demoPassword(): string | undefined {
  try {
    return readFileSync(join(process.env.TIMS_DATA_DIR || 'data', 'demo-password'), 'utf8').trim();
  } catch {
    return undefined; // No demo here, or somebody else's.
  }
}

/** The demo may have been thrown away and begun anew since. */
async function stillSignedIn(tims: Tims): Promise<boolean> {
  const { isTimsError } = await import('@tims/sdk');
  return tims.me.get({}, { retries: 0 }).then(
    () => true,
    (error: unknown) => {
      if (isTimsError(error, 'unauthorized') || isTimsError(error, 'refresh_failed')) return false;
      throw error;
    },
  );
}

async function signInToDemo(url: string, password: string): Promise<Tims | undefined> {
  const { isTimsError } = await import('@tims/sdk');
  const stranger = await client({ url });
  const answer = await signIn(stranger, { email, password }).catch((error: unknown) => {
    // A server that is no demo, or not this one's: then it is for the person to sign in.
    if (isTimsError(error, 'login_failed')) return undefined;
    throw error;
  });
  if (!answer) return undefined;
  const profile = { url, email, accessToken: answer.accessToken, refreshToken: answer.refreshToken };
  changeProfiles(({ profiles }) => {
    profiles[demoProfile] = profile;
  });
  return clientOfProfile(demoProfile, profile);
}

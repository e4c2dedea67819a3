import type { Tims } from '@tims/sdk';
import type { Command } from 'commander';
import { client, clientOfProfile } from './clients.js';
import { type Globals, globalsOf } from './command.js';
import { connectToDemo, demoProfile } from './demo-login.js';
import { CommandError, exitCodes } from './exit-codes.js';
import { type Profile, readProfiles } from './profile.js';

/** Who is asking, and where. */
export interface Connection {
  tims: Tims;
  url: string;
  /** The profile's name, or `TIMS_TOKEN`. */
  profile: string;
}

/**
 * The server and the session that the command is for: TIMS_TOKEN, else the named or current profile, else a demo that
 * runs on this machine.
 *
 * @throws CommandError exit code 3 when nobody is signed in.
 */
export async function connect(command: Command): Promise<Connection> {
  const globals = globalsOf(command);
  const token = process.env.TIMS_TOKEN;
  if (token) {
    const url = addressOf(globals) ?? localAddress();
    return { tims: await client({ url, accessToken: token }), url, profile: 'TIMS_TOKEN' };
  }
  const chosen = chooseProfile(globals);
  if (chosen)
    return { tims: await clientOfProfile(chosen.name, chosen.profile), url: chosen.profile.url, profile: chosen.name };
  const demo = await connectToDemo(addressOf(globals) ?? localAddress());
  if (demo) return demo;
  const others = Object.keys(readProfiles().profiles).filter((name) => name !== demoProfile);
  throw new CommandError(
    exitCodes.notSignedIn,
    `You are not signed in${addressOf(globals) ? ` at ${addressOf(globals)}` : ''}.`,
    `Sign in with \`tims login --url ${addressOf(globals) ?? localAddress()}\`${others.length > 0 ? `, or name a profile: ${others.join(', ')}` : ''}.`,
  );
}

/** `--url`, else TIMS_URL. */
export function addressOf(globals: Globals): string | undefined {
  const url = (globals.url ?? process.env.TIMS_URL)?.replace(/\/+$/, '');
  if (!url) return undefined;
  if (/^https?:\/\/[^/]/.test(url)) return url;
  throw new CommandError(
    exitCodes.usage,
    `"${url}" is no address of a server.`,
    'Write it like http://127.0.0.1:4000.',
  );
}

/** Where a server of this machine listens unless told otherwise. */
export function localAddress(): string {
  return `http://127.0.0.1:${process.env.TIMS_PORT || '4000'}`;
}

function chooseProfile(globals: Globals): { name: string; profile: Profile } | undefined {
  const { current, profiles } = readProfiles();
  const named = globals.profile ?? process.env.TIMS_PROFILE;
  const url = addressOf(globals);
  const fits = (name: string) => !url || profiles[name]?.url === url;
  const name = named ?? (current !== undefined && fits(current) ? current : undefined);
  if (name === undefined) return undefined;
  const profile = profiles[name];
  if (!profile) {
    const known = Object.keys(profiles).join(', ') || 'none';
    throw new CommandError(
      exitCodes.notSignedIn,
      `There is no profile "${name}"; there are: ${known}.`,
      `Make it with \`tims login --profile ${name}\`.`,
    );
  }
  if (!fits(name)) {
    throw new CommandError(
      exitCodes.usage,
      `The profile "${name}" is for ${profile.url}, not for ${url}.`,
      'Leave out --url or TIMS_URL, or name another profile.',
    );
  }
  if (!profile.accessToken) {
    throw new CommandError(
      exitCodes.notSignedIn,
      `The session of the profile "${name}" has ended.`,
      `Sign in again with \`tims login --profile ${name} --url ${profile.url}\`.`,
    );
  }
  return { name, profile };
}

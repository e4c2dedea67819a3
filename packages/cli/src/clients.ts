import type { Credentials, Tims, Tokens, User } from '@tims/sdk';
import { CommandError, exitCodes } from './exit-codes.js';
import { changeProfiles, exclusively, type Profile, readProfiles } from './profile.js';

/** Fewer tries than a program would make: a person waits for the answer. */
const patience = { retries: { count: 2, totalMs: 10_000 }, timeoutMs: 30_000 };

/** A client that is not signed in. */
export async function client(options: { url: string; accessToken?: string }): Promise<Tims> {
  const { createTims } = await import('@tims/sdk');
  return createTims({ ...options, ...patience, WebSocket: await webSocket() });
}

/** Signs in once, without the client keeping the session. */
export async function signIn(tims: Tims, credentials: Credentials): Promise<Required<Tokens> & { user: User }> {
  const answer = await tims.auth.login({ ...credentials, mode: 'token' }, { retries: 0 });
  if ('accessToken' in answer) return answer;
  throw new CommandError(exitCodes.failed, 'The server answered with a session that is not in tokens.');
}

/** A client whose tokens live in the profile, and are shared with every other command that uses it. */
export async function clientOfProfile(name: string, { url, accessToken, refreshToken }: Profile): Promise<Tims> {
  const { createTims } = await import('@tims/sdk');
  return createTims({
    url,
    accessToken,
    refreshToken,
    ...patience,
    WebSocket: await webSocket(),
    exclusively: (work) => exclusively(() => work(tokensOf(readProfiles().profiles[name]))),
    onTokens: (tokens) =>
      changeProfiles(({ profiles }) => {
        const profile = profiles[name];
        if (profile)
          profiles[name] = {
            ...profile,
            accessToken: tokens?.accessToken ?? '',
            refreshToken: tokens?.refreshToken ?? '',
          };
      }),
  });
}

function tokensOf(profile: Profile | undefined) {
  return profile?.accessToken ? { accessToken: profile.accessToken, refreshToken: profile.refreshToken } : undefined;
}

/** Node has one of its own from version 22 on. */
async function webSocket() {
  return 'WebSocket' in globalThis ? undefined : (await import('ws')).WebSocket;
}

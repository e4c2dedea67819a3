import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserActor } from '@tims/core';
import type { TestServer } from '@tims/testing';

/** An empty folder with a profile file, as somebody who signed in has it. */
export interface Place {
  folder: string;
  env: NodeJS.ProcessEnv;
  leave(): void;
}

/** Signs the user in at the server, and keeps the session in a profile. `more` stands beside the profiles. */
export async function signedInPlace(server: TestServer, actor: UserActor, more: object = {}): Promise<Place> {
  const email = await server.tims.emailOf(actor);
  const response = await fetch(`${server.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: server.password }),
  });
  const { accessToken, refreshToken } = (await response.json()) as { accessToken: string; refreshToken: string }; // the API's Session
  const folder = mkdtempSync(join(tmpdir(), 'tims-inbox-'));
  mkdirSync(join(folder, 'config/tims'), { recursive: true });
  const profiles = { default: { url: server.url, email, accessToken, refreshToken } };
  writeFileSync(join(folder, 'config/tims/config.json'), JSON.stringify({ current: 'default', profiles, ...more }));
  return {
    folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      LANG: 'C.UTF-8',
      XDG_CONFIG_HOME: join(folder, 'config'),
    },
    leave: () => rmSync(folder, { recursive: true, force: true }),
  };
}

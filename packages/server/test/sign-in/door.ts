import { type TestDatabase, testPassword } from '@tims/testing';
import { type Answer, addPerson, openStage, type Person, type Stage } from '../stage/index.js';
import { appCode } from './app-code.js';

/** A stage whose clock can be put forward, with one agent who may sign in. */
export interface Door extends Stage {
  agent: Person;
  /** Puts the clock forward. */
  pass(ms: number): void;
  now(): number;
  login(body: object, headers?: Record<string, string>): Promise<Answer>;
  /** Logs in with the password of all test users. */
  enter(person: Person, more?: object): Promise<Answer>;
}

export async function openDoor(database: TestDatabase): Promise<Door> {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const stage = await openStage(database, { clock: { now }, trustProxy: 'loopback' });
  const login: Door['login'] = (body, headers = {}) => stage.call('POST', '/api/auth/login', { body, headers });
  return {
    ...stage,
    agent: await addPerson(stage.tims, 'agent', [stage.tims.teamId]),
    pass(ms) {
      ahead += ms;
    },
    now,
    login,
    enter: (person, more = {}) => login({ email: person.email, password: testPassword, ...more }),
  };
}

/** Sets up a second factor for whoever has this token; answers with the secret and the recovery codes. */
export async function secure({ call, now }: Door, token: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  const begun = await call('POST', '/api/me/second-factor', { as: token, body: { password: testPassword } });
  const { secret } = begun.body;
  const code = appCode(secret, now());
  const confirmed = await call('POST', '/api/me/second-factor/confirm', { as: token, body: { code } });
  if (confirmed.status !== 200) throw new Error(confirmed.text);
  return { secret, recoveryCodes: confirmed.body.recoveryCodes };
}

/** An answer without what differs each time. */
export function told({ status, body: { requestId: _each, ...body } }: Answer): object {
  return { status, body };
}

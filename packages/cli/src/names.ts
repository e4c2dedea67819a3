import type { Tims } from '@tims/sdk';
import { findId, shortIds } from './short-id.js';

/** What people are called instead of their ids. */
export interface Names {
  user(id: string | null): string;
  team(id: string): string;
  tag(id: string): string;
}

/** Reads the directory, the teams and the tags once; all are open to everybody who is signed in. */
export async function readNames(tims: Tims): Promise<Names> {
  const [people, teams, tags] = await Promise.all([everyone(tims), tims.teams.list(), tims.tags.list()]);
  const users = new Map(people.map(({ id, name }) => [id, name]));
  const labels = new Map(tags.data.map(({ id, name }) => [id, name]));
  const keys = new Map(teams.data.map(({ id, key }) => [id, key]));
  const short = shortIds([]);
  return {
    user: (id) => (id === null ? '' : (users.get(id) ?? short(id))),
    team: (id) => keys.get(id) ?? short(id),
    tag: (id) => labels.get(id) ?? short(id),
  };
}

async function everyone(tims: Tims): Promise<{ id: string; name: string }[]> {
  const people: { id: string; name: string }[] = [];
  for await (const person of tims.directory.list({ limit: 100 })) people.push(person);
  return people;
}

export function findTeam(tims: Tims, given: string): Promise<string> {
  return findId(
    given,
    'tem',
    'team',
    () => tims.teams.list(),
    ({ key, name }) => [key, name],
  );
}

export function findTag(tims: Tims, given: string): Promise<string> {
  return findId(
    given,
    'tag',
    'tag',
    () => tims.tags.list(),
    ({ name }) => [name],
  );
}

export function findCloseReason(tims: Tims, given: string): Promise<string> {
  return findId(
    given,
    'rsn',
    'reason',
    () => tims.closeReasons.list(),
    ({ key, name }) => [key, name],
  );
}

export function findChannel(tims: Tims, given: string): Promise<string> {
  return findId(
    given,
    'chn',
    'channel',
    () => tims.channels.list(),
    ({ name, address }) => [name, address],
  );
}

export function findConversation(tims: Tims, given: string): Promise<string> {
  return findId(given, 'cnv', 'conversation', () => tims.conversations.list({ limit: 100 }));
}

/** A whole name, wherever it stands in the list; an id or its end among the newest. */
export function findContact(tims: Tims, given: string): Promise<string> {
  const name = given.trim().slice(0, 200);
  return findId(
    given,
    'con',
    'contact',
    async function* () {
      const seen = new Set<string>();
      for (const list of [
        ...(name ? [tims.contacts.list({ name, limit: 100 })] : []),
        tims.contacts.list({ limit: 100 }),
      ]) {
        for await (const contact of list) {
          if (!seen.has(contact.id)) yield contact;
          seen.add(contact.id);
        }
      }
    },
    (contact) => [contact.name],
  );
}

/** `me`, an id or its end, a name; an e-mail where the caller may read the users. */
export async function findUser(tims: Tims, given: string): Promise<string> {
  if (given === 'me') return (await tims.me.get()).id;
  if (given.includes('@')) return findMember(tims, given);
  return findId(
    given,
    'usr',
    'user',
    () => tims.directory.list({ limit: 100 }),
    ({ name }) => [name],
  );
}

/** Also one who is deactivated, whom the directory leaves out; for who may read the users. */
export function findMember(tims: Tims, given: string): Promise<string> {
  return findId(
    given,
    'usr',
    'user',
    () => tims.users.list({ limit: 100 }),
    ({ email, name }) => [email, name],
  );
}

import { createUser } from '@tims/core';
import { testPassword } from '@tims/testing';
import { type Answer, type Call, type Person, personOf, type Stage } from '../stage/index.js';

let serial = 0;

/** Somebody of the role who leads these teams. */
export async function addLead({ tims }: Stage, role: string, teams: readonly string[]): Promise<Person> {
  const { installation, admin, organization } = tims;
  const email = `lead-${++serial}@example.com`;
  const input = { email, name: 'Mei Ling Tan', password: testPassword, role };
  const { id } = await createUser(installation, admin, {
    ...input,
    teams: teams.map((team) => ({ id: team, lead: true })),
  });
  return personOf(installation, { id, organization }, email);
}

/** All pages of a list, one item a page unless told. */
// biome-ignore lint/suspicious/noExplicitAny: items of any list; the schemas are checked elsewhere
export async function pagesOf(call: Call, path: string, as: Person, limit = 1): Promise<any[]> {
  const found = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const at: string = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`;
    const { body }: Answer = await call('GET', at, { as });
    found.push(...body.data);
    cursor = body.nextCursor;
  }
  return found;
}

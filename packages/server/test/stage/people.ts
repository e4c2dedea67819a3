import { createUser, findUserActor, type Installation, reading, type UserActor, updateUser } from '@tims/core';
import { type TestInstallation, testPassword } from '@tims/testing';
import { tokenFor } from './tokens.js';

export interface Person {
  actor: UserActor;
  token: string;
  email: string;
}

let serial = 0;

/** A user of the role in the teams, with a token. */
export async function addPerson(tims: TestInstallation, role: string, teams: readonly string[]): Promise<Person> {
  const email = `${role}-person-${++serial}@example.com`;
  const input = { email, name: role, password: testPassword, role, teams: teams.map((id) => ({ id })) };
  const { id } = await createUser(tims.installation, tims.admin, input);
  return personOf(tims.installation, { id, organization: tims.organization }, email);
}

export async function personOf(
  installation: Installation,
  user: Pick<UserActor, 'id' | 'organization'>,
  email: string,
): Promise<Person> {
  const ctx = reading(installation, user.organization, { type: 'system', id: 'test' });
  const found = await findUserActor(ctx, user.id);
  if (!found) throw new Error(`There is no user ${user.id}`);
  return { actor: found.actor, token: await tokenFor(installation, user), email };
}

export async function deactivate(tims: TestInstallation, { actor }: Person): Promise<void> {
  await updateUser(tims.installation, tims.admin, { id: actor.id, status: 'deactivated' });
}

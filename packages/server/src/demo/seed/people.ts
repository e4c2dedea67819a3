import {
  createTag,
  createTeam,
  createUser,
  fail,
  findUserActor,
  type Installation,
  listChannels,
  listTags,
  listTeams,
  listUsers,
  reading,
  type UserActor,
} from '@tims/core';
import { StartError } from '../../start-error.js';
import { numbersFrom } from './numbers.js';
import { speechFrom } from './speech.js';

/** Whose conversations they become. */
export interface SeedPlace {
  organization: string;
  admin: UserActor;
  channelId: string;
  /** With the people who take their conversations. */
  teams: { id: string; agents: string[] }[];
  /** Has some two hundred conversations; the others share the rest. */
  newcomer: string;
  tags: { followUp: string; common: string[]; rare: string };
}

const teamShares = [
  { key: 'cx', name: 'Customer Experience', share: 0.5 },
  { key: 'tx', name: 'Tutor Experience', share: 0.3 },
  { key: 'cr', name: 'Customer Relations', share: 0.2 },
];
const furtherTags = ['Refund', 'Complaint', 'Timetable', 'Exam', 'Referral'];
const rareTag = 'Legal';

/** Makes the teams, people and tags that are missing, through the actions, as an administrator would. */
export async function completePlace(
  installation: Installation,
  organization: string,
  { people, password, seed }: { people: number; password: string; seed: number },
): Promise<SeedPlace> {
  const ctx = reading(installation, organization, { type: 'system', id: 'seed' });
  const admin = await administrator(installation, organization);
  const channel = (await listChannels({ ...ctx, actor: admin })).find(({ kind }) => kind === 'whatsapp');
  if (!channel) throw new StartError('The organization has no WhatsApp channel that the conversations could be on.');
  const there = await listTeams({ ...ctx, actor: admin });
  const speech = speechFrom(seed);
  const numbers = numbersFrom(seed + 2);
  const teams: SeedPlace['teams'] = [];
  let number = 0;
  for (const { key, name, share } of teamShares) {
    const id = (there.find((team) => team.key === key) ?? (await createTeam(installation, admin, { key, name }))).id;
    const agents: string[] = [];
    for (let n = 0; n < Math.max(2, Math.round(people * share)); n++) {
      const role = n === 0 ? 'assistant_manager' : 'agent';
      const email = seededEmail(++number);
      const user = { email, name: speech.name(numbers), role, password, teams: [{ id }] };
      agents.push(
        (await findByEmail(installation, organization, email)) ?? (await createUser(installation, admin, user)).id,
      );
    }
    teams.push({ id, agents });
  }
  return {
    organization,
    admin,
    channelId: channel.id,
    teams,
    newcomer:
      (await findByEmail(installation, organization, 'agent@example.com')) ??
      teams[0]?.agents.at(-1) ??
      fail('internal_error'),
    tags: await completeTags(installation, admin),
  };
}

/** Of the nth of them; the demo's password is theirs too. */
export function seededEmail(number: number): string {
  return `seed-${String(number).padStart(2, '0')}@example.com`;
}

/** Somebody who may set everything up. */
export async function administrator(installation: Installation, organization: string): Promise<UserActor> {
  const ctx = reading(installation, organization, { type: 'system', id: 'seed' });
  const { data } = await listUsers(ctx, { role: 'admin', status: 'active', limit: 1 });
  const found = data[0] && (await findUserActor(ctx, data[0].id));
  if (!found) throw new StartError('The organization has no administrator who is active.');
  return found.actor;
}

async function findByEmail(
  installation: Installation,
  organization: string,
  email: string,
): Promise<string | undefined> {
  const ctx = reading(installation, organization, { type: 'system', id: 'seed' });
  for (let cursor: string | undefined; ; ) {
    const page = await listUsers(ctx, { limit: 100, ...(cursor ? { cursor } : {}) });
    const found = page.data.find((user) => user.email === email);
    if (found) return found.id;
    if (page.nextCursor === null) return undefined;
    cursor = page.nextCursor;
  }
}

async function completeTags(installation: Installation, admin: UserActor): Promise<SeedPlace['tags']> {
  const there = await listTags(reading(installation, admin.organization, admin));
  const idOf = async (name: string) =>
    (there.find((tag) => tag.name === name) ?? (await createTag(installation, admin, { name }))).id;
  const common: string[] = [];
  for (const name of ['New Lead', 'Payment', 'Tutor Request', ...furtherTags]) common.push(await idOf(name));
  return { followUp: await idOf('Follow-Up'), common, rare: await idOf(rareTag) };
}

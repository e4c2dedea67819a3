import {
  createChannel,
  createOrganization,
  createTeam,
  createUser,
  findUserActor,
  type Installation,
  reading,
  type UserActor,
} from '@tims/core';
import type { Row } from '@tims/core/plugin';
import { idOf, numbersFrom } from './numbers.js';
import { type Speech, speechFrom } from './speech.js';

export interface SeedOptions {
  conversations: number;
  /** Messages of each conversation, in the mean. */
  messages?: number;
  teams?: number;
  agents?: number;
  /** The same seed makes the same rows. */
  seed?: number;
  /** When the last of them was said, epoch milliseconds. */
  until?: number;
  progress?: (line: string) => void;
}

export interface Seeded {
  organization: string;
  admin: UserActor;
  teamIds: string[];
  /** Belongs to one team. */
  lead: UserActor;
  /** Has two hundred conversations. */
  agent: UserActor;
  /** Has as many as the others: all of them divided by the number of agents. */
  busyAgent: UserActor;
  speech: Speech;
  messages: number;
}

const year = 365 * 24 * 3_600_000;
const batch = 2_000;
const ofOneAgent = 200;

/**
 * Fills a new organization with what a year of a help desk leaves: contacts, conversations and what was said in them, in
 * the order of time. Rows go in past the actions and the event log, many at once; search and counts are rebuilt after.
 */
export async function seed(installation: Installation, options: SeedOptions): Promise<Seeded> {
  const { conversations, messages: each = 5, teams = 20, agents = 100, seed: from = 1, progress } = options;
  const until = options.until ?? Date.UTC(2026, 0, 1);
  const speech = speechFrom(from);
  const place = await organizationWith(installation, teams, agents);
  const numbers = numbersFrom(from + 1);
  let messages = 0;
  for (let start = 0; start < conversations; start += batch) {
    const rows = new Rows(place.organization);
    for (let index = start; index < Math.min(conversations, start + batch); index++) {
      const at = Math.floor(until - year + (year * index) / conversations);
      const own = index % Math.ceil(conversations / ofOneAgent) === 0;
      const agent = own ? place.agent : place.others[numbers.below(place.others.length)];
      const team = place.teamIds[numbers.below(place.teamIds.length)] ?? '';
      const count = 1 + numbers.below(2 * each - 1);
      rows.conversation({
        index,
        at,
        team,
        agent: agent?.id ?? '',
        channel: place.channelId,
        name: speech.name(numbers),
      });
      for (let n = 0; n < count; n++) {
        rows.message({
          number: messages++,
          at: at + n * 60_000 + numbers.below(50_000),
          text: speech.sentence(numbers),
          last: n === count - 1,
        });
      }
    }
    await rows.write(installation);
    if ((start / batch) % 50 === 49) progress?.(`${start + batch} conversations, ${messages} messages`);
  }
  return { ...place, busyAgent: place.others[1] ?? place.agent, speech, messages };
}

/** What an earlier run left in this installation, so that it can be measured again; undefined where there is nothing. */
export async function findSeeded(installation: Installation, { seed: from = 1 } = {}): Promise<Seeded | undefined> {
  const { reader } = installation.storage;
  const user = await reader('users')
    .join('accounts', 'accounts.id', 'users.account_id')
    .where('accounts.email', adminEmail)
    .first('users.organization_id');
  if (!user) return undefined;
  const organization: string = user.organization_id;
  const ctx = reading(installation, organization, { type: 'system', id: 'seed' });
  const people: { id: string; email: string }[] = await reader('users')
    .join('accounts', 'accounts.id', 'users.account_id')
    .where('users.organization_id', organization)
    .select('users.id', 'accounts.email');
  const actor = async (email: string): Promise<UserActor> => {
    const found = await findUserActor(ctx, people.find((one) => one.email === email)?.id ?? '');
    if (!found) throw new Error(`${email} is not there`);
    return found.actor;
  };
  const count = await reader('messages').where('organization_id', organization).count({ count: '*' }).first();
  return {
    organization,
    admin: await actor(adminEmail),
    teamIds: await reader('teams').where('organization_id', organization).pluck('id'),
    lead: await actor('seed-assistant_manager-1@example.com'),
    agent: await actor('seed-agent-0@example.com'),
    busyAgent: await actor('seed-agent-2@example.com'),
    speech: speechFrom(from),
    messages: Number(count?.count ?? 0),
  };
}

const adminEmail = 'seed-admin@example.com';

/** Rows of one batch, table by table. */
class Rows {
  readonly tables: Record<'contacts' | 'identities' | 'identity_keys' | 'conversations' | 'messages', Row[]> = {
    contacts: [],
    identities: [],
    identity_keys: [],
    conversations: [],
    messages: [],
  };
  private current = { conversation: '', channel: '', identity: '', agent: '', row: {} as Row };

  constructor(private readonly organization: string) {}

  conversation(of: { index: number; at: number; team: string; agent: string; channel: string; name: string }): void {
    const { index, at, team, agent, channel, name } = of;
    const organization_id = this.organization;
    const id = idOf('cnv', at, index);
    const identity = idOf('idn', at, index);
    const contact = idOf('con', at, index);
    const closed = index % 10 !== 0;
    this.tables.contacts.push({ organization_id, id: contact, name, kind: 'customer', version: 1, created_at: at });
    this.tables.identities.push({
      organization_id,
      id: identity,
      channel_id: channel,
      contact_id: contact,
      name,
      last_inbound_at: at,
      created_at: at,
    });
    this.tables.identity_keys.push({
      organization_id,
      channel_id: channel,
      type: 'phone',
      value: `+6012${String(10_000_000 + index)}`,
      identity_id: identity,
      created_at: at,
    });
    const row: Row = {
      organization_id,
      id,
      channel_id: channel,
      thread_key: identity,
      active_key: identity,
      contact_id: contact,
      identity_id: identity,
      team_id: team,
      assignee_id: agent,
      lifecycle: closed ? 'closed' : 'open',
      handler: 'user',
      status: closed ? 'closed' : 'assigned',
      handler_version: 1,
      version: 1,
      unread_count: 0,
      initiated_by: 'contact',
      last_message_id: null,
      last_message_at: null,
      last_activity_at: at,
      waiting_since: null,
      close_reason: closed ? 'resolved' : null,
      closed_at: closed ? at : null,
      created_at: at,
    };
    this.tables.conversations.push(row);
    this.current = { conversation: id, channel, identity, agent, row };
  }

  message({ number, at, text, last }: { number: number; at: number; text: string; last: boolean }): void {
    const { conversation, channel, identity, agent, row } = this.current;
    const inbound = number % 2 === 0;
    const id = idOf('msg', at, number);
    this.tables.messages.push({
      organization_id: this.organization,
      id,
      conversation_id: conversation,
      channel_id: channel,
      direction: inbound ? 'inbound' : 'outbound',
      origin: 'live',
      identity_id: inbound ? identity : null,
      user_id: inbound ? null : agent,
      type: 'text',
      content: JSON.stringify({ type: 'text', v: 1, text }),
      external_id: `wamid.${String(number).padStart(12, '0')}`,
      reply_to: null,
      sent_at: at,
      received_at: at,
      display_at: at,
      state: inbound ? null : 'read',
      delivered_at: null,
      read_at: null,
      error: null,
      extra: null,
      edited_at: null,
      revoked_at: null,
      version: 1,
    });
    if (last) Object.assign(row, { last_message_id: id, last_message_at: at, last_activity_at: at });
  }

  async write({ storage }: Installation): Promise<void> {
    await storage.writer.transaction(async (trx) => {
      for (const [table, rows] of Object.entries(this.tables)) await storage.dialect.bulkInsert(trx, table, rows);
    });
  }
}

async function organizationWith(installation: Installation, teams: number, agents: number) {
  const password = 'correct horse battery';
  const made = await createOrganization(installation, {
    name: 'Seeded',
    admin: { email: adminEmail, name: 'Admin', password },
  });
  const organization = made.organizationId;
  const ctx = reading(installation, organization, { type: 'system', id: 'seed' });
  const actorOf = async (id: string): Promise<UserActor> => {
    const found = await findUserActor(ctx, id);
    if (!found) throw new Error(`There is no user ${id}`);
    return found.actor;
  };
  const adminRow = await installation.storage.reader('users').where({ organization_id: organization }).first('id');
  const admin = { ...(await actorOf(adminRow.id)), operator: true };
  const teamIds = [made.teamId];
  for (let n = 1; n < teams; n++)
    teamIds.push((await createTeam(installation, admin, { key: `t${n}`, name: `Team ${n}` })).id);
  const add = async (role: string, n: number) => {
    const email = `seed-${role}-${n}@example.com`;
    const of = [{ id: teamIds[n % teamIds.length] ?? '' }];
    return actorOf(
      (await createUser(installation, admin, { email, name: `${role} ${n}`, password, role, teams: of })).id,
    );
  };
  const lead = await add('assistant_manager', 1);
  // A password costs a quarter of a second: a few have one, the rest are names in rows.
  const agent = await add('agent', 0);
  const others = [await add('agent', 1), await add('agent', 2)];
  const channel = await createChannel(installation, admin, {
    kind: 'whatsapp',
    name: 'Shared number',
    defaultTeamId: made.teamId,
    config: { phoneNumberId: '106540352242922', businessAccountId: '102290129340398', accessToken: 'token' },
    verify: false,
  });
  const template = await installation.storage
    .reader('users')
    .where({ organization_id: organization, id: agent.id })
    .first();
  const account = await installation.storage.reader('accounts').where({ id: template.account_id }).first();
  const extra = Array.from({ length: Math.max(0, agents - 3) }, (_, n) => ({
    account: { ...account, id: idOf('acc', 1_700_000_000_000, n), email: `seed-extra-${n}@example.com` },
    user: { ...template, id: idOf('usr', 1_700_000_000_000, n), account_id: idOf('acc', 1_700_000_000_000, n) },
  }));
  const { dialect, writer } = installation.storage;
  await dialect.bulkInsert(
    writer,
    'accounts',
    extra.map((one) => one.account),
  );
  await dialect.bulkInsert(
    writer,
    'users',
    extra.map((one) => one.user),
  );
  return {
    organization,
    admin,
    teamIds,
    lead,
    agent,
    others: [...others, ...extra.map((one) => ({ ...others[0], id: one.user.id }) as UserActor)],
    channelId: channel.id,
  };
}

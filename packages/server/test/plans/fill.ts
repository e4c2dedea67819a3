import { type IdKind, idPrefixes } from '@tims/core';
import type { Row } from '@tims/core/plugin';
import { conversationAt, type Person, type Stage } from '../stage/index.js';

/** So many that no planner thinks of reading them all. */
export const size = 4_000;

/** An id that sorts as its number does. */
export function idOf(kind: IdKind, number: number): string {
  return `${idPrefixes[kind]}_${String(number).padStart(26, '0')}`;
}

/** Rows as they are made of their number. */
export function rowsOf(count: number, row: (number: number) => Row): Row[] {
  return Array.from({ length: count }, (_, number) => row(number));
}

/** Writes the tables' rows in this order. */
export async function fill({ tims }: Stage, tables: Record<string, readonly Row[]>): Promise<void> {
  const { writer, dialect } = tims.installation.storage;
  for (const [table, rows] of Object.entries(tables)) {
    for (let start = 0; start < rows.length; start += 500)
      await dialect.bulkInsert(writer, table, rows.slice(start, start + 500));
    // A server's optimiser goes by its statistics, which it gathers by itself in time.
    if (dialect.name === 'mysql') await writer.raw(`analyze table ${table}`);
  }
}

/**
 * Gives the other organization many people, teams, tags and the like, and this one some: what belongs to one of them
 * is a small part of its table.
 */
export async function fillSmall(stage: Stage): Promise<void> {
  const { writer } = stage.tims.installation.storage;
  const many = [
    { organization: stage.other.organization, from: 100_000, count: 1_000 },
    { organization: stage.tims.organization, from: 200_000, count: 30 },
  ];
  const first = async (table: string): Promise<Row> => (await writer(table).first()) ?? {};
  const [account, user, team, member, tag, reason, channel] = await Promise.all(
    ['accounts', 'users', 'teams', 'team_members', 'tags', 'close_reasons', 'channels'].map(first),
  );
  const each = (row: (number: number, organization: string) => Row): Row[] =>
    many.flatMap(({ organization, from, count }) => rowsOf(count, (n) => row(from + n, organization)));
  await fill(stage, {
    accounts: each((n) => ({ ...account, id: idOf('account', n), email: `${n}@many.example.com` })),
    teams: each((n, organization_id) => ({ ...team, organization_id, id: idOf('team', n), key: `t${n}` })),
    users: each((n, organization_id) => ({
      ...user,
      organization_id,
      id: idOf('user', n),
      account_id: idOf('account', n),
      primary_team_id: null,
      role: n % 2 ? 'agent' : 'manager',
      created_at: n,
    })),
    team_members: each((n, organization_id) => ({
      ...member,
      organization_id,
      user_id: idOf('user', n),
      team_id: idOf('team', n),
    })),
    tags: each((n, organization_id) => ({
      ...tag,
      organization_id,
      id: idOf('tag', n),
      team_id: null,
      scope: '',
      name: `Tag ${n}`,
      name_key: `tag ${n}`,
    })),
    close_reasons: each((n, organization_id) => ({
      ...reason,
      organization_id,
      id: idOf('closeReason', n),
      key: `r${n}`,
    })),
    roles: each((n, organization_id) => ({
      organization_id,
      key: `role_${n}`,
      name: 'A role',
      rank: 10,
      grants: '{}',
      version: 1,
      created_at: 1,
    })),
    contact_attributes: each((n, organization_id) => ({
      organization_id,
      key: `a${n}`,
      name: 'An attribute',
      type: 'text',
      position: 0,
      version: 1,
      created_at: 1,
    })),
    channels: each((n, organization_id) => ({
      ...channel,
      organization_id,
      id: idOf('channel', n),
      address: `${n}`,
      default_team_id: idOf('team', n),
    })),
  });
}

export const start = 1_700_000_000_000;

/** A conversation that the many are copies of. */
export interface Model {
  id: string;
  contactId: string;
  messageId: string;
  identityId: string;
}

/**
 * Some thousand contacts, each with an address and a conversation, and messages: half of them in the model's
 * conversation, the others one in each. Every other conversation is the agent's.
 */
export async function fillInbox(stage: Stage, agent: Person): Promise<Model> {
  const { tims } = stage;
  const { writer } = tims.installation.storage;
  const model = await conversationAt(tims, { assignee: agent.actor });
  const of = async (table: string, id: string): Promise<Row> => writer(table).where('id', id).first();
  const conversation = await of('conversations', model.id);
  const { key: _key, ...message } = await of('messages', model.messageId);
  const contact = await of('contacts', model.contactId);
  const identity = await of('identities', String(conversation.identity_id));
  const key: Row = await writer('identity_keys').where('identity_id', identity.id).first();
  const { organization: organization_id } = tims;
  const [tag]: Row[] = await writer('tags').where('organization_id', organization_id).limit(1);
  const owner = (i: number) => (i % 2 ? agent.actor.id : tims.admin.id);
  await fill(stage, {
    contacts: rowsOf(size, (i) => ({
      ...contact,
      id: idOf('contact', i),
      name: `Name ${i % 1_000}`,
      name_key: `name ${i % 1_000}`,
    })),
    identities: rowsOf(size, (i) => ({ ...identity, id: idOf('identity', i), contact_id: idOf('contact', i) })),
    identity_keys: rowsOf(size, (i) => ({ ...key, value: `+6019${1_000_000 + i}`, identity_id: idOf('identity', i) })),
    conversations: rowsOf(size, (i) => ({
      ...conversation,
      id: idOf('conversation', i),
      active_key: null,
      contact_id: idOf('contact', i),
      identity_id: idOf('identity', i),
      assignee_id: owner(i),
      last_activity_at: start + i * 1_000,
    })),
    messages: rowsOf(size, (i) => ({
      ...message,
      id: idOf('message', i),
      external_id: `wamid.${i}`,
      conversation_id: i % 2 ? model.id : idOf('conversation', i),
      content: JSON.stringify({ type: 'text', text: i % 3 ? `wallaby ${i}` : `koala wallaby ${i}` }),
      display_at: start + i * 1_000,
    })),
    ...marksAndTags(stage, agent, String(tag?.id)),
    contact_tags: rowsOf(size / 2, (i) => ({
      organization_id,
      contact_id: idOf('contact', i * 2),
      tag_id: tag?.id ?? '',
      tagged_at: 1,
    })),
  });
  return { ...model, identityId: String(identity.id) };
}

/** How far they have read in each conversation, and tags of every other message. */
export function marksAndTags({ tims }: Stage, { actor }: Person, tagId: string): Record<string, Row[]> {
  const { organization: organization_id, admin } = tims;
  return {
    read_marks: rowsOf(size, (i) => ({
      organization_id,
      conversation_id: idOf('conversation', i),
      user_id: i % 2 ? actor.id : admin.id,
      message_id: idOf('message', i),
      read_at: start,
    })),
    message_tags: rowsOf(size / 2, (i) => ({
      organization_id,
      message_id: idOf('message', i * 2),
      tag_id: tagId,
      tagged_at: 1,
    })),
  };
}

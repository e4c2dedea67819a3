import type { ReadContext } from '../../database/context.js';
import { withVeiled } from '../../features/messages/index.js';
import { readable, tokensOf } from './mentions.js';
import { atOnce, endedConversations, type Step, type Task } from './step.js';

/** So many are read before what was found is taken. */
const rounds = 20;
/** Bodies may be megabytes. */
const perRound = 100;

interface BodyRow {
  key: number;
  body: Buffer | string;
}

/**
 * Webhooks as they came. One that names the person goes as a whole, whoever else it names: what it says was taken in,
 * and the body is only kept to mend how it was read. That goes for those of several organizations too.
 */
export const rawBodies: Step = async (read, task) => {
  const { place } = task;
  const { trx, organization } = read;
  let from = Number(place.after ?? (place.pass === 1 ? 0 : place.bodiesFrom));
  let more = true;
  const keys: number[] = [];
  for (let round = 0; round < rounds && more && keys.length === 0; round++) {
    const rows: BodyRow[] = await trx('inbound_requests')
      .where('key', '>', from)
      .where('received_at', '<=', place.bodiesUntil)
      .where((or) => {
        or.where('organization_id', organization).orWhereNull('organization_id');
      })
      .orderBy('key')
      .limit(perRound)
      .select('key', 'body');
    keys.push(...(await aboutPerson(read, task, rows, ({ body }) => readable(body))).map(({ key }) => Number(key)));
    from = Number(rows.at(-1)?.key ?? from);
    more = rows.length === perRound;
  }
  return async (ctx, count) => {
    if (keys.length > 0) count('rawBodies', await ctx.trx('inbound_requests').whereIn('key', keys).delete());
    return more ? String(from) : null;
  };
};

interface FailureRow {
  id: string;
  organization_id: string | null;
  kind: string;
  body: Buffer | string;
}

/**
 * Webhooks that were put aside. One that belongs to nobody goes as well, unless it names a channel of others and none of
 * this organization: it is theirs to take in.
 */
export const failures: Step = async (read, task) => {
  const { trx, organization } = read;
  const rows: FailureRow[] = await trx('inbound_failures')
    .where('id', '>', task.place.after ?? '')
    .where('received_at', '<=', task.at)
    .where((or) => {
      or.where('organization_id', organization).orWhereNull('organization_id');
    })
    .orderBy('id')
    .limit(perRound)
    .select('id', 'organization_id', 'kind', 'body');
  const ids: string[] = [];
  for (const row of await aboutPerson(read, task, rows, ({ body }) => readable(body))) {
    if (row.organization_id !== null || !(await isOfOthers(read, row))) ids.push(row.id);
  }
  return async (ctx, count) => {
    if (ids.length > 0) count('failures', await ctx.trx('inbound_failures').whereIn('id', ids).delete());
    return rows.length === perRound ? (rows.at(-1)?.id ?? null) : null;
  };
};

async function isOfOthers({ trx, organization }: ReadContext, { kind, body }: FailureRow): Promise<boolean> {
  const tokens = tokensOf(readable(body)).slice(0, atOnce);
  const owners: string[] = await trx('channels')
    .where('kind', kind)
    .whereIn('address', tokens)
    .pluck('organization_id');
  return owners.length > 0 && !owners.includes(organization);
}

interface PendingRow {
  key: number;
  external_id: string;
  data: string;
}

/** Updates that wait for their message. */
export const pendingUpdates: Step = async (read, task) => {
  const rows: PendingRow[] = await read
    .trx('pending_updates')
    .where('organization_id', read.organization)
    .where('key', '>', Number(task.place.after ?? 0))
    .where('received_at', '<=', task.at)
    .orderBy('key')
    .limit(atOnce)
    .select('key', 'external_id', 'data');
  const keys = (await aboutPerson(read, task, rows, ({ data }) => readable(data))).map(({ key }) => key);
  return async (ctx, count) => {
    if (keys.length > 0) count('pendingUpdates', await ctx.trx('pending_updates').whereIn('key', keys).delete());
    return rows.length === atOnce ? String(rows.at(-1)?.key) : null;
  };
};

interface NoticeRow {
  key: number;
  data: string;
}

/** What the provider told about somebody: that they want no more advertising. That it told something stays. */
export const notices: Step = async (read, task) => {
  const rows: NoticeRow[] = await read
    .trx('channel_notices')
    .where('organization_id', read.organization)
    .where('key', '>', Number(task.place.after ?? 0))
    .orderBy('key')
    .limit(atOnce)
    .select('key', 'data');
  const keys = rows.filter(({ data }) => task.mentions(readable(data))).map(({ key }) => key);
  return async (ctx, count) => {
    if (keys.length > 0) {
      count('notices', await ctx.trx('channel_notices').whereIn('key', keys).update({ data: '{}' }));
    }
    return rows.length === atOnce ? String(rows.at(-1)?.key) : null;
  };
};

/** Those that name an address of the person, or one of their messages by the provider's id. */
async function aboutPerson<Row>(
  read: ReadContext,
  task: Task,
  rows: readonly Row[],
  textOf: (row: Row) => string,
): Promise<Row[]> {
  const texts = rows.map((row) => ({ row, text: textOf(row), tokens: [] as string[] }));
  const named = texts.filter(({ text }) => task.mentions(text));
  const others = texts.filter((one) => !named.includes(one));
  for (const one of others) one.tokens = tokensOf(one.text);
  const known = await ownIds(read, task, [...new Set(others.flatMap(({ tokens }) => tokens))]);
  const quoting = others.filter(({ tokens }) => withVeiled(read.installation, tokens).some((id) => known.has(id)));
  return [...named, ...quoting].map(({ row }) => row);
}

/** Which of the tokens are ids of messages in the person's conversations, as those have them by now. */
async function ownIds(read: ReadContext, task: Task, tokens: readonly string[]): Promise<Set<string>> {
  const { trx, organization } = read;
  const known = new Set<string>();
  const channels: string[] = await endedConversations(read, task).distinct('channel_id').pluck('channel_id');
  for (let at = 0; at < tokens.length && channels.length > 0; at += atOnce) {
    const ids: string[] = await trx('messages')
      .where('organization_id', organization)
      .whereIn('channel_id', channels)
      .whereIn('external_id', withVeiled(read.installation, tokens.slice(at, at + atOnce)))
      .whereIn('conversation_id', endedConversations(read, task).select('id'))
      .pluck('external_id');
    for (const id of ids) known.add(id);
  }
  return known;
}

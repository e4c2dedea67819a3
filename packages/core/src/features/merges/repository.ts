import type { Context, ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { fromJson } from '../../kernel/json.js';
import type { MergeKind } from './schema.js';

/** What a contact brought along, and takes back. */
export interface ContactBaggage {
  identities: string[];
  notes: string[];
  tags: string[];
  /** Keys of attributes that only it had. */
  attributes: string[];
  /** The other one had no name. */
  name: boolean;
  blocked: boolean;
}

/** What a conversation brought along, and takes back; its messages know it themselves. */
export interface ConversationBaggage {
  notes: string[];
  followUps: string[];
  /** It was the one that goes on with the person: the other one took over its thread. */
  thread: boolean;
  inboundCount: number;
  unreadCount: number;
}

interface MergeBase {
  id: string;
  fromId: string;
  intoId: string;
  by: string;
  at: number;
  undoneAt: number | null;
}

/** Two that became one, with what it takes to undo it. Times are epoch milliseconds. */
export type MergeRecord = MergeBase &
  ({ kind: 'contact'; moved: ContactBaggage } | { kind: 'conversation'; moved: ConversationBaggage });

interface MergeRow {
  id: string;
  kind: MergeKind;
  from_id: string;
  into_id: string;
  moved: string;
  by: string;
  at: number;
  undone_at: number | null;
}

/** The merge, locked until the transaction ends; throws `not_found`. */
export async function lockMerge(ctx: Context, id: string): Promise<MergeRecord> {
  const query = ctx.trx('merges').where({ organization_id: ctx.organization, id });
  const [row]: MergeRow[] = await ctx.installation.storage.dialect.forUpdate(query);
  return row ? toRecord(row) : fail('not_found', `There is no merge ${id}`);
}

const mostShown = 100;

/** What became part of it, and what it became part of, the last first. */
export async function findMergesOf({ trx, organization }: ReadContext, id: string): Promise<MergeRecord[]> {
  const of = (column: 'into_id' | 'from_id'): Promise<MergeRow[]> =>
    trx('merges')
      .where({ organization_id: organization, [column]: id })
      .limit(mostShown);
  const rows = (await Promise.all([of('into_id'), of('from_id')])).flat();
  return rows.map(toRecord).sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** The merges that stand by which something became part of this one, directly or through others. */
export async function mergesInto({ trx, organization }: ReadContext, id: string): Promise<string[]> {
  const found: string[] = [];
  for (let into = [id]; into.length > 0; ) {
    const rows: { id: string; from_id: string }[] = await trx('merges')
      .where('organization_id', organization)
      .whereIn('into_id', into)
      .whereNull('undone_at')
      .select('id', 'from_id');
    found.push(...rows.map((row) => row.id));
    into = rows.map((row) => row.from_id);
  }
  return found;
}

export async function insertMerge(ctx: Context, merge: MergeRecord): Promise<void> {
  await ctx.trx('merges').insert({
    organization_id: ctx.organization,
    id: merge.id,
    kind: merge.kind,
    from_id: merge.fromId,
    into_id: merge.intoId,
    moved: JSON.stringify(merge.moved),
    by: merge.by,
    at: merge.at,
    undone_at: null,
  });
}

export async function setUndone({ trx, organization }: Context, id: string, at: number): Promise<void> {
  await trx('merges').where({ organization_id: organization, id }).update({ undone_at: at });
}

function toRecord(row: MergeRow): MergeRecord {
  return {
    id: row.id,
    kind: row.kind,
    fromId: row.from_id,
    intoId: row.into_id,
    moved: fromJson(row.moved),
    by: row.by,
    at: Number(row.at),
    undoneAt: row.undone_at === null ? null : Number(row.undone_at),
    // The kind says which baggage it is: both were written together.
  } as MergeRecord;
}

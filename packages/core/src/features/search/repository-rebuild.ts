import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import { type Draft, draftOf } from './repository-index.js';
import {
  type Entity,
  type MessageTextRow,
  messageTextColumns,
  readEntities,
  toMessageEntity,
} from './repository-texts.js';
import { type IndexedKind, indexedKinds } from './words.js';

/** A piece of everything that can be found, in the order in which it is stored. */
export interface Chunk {
  drafts: Draft[];
  /** Where the next piece begins; undefined after the last one. */
  next: string | undefined;
}

/**
 * The next drafts of one kind of one organization. Messages are read in the order of their ids, which is the order in
 * which they came.
 */
export async function readChunk(ctx: ReadContext, kind: IndexedKind, after: string, limit: number): Promise<Chunk> {
  const { trx, organization } = ctx;
  const query = trx(`${kind}s`)
    .where('organization_id', organization)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit);
  let entities: Entity[];
  let last: string | undefined;
  if (kind === 'message') {
    const rows: MessageTextRow[] = await query.select(messageTextColumns);
    entities = rows.map(toMessageEntity);
    last = rows.at(-1)?.id;
  } else {
    const ids: string[] = await query.pluck('id');
    entities = [...(await readEntities(ctx, kind, ids)).values()];
    last = ids.at(-1);
  }
  return { drafts: entities.map(draftOf), next: last };
}

/** The drafts of the messages that came last. */
export async function readNewest({ trx, organization }: ReadContext, limit: number): Promise<Draft[]> {
  const rows: MessageTextRow[] = await trx('messages')
    .where('organization_id', organization)
    .orderBy('id', 'desc')
    .limit(limit)
    .select(messageTextColumns);
  return rows.map((row) => draftOf(toMessageEntity(row)));
}

/** Entities that the index has and that are no longer there, after this one and among the next `limit`. */
export async function readOrphans(
  ctx: ReadContext,
  after: string,
  limit: number,
): Promise<{ orphans: { kind: IndexedKind; id: string }[]; next: string | undefined }> {
  const rows: { kind: IndexedKind; entity_id: string }[] = await ctx
    .trx('search_documents')
    .where('organization_id', ctx.organization)
    .where('entity_id', '>', after)
    .orderBy('entity_id')
    .limit(limit)
    .select('kind', 'entity_id');
  const orphans: { kind: IndexedKind; id: string }[] = [];
  for (const kind of indexedKinds) {
    const ids = rows.flatMap((row) => (row.kind === kind ? row.entity_id : []));
    const there = new Set(ids.length > 0 ? await existing(ctx.trx, ctx.organization, kind, ids) : []);
    for (const id of ids) if (!there.has(id)) orphans.push({ kind, id });
  }
  return { orphans, next: rows.at(-1)?.entity_id };
}

function existing(trx: Knex, organization: string, kind: IndexedKind, ids: readonly string[]): Promise<string[]> {
  return trx(`${kind}s`)
    .where('organization_id', organization)
    .whereIn('id', [...ids])
    .pluck('id') as unknown as Promise<string[]>; // knex cannot type a table whose name is computed
}

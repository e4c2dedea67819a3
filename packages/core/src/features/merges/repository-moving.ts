import type { Context } from '../../database/context.js';

/** So many rows move in one transaction. */
export const chunk = 500;

/** What hangs on a contact or a conversation by its id. */
type Belonging = { table: 'identities' | 'notes'; owner: 'contact_id' } | { table: Timely; owner: 'conversation_id' };
type Timely = 'notes' | 'follow_ups' | 'outbox';

/** Gives what belongs to one to the other, all of it or what has these ids; answers with the ids. */
export async function giveOver(
  { trx, organization }: Context,
  { table, owner }: Belonging,
  from: string,
  to: string,
  ids?: readonly string[],
): Promise<string[]> {
  const key = table === 'outbox' ? 'message_id' : 'id';
  const query = trx(table).where({ organization_id: organization, [owner]: from });
  if (ids) query.whereIn(key, [...ids]);
  const rows: string[] = await query.pluck(key);
  for (let at = 0; at < rows.length; at += chunk) {
    await trx(table)
      .where({ organization_id: organization, [owner]: from })
      .whereIn(key, rows.slice(at, at + chunk))
      .update({ [owner]: to });
  }
  return rows;
}

/** Puts the tags of one contact on the other; answers with those that it did not have. */
export async function shareTags(ctx: Context, from: string, to: string): Promise<string[]> {
  const { trx, organization, installation } = ctx;
  const of = (contact_id: string) => trx('contact_tags').where({ organization_id: organization, contact_id });
  const had = new Set<string>(await of(to).pluck('tag_id'));
  const rows: { tag_id: string; tagged_by: string | null; tagged_at: number }[] = await of(from).select(
    'tag_id',
    'tagged_by',
    'tagged_at',
  );
  const added = rows.filter(({ tag_id }) => !had.has(tag_id));
  await installation.storage.dialect.bulkInsert(
    trx,
    'contact_tags',
    added.map((row) => ({ organization_id: organization, contact_id: to, ...row })),
  );
  return added.map(({ tag_id }) => tag_id);
}

export async function takeTags(
  { trx, organization }: Context,
  contactId: string,
  tagIds: readonly string[],
): Promise<void> {
  await trx('contact_tags')
    .where({ organization_id: organization, contact_id: contactId })
    .whereIn('tag_id', [...tagIds])
    .delete();
}

/** Moves some messages over, and marks them so that they find their way back; answers how many. */
export async function moveMessages(
  { trx, organization }: Context,
  fromId: string,
  intoId: string,
  mergeId: string,
): Promise<number> {
  const place = { organization_id: organization, conversation_id: fromId };
  const ids: string[] = await trx('messages').where(place).limit(chunk).pluck('id');
  // Those that came with an earlier merge keep its mark: they go back to where they came from when that one is undone.
  const update = (marked: boolean) =>
    trx('messages')
      .where(place)
      .whereIn('id', ids)
      [marked ? 'whereNotNull' : 'whereNull']('merge_id')
      .update({ conversation_id: intoId, ...(marked ? {} : { merge_id: mergeId }) });
  if (ids.length > 0) {
    await update(false);
    await update(true);
  }
  return ids.length;
}

/** Moves some of them back, with what earlier merges had brought to it; answers how many. */
export async function returnMessages(
  { trx, organization }: Context,
  intoId: string,
  fromId: string,
  mergeId: string,
  earlier: readonly string[],
): Promise<number> {
  const place = { organization_id: organization, conversation_id: intoId };
  const rows: { id: string; merge_id: string }[] = await trx('messages')
    .where(place)
    .whereIn('merge_id', [mergeId, ...earlier])
    .limit(chunk)
    .select('id', 'merge_id');
  const own = rows.filter(({ merge_id }) => merge_id === mergeId).map(({ id }) => id);
  const others = rows.filter(({ merge_id }) => merge_id !== mergeId).map(({ id }) => id);
  const back = (ids: string[]) => trx('messages').where(place).whereIn('id', ids);
  if (own.length > 0) await back(own).update({ conversation_id: fromId, merge_id: null });
  if (others.length > 0) await back(others).update({ conversation_id: fromId });
  return rows.length;
}

/** The last thing said in the conversation. */
export async function lastMessageIn(
  { trx, organization }: Context,
  conversationId: string,
): Promise<{ id: string; at: number } | undefined> {
  const row = await trx('messages')
    .where({ organization_id: organization, conversation_id: conversationId })
    .orderBy([
      { column: 'display_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first('id', 'display_at');
  return row && { id: row.id, at: Number(row.display_at) };
}

/** Counts what came along as read for whoever had read so far: nothing new was said. */
export async function raiseReadMarks(
  { trx, organization }: Context,
  conversationId: string,
  by: number,
): Promise<void> {
  if (by === 0) return;
  await trx('read_marks')
    .where({ organization_id: organization, conversation_id: conversationId })
    .update({ inbound_count: trx.raw('case when inbound_count + ? > 0 then inbound_count + ? else 0 end', [by, by]) });
}

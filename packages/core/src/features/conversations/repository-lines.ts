import type { ReadContext } from '../../database/context.js';

/** As much of a contact as a list shows. */
export interface ContactLine {
  id: string;
  name: string | null;
  kind: string;
  version: number;
}

/** As much of a message as a list shows. */
export interface LastLine {
  id: string;
  direction: 'inbound' | 'outbound';
  type: string;
  content: string;
  state: string | null;
  display_at: number;
  version: number;
}

export async function findContactLines(
  { trx, organization }: ReadContext,
  ids: readonly string[],
): Promise<ContactLine[]> {
  return trx('contacts')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .select('id', 'name', 'kind', 'version');
}

/** The tags of each of the conversations. */
export async function findTagsOf(
  { trx, organization }: ReadContext,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const tags = new Map<string, string[]>();
  if (ids.length === 0) return tags;
  const rows: { conversation_id: string; tag_id: string }[] = await trx('conversation_tags')
    .where('organization_id', organization)
    .whereIn('conversation_id', ids)
    .orderBy(['conversation_id', 'tag_id'])
    .select('conversation_id', 'tag_id');
  for (const { conversation_id, tag_id } of rows)
    tags.set(conversation_id, [...(tags.get(conversation_id) ?? []), tag_id]);
  return tags;
}

/** How many live inbound messages each conversation had where the user last read it. */
export async function findReadCounts(
  { trx, organization }: ReadContext,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows: { conversation_id: string; inbound_count: number }[] = await trx('read_marks')
    .where({ organization_id: organization, user_id: userId })
    .whereIn('conversation_id', ids)
    .select('conversation_id', 'inbound_count');
  return new Map(rows.map((row) => [row.conversation_id, row.inbound_count]));
}

export async function findLastLines({ trx, organization }: ReadContext, ids: readonly string[]): Promise<LastLine[]> {
  return trx('messages')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .select('id', 'direction', 'type', 'content', 'state', 'display_at', 'version');
}

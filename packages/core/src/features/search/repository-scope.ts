import type { Knex } from 'knex';
import type { ReadContext } from '../../database/context.js';
import type { IndexedKind } from './words.js';

interface Named {
  kind: IndexedKind;
  id: string;
}

/** Messages that an import brought in, by the first and last id of its batch. */
export async function importedMessages(
  { trx, organization }: ReadContext,
  first: string,
  last: string,
): Promise<Named[]> {
  const rows: { id: string }[] = await trx('messages')
    .where('organization_id', organization)
    .whereBetween('id', [first, last])
    .where('origin', 'history')
    .select('id');
  return rows.map(({ id }) => ({ kind: 'message', id }));
}

/** Whatever was said in the conversations, and whatever the index says was. */
export async function entitiesOfConversations(ctx: ReadContext, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return [];
  const within = (query: Knex.QueryBuilder) =>
    query.where('organization_id', ctx.organization).whereIn('conversation_id', [...ids]);
  const stored: { kind: IndexedKind; entity_id: string }[] = await within(ctx.trx('search_documents')).select(
    'kind',
    'entity_id',
  );
  const messages: { id: string }[] = await within(ctx.trx('messages')).select('id');
  const notes: { id: string }[] = await within(ctx.trx('notes')).select('id');
  return [
    ...stored.map(({ kind, entity_id }) => ({ kind, id: entity_id })),
    ...messages.map(({ id }) => ({ kind: 'message' as const, id })),
    ...notes.map(({ id }) => ({ kind: 'note' as const, id })),
  ];
}

/** Everything that a contact said, or that was noted about them. */
export async function entitiesOfContact(ctx: ReadContext, contactId: string): Promise<Named[]> {
  const { trx, organization } = ctx;
  const place = { organization_id: organization, contact_id: contactId };
  const conversations: string[] = await trx('conversations').where(place).pluck('id');
  const notes: string[] = await trx('notes').where(place).pluck('id');
  const said: Named[] = [];
  for (let at = 0; at < conversations.length; at += 500) {
    said.push(...(await entitiesOfConversations(ctx, conversations.slice(at, at + 500))));
  }
  return [...said, ...notes.map((id) => ({ kind: 'note' as const, id }))];
}

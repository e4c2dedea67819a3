import { type PageCursor, seek } from '../../database/page.js';
import { fromJson } from '../../kernel/json.js';
import { eraseMessages } from './said.js';
import { atOnce, endedConversations, type Step } from './step.js';

interface Place extends Partial<PageCursor> {
  conversation: string;
}

/** What was said in the person's conversations, one conversation after the other, in the order in which it is shown. */
export const messages: Step = async (read, task) => {
  const place = fromJson<Place>(task.place.after) ?? { conversation: '' };
  const { at, id } = place;
  const cursor = at !== undefined && id !== undefined ? { at, id } : undefined;
  const conversation = cursor ? place.conversation : await nextConversation();
  if (conversation === undefined) return async () => null;
  const query = read
    .trx('messages')
    .where({ organization_id: read.organization, conversation_id: conversation })
    .limit(atOnce);
  const rows: { id: string; display_at: number; type: string }[] = await seek(
    query,
    'display_at',
    'id',
    'asc',
    cursor,
  ).select('id', 'display_at', 'type');
  return async (ctx, count) => {
    const ids = rows.filter(({ type }) => type !== 'erased').map((row) => row.id);
    await eraseMessages(ctx, ids, count);
    const last = rows.length === atOnce ? rows.at(-1) : undefined;
    const next: Place = { conversation, ...(last ? { at: last.display_at, id: last.id } : {}) };
    return JSON.stringify(next);
  };

  async function nextConversation(): Promise<string | undefined> {
    const [next]: string[] = await endedConversations(read, task)
      .where('id', '>', place.conversation)
      .orderBy('id')
      .limit(1)
      .pluck('id');
    return next;
  }
};

/** So many rows of the table are looked at by one statement, in the order in which they were written. */
const span = 20_000;
/** So many statements by one chunk. */
const spans = 25;

/** What the person said where others have the conversation: in a group. No index leads there, so the table is read. */
export const saidElsewhere: Step = async (read, { place }) => {
  const { trx, organization } = read;
  const own = { organization_id: organization };
  const identityIds: string[] = await trx('identities').where(own).whereIn('contact_id', place.contacts).pluck('id');
  const [{ last } = { last: null }]: { last: number | null }[] = await trx('messages').max({ last: 'key' });
  let from = Number(place.after ?? 0);
  let ids: string[] = [];
  for (let turn = 0; turn < spans && ids.length === 0 && from < Number(last) && identityIds.length > 0; turn++) {
    const rows: { key: number; id: string }[] = await trx('messages')
      .where('key', '>', from)
      .where('key', '<=', from + span)
      .where('organization_id', organization)
      .whereIn('identity_id', identityIds)
      .whereNot('type', 'erased')
      .orderBy('key')
      .limit(atOnce)
      .select('key', 'id');
    ids = rows.map(({ id }) => id);
    from = rows.length === atOnce ? Number(rows.at(-1)?.key) : from + span;
  }
  return async (ctx, count) => {
    await eraseMessages(ctx, ids, count);
    return identityIds.length > 0 && from < Number(last) ? String(from) : null;
  };
};

import type { ReadContext } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { timestamp } from '../../kernel/schema.js';
import { contactInSight } from '../contacts/index.js';
import { conversationInSight } from '../conversations/index.js';
import { findMergesOf, type MergeRecord } from './repository.js';
import type { Merge, MergeFilter, MergeKind } from './schema.js';

/** What became part of a contact or a conversation, and what it became part of, the last first; undone ones as well. */
export async function listMerges(
  ctx: ReadContext,
  { contactId, conversationId }: MergeFilter,
): Promise<{ data: Merge[] }> {
  const id = contactId ?? conversationId;
  if (id === undefined || (contactId !== undefined && conversationId !== undefined)) {
    const message = 'needs either `contactId` or `conversationId`';
    fail('validation_failed', undefined, { errors: [{ path: '/query', message }] });
  }
  await demandSeen(ctx, contactId === undefined ? 'conversation' : 'contact', id);
  return { data: (await findMergesOf(ctx, id)).map(present) };
}

/** Throws `not_found` unless the actor sees it. */
export async function demandSeen(ctx: ReadContext, kind: MergeKind, id: string): Promise<void> {
  if (kind === 'contact') await contactInSight(ctx, id);
  else await conversationInSight(ctx, id);
}

export function present(merge: MergeRecord): Merge {
  const { id, kind, fromId, intoId, by } = merge;
  return { id, kind, fromId, intoId, by, at: timestamp(merge.at), undoneAt: timestamp(merge.undoneAt) };
}

import type { Context } from '../../database/context.js';
import { type ConversationRecord, changeEvent, updateConversations } from '../conversations/index.js';
import { deleteTagsOn, findTagsOn, insertTagsOn } from './repository-uses.js';
import type { Tag } from './schema.js';

/** Tags to put on and to take off. */
export interface Retagging {
  add?: readonly Tag[];
  remove?: readonly Tag[];
}

/**
 * Puts tags on conversations and takes them off, in few statements for any number; what stands already, or does not, is
 * left as it is. The caller holds the conversations' locks and has decided that it may.
 *
 * @returns the conversations after it, in the order in which they were given.
 */
export async function retag(
  ctx: Context,
  conversations: readonly ConversationRecord[],
  { add = [], remove = [] }: Retagging,
): Promise<ConversationRecord[]> {
  const had = await findTagsOn(ctx, conversations);
  const changes: { before: ConversationRecord; after: ConversationRecord }[] = [];
  const uses: { conversation: ConversationRecord; tagId: string }[] = [];
  const all = conversations.map((before) => {
    const own = had.get(before.id) ?? new Set<string>();
    const added = add.filter((tag) => !own.has(tag.id)).map((tag) => tag.id);
    const removed = remove.filter((tag) => own.has(tag.id)).map((tag) => tag.id);
    if (added.length + removed.length === 0) return before;
    const tagCount = own.size + added.length - removed.length;
    const after = { ...before, tagCount, version: before.version + 1 };
    changes.push({ before, after });
    uses.push(...added.map((tagId) => ({ conversation: after, tagId })));
    ctx.append(changeEvent('conversation.tagged', before, after, { added, removed }));
    return after;
  });
  await deleteTagsOn(
    ctx,
    changes.map(({ before }) => before.id),
    remove.map((tag) => tag.id),
  );
  await insertTagsOn(ctx, uses);
  await updateConversations(ctx, changes);
  return all;
}

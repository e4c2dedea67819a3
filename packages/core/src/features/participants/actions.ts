import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { type ConversationRecord, lockConversation, scalarsOf } from '../conversations/index.js';
import { demand, demandOn, sight } from '../roles/index.js';
import { findUserActors } from '../users/index.js';
import { presentWatcher } from './reads.js';
import { deleteWatcher, findWatchers, insertWatcher } from './repository.js';
import type { Watcher } from './schema.js';

const mostWatchers = 50;

/** Lets somebody watch who sees the conversation: oneself, or a colleague. It shows them nothing that they do not see. */
export const addWatcher = action(
  'participants.add',
  async (ctx, { id, userId }: { id: string; userId: string }): Promise<Watcher> => {
    const conversation = await lockInSight(ctx, id);
    if (userId !== ctx.actor.id) demandOn(ctx.actor, 'conversations:note', conversation);
    const user = (await findUserActors(ctx, [userId])).get(userId);
    if (user?.status !== 'active') fail('not_found', `There is no active user ${userId}`);
    if (sight(user.actor, conversation) !== 'whole') fail('user_out_of_sight', `${userId} cannot see the conversation`);
    const watchers = await findWatchers(ctx, [id]);
    const known = watchers.find((one) => one.userId === userId);
    if (known) return presentWatcher(known);
    if (watchers.length >= mostWatchers) fail('limit_reached', `At most ${mostWatchers} watch a conversation`);
    const watcher = { conversationId: id, userId, addedBy: ctx.actor.id, addedAt: ctx.installation.clock.now() };
    await insertWatcher(ctx, watcher);
    tell(ctx, conversation, { watcherAdded: userId });
    return presentWatcher(watcher);
  },
);

/** Ends somebody's watching; everybody may end their own, also of what they no longer see. */
export const removeWatcher = action(
  'participants.remove',
  async (ctx, { id, userId }: { id: string; userId: string }) => {
    demand(ctx.actor, 'conversations:read');
    const conversation = await lockConversation(ctx, id);
    if (userId !== ctx.actor.id) demandOn(ctx.actor, 'conversations:note', conversation);
    if (await deleteWatcher(ctx, id, userId)) tell(ctx, conversation, { watcherRemoved: userId });
    else fail('not_found', `${userId} does not watch the conversation`);
  },
);

async function lockInSight(ctx: Context, id: string): Promise<ConversationRecord> {
  demand(ctx.actor, 'conversations:read');
  const conversation = await lockConversation(ctx, id);
  const seen = sight(ctx.actor, conversation);
  if (seen === 'none') fail('not_found', `There is no conversation ${id}`);
  if (seen === 'preview') fail('forbidden', 'It can be watched once the conversation is taken');
  return conversation;
}

function tell(ctx: Context, conversation: ConversationRecord, changes: Record<string, string>): void {
  ctx.append({
    type: 'conversation.updated',
    entityId: conversation.id,
    entityVersion: conversation.version,
    conversationId: conversation.id,
    conversationVersion: conversation.version,
    after: scalarsOf(conversation),
    changes,
  });
}

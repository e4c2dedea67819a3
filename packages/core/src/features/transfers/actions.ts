import { action } from '../../database/action.js';
import { fail } from '../../kernel/errors.js';
import { assign, lockConversation, perform } from '../conversations/index.js';
import { addNote } from '../notes/index.js';
import { demandOn } from '../roles/index.js';
import type { Transfer } from './schema.js';

/** Hands the conversation on with a note, in one step: whoever gives it away may not see it a moment later. */
export const transferConversation = action(
  'conversations.transfer',
  async (ctx, { id, note, ...to }: Transfer & { id: string }) => {
    if (to.assigneeId === undefined && to.teamId === undefined) {
      const message = 'needs `assigneeId` or `teamId`';
      fail('validation_failed', undefined, { errors: [{ path: '/body', message }] });
    }
    const conversation = await lockConversation(ctx, id);
    demandOn(ctx.actor, 'conversations:assign', conversation);
    if (note !== undefined) await addNote(ctx, conversation, note);
    return perform(ctx, assign, { id, ...to });
  },
);

import type { Context } from '../../database/context.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { demandNotErased, findConversations } from '../conversations/index.js';
import { demand, demandOn, sight } from '../roles/index.js';
import { present } from './present.js';
import { type DraftRecord, deleteDraft, insertDraft, isMessageOf, lockDraft, saveDraft } from './repository.js';
import type { Draft, DraftText } from './schema.js';

// Plain transactions and no `action`: what somebody types is nobody's business, so it is no activity.

/**
 * Keeps what the caller has written so far. Of two devices the one that saw less is refused with `conflict`, whose
 * `draft` is what stands.
 */
export function saveOwnDraft(
  installation: Installation,
  actor: UserActor,
  input: DraftText & { id: string },
): Promise<Draft> {
  return transaction(installation, actor.organization, actor, async (ctx) => {
    const [conversation] = await findConversations(ctx, [input.id]);
    if (!conversation) fail('not_found', `There is no conversation ${input.id}`);
    demandOn(actor, 'conversations:reply', conversation);
    demandNotErased(conversation);
    const { id: conversationId, text, replyTo = null } = input;
    const stored = await lockDraft(ctx, conversationId);
    if (stored && input.version < stored.version) {
      fail('conflict', 'Another device has written on', { draft: present(stored) });
    }
    if (replyTo !== null && !(await isMessageOf(ctx, replyTo, conversationId))) {
      fail('not_found', `There is no message ${replyTo} in the conversation`);
    }
    const version = Math.max(input.version, stored?.version ?? 0) + 1;
    const draft: DraftRecord = { conversationId, text, replyTo, version, updatedAt: installation.clock.now() };
    if (stored) await saveDraft(ctx, draft);
    else await insertDraft(ctx, draft);
    tell(ctx, draft, false);
    return present(draft);
  });
}

/** Throws the caller's draft away; nothing happens where there is none. */
export async function discardDraft(installation: Installation, actor: UserActor, id: string): Promise<void> {
  demand(actor, 'conversations:reply');
  await transaction(installation, actor.organization, actor, async (ctx) => {
    if (await dropDraft(ctx, id)) return;
    const [conversation] = await findConversations(ctx, [id]);
    if (!conversation || sight(actor, conversation) === 'none') fail('not_found', `There is no conversation ${id}`);
  });
}

/** Ends the caller's draft inside another action's transaction: what was sent is no draft any more. */
export async function dropDraft(ctx: Context, conversationId: string): Promise<boolean> {
  const draft = await lockDraft(ctx, conversationId);
  if (!draft) return false;
  await deleteDraft(ctx, conversationId);
  tell(ctx, { ...draft, version: draft.version + 1 }, true);
  return true;
}

/** Only the writer's own devices are told; the entity is the conversation. */
function tell(ctx: Context, { conversationId, version }: DraftRecord, deleted: boolean): void {
  ctx.append({
    type: 'draft.updated',
    entityId: conversationId,
    entityVersion: version,
    only: [ctx.actor.id],
    changes: { deleted },
  });
}

import type { ReadContext } from '../../database/context.js';
import { encodePage, type Page } from '../../database/page.js';
import { fail } from '../../kernel/errors.js';
import { timestamp } from '../../kernel/schema.js';
import { findIdentity } from '../contacts/index.js';
import { demand, type Owned, sight } from '../roles/index.js';
import { presentConversations } from './present.js';
import { findConversation, findConversations } from './repository.js';
import { listConversationRecords } from './repository-list.js';
import type { CanSend, Conversation, ConversationFilter } from './schema.js';
import type { ConversationRecord } from './state.js';

export async function listConversations(ctx: ReadContext, filter: ConversationFilter): Promise<Page<Conversation>> {
  demand(ctx.actor, 'conversations:read');
  const { records, next } = await listConversationRecords(ctx, filter);
  return { data: await presentConversations(ctx, records), nextCursor: next ? encodePage(next) : null };
}

/** Those of the conversations that the actor may see: how a client fetches what events told it of. */
export async function getConversationsById(ctx: ReadContext, ids: readonly string[]): Promise<Conversation[]> {
  demand(ctx.actor, 'conversations:read');
  const records = await findConversations(ctx, ids);
  return presentConversations(
    ctx,
    records.filter((record) => sight(ctx.actor, record) !== 'none'),
  );
}

/** Of each conversation what decides who sees it: for gateways, which ask for many at once and answer nobody with it. */
export async function getOwned(ctx: ReadContext, ids: readonly string[]): Promise<Map<string, Owned>> {
  const records = await findConversations(ctx, ids);
  return new Map(
    records.map(({ id, teamId, assigneeId, lifecycle, handler }) => [id, { teamId, assigneeId, lifecycle, handler }]),
  );
}

/** The conversation and how much of it the actor sees; throws `not_found` for what they cannot see. */
export async function viewConversation(
  ctx: ReadContext,
  id: string,
): Promise<{ record: ConversationRecord; conversation: Conversation; sight: 'whole' | 'preview' }> {
  const record = await findConversation(ctx, id);
  const seen = record ? sight(ctx.actor, record) : 'none';
  if (!record || seen === 'none') fail('not_found', `There is no conversation ${id}`);
  const [conversation] = await presentConversations(ctx, [record]);
  return { record, conversation: conversation ?? fail('internal_error'), sight: seen };
}

/**
 * The conversation, for somebody who sees all that is in it; throws `not_found` for what they cannot see, and
 * `forbidden` for a preview.
 */
export async function conversationInSight(ctx: ReadContext, id: string): Promise<ConversationRecord> {
  const record = await findConversation(ctx, id);
  const seen = record ? sight(ctx.actor, record) : 'none';
  if (!record || seen === 'none') fail('not_found', `There is no conversation ${id}`);
  if (seen === 'preview') fail('forbidden', 'It can be seen once the conversation is taken');
  return record;
}

/** What may be sent into the conversation now, by the provider's clock. */
export async function canSendIn(ctx: ReadContext, record: ConversationRecord): Promise<CanSend> {
  const { blocked: _blocked, ...canSend } = await sendingIn(ctx, record);
  return canSend;
}

/** The same, and whether that is nothing because the contact is blocked. */
export async function sendingIn(ctx: ReadContext, record: ConversationRecord): Promise<CanSend & { blocked: boolean }> {
  const channel = await ctx.installation.channels.byId(record.channelId);
  const identity = await findIdentity(ctx, record.identityId);
  const nothing = (reason: string, blocked: boolean) => ({ allowed: [], reason, windowEndsAt: null, blocked });
  if (!channel) return nothing('The channel’s plugin is not installed', false);
  if (identity?.blocked) return nothing('The contact is blocked', true);
  const answer = channel.plugin.canSend({
    lastInboundAt: identity?.lastInboundAt ?? null,
    now: ctx.installation.clock.now(),
    channelActive: channel.active,
  });
  return { ...answer, windowEndsAt: timestamp(answer.windowEndsAt), blocked: false };
}

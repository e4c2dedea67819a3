import type { ReadContext } from '../../database/context.js';
import { type ConversationRecord, findConversations } from '../conversations/index.js';
import { narrowing, scopeOf, sight } from '../roles/index.js';
import { contactsSeen, ledAmong } from './repository-sight.js';
import type { Entity } from './repository-texts.js';

/** What was asked to be looked in, beside what the caller may see. */
export interface Filter {
  conversationId?: string;
  contactId?: string;
  channelId?: string;
}

/** One decision about what somebody finds: what they would see if they opened it. */
export interface Eyes {
  /** Those of the entities that the caller may see and the filter leaves over. */
  seen(entities: readonly Entity[]): Promise<Entity[]>;
  /** The conversation of a seen entity. */
  conversation(id: string): ConversationRecord | undefined;
}

export function eyesOf(ctx: ReadContext, filter: Filter): Eyes {
  const conversations = new Map<string, ConversationRecord>();

  const lookAt = async (ids: readonly string[]): Promise<void> => {
    const unknown = [...new Set(ids)].filter((id) => !conversations.has(id));
    for (let at = 0; at < unknown.length; at += 500) {
      for (const one of await findConversations(ctx, unknown.slice(at, at + 500))) conversations.set(one.id, one);
    }
  };
  const whole = (id: string): boolean => {
    const one = conversations.get(id);
    return one !== undefined && sight(ctx.actor, one) === 'whole' && inside(one, filter);
  };

  return {
    conversation: (id) => conversations.get(id),
    async seen(entities) {
      await lookAt(entities.flatMap(({ conversationId }) => conversationId ?? []));
      const loose = entities.filter(({ conversationId }) => conversationId === null);
      const contacts = await seenContacts(
        ctx,
        loose.flatMap(({ contactId }) => contactId ?? []),
        filter,
      );
      const open = entities.filter(({ conversationId, contactId }) =>
        conversationId === null ? contactId !== null && contacts.has(contactId) : whole(conversationId),
      );
      return withoutOthersFeedback(ctx, open);
    },
  };
}

function inside(one: ConversationRecord, { conversationId, contactId, channelId }: Filter): boolean {
  if (conversationId !== undefined && one.id !== conversationId) return false;
  if (contactId !== undefined && one.contactId !== contactId) return false;
  return channelId === undefined || one.channelId === channelId;
}

/** As `getContact` decides: everybody's for who may read all, else those with a conversation that is seen whole. */
async function seenContacts(ctx: ReadContext, ids: readonly string[], filter: Filter): Promise<Set<string>> {
  const scope = scopeOf(ctx.actor, 'contacts:read');
  const asked = filter.contactId === undefined ? ids : ids.filter((id) => id === filter.contactId);
  if (!scope || filter.conversationId !== undefined || asked.length === 0) return new Set();
  if (scope === 'all' && filter.channelId === undefined) return new Set(asked);
  return contactsSeen(ctx, asked, scope === 'all' ? undefined : narrowing(ctx.actor), filter.channelId);
}

/** Feedback is for who wrote it, for whom it is about, and for who leads a team of theirs. */
async function withoutOthersFeedback(ctx: ReadContext, entities: readonly Entity[]): Promise<Entity[]> {
  const { actor } = ctx;
  if (actor.type === 'system') return [...entities];
  const others = entities.flatMap(({ feedback }) =>
    feedback && feedback.authorId !== actor.id ? (feedback.aboutUserId ?? []) : [],
  );
  const led = await ledAmong(ctx, others, actor.leads);
  return entities.filter(({ feedback }) => {
    if (!feedback || feedback.authorId === actor.id) return true;
    const { aboutUserId } = feedback;
    return aboutUserId !== null && (aboutUserId === actor.id || led.has(aboutUserId));
  });
}

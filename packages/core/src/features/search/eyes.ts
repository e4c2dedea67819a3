import type { ReadContext } from '../../database/context.js';
import { contactsSeen } from '../contacts/index.js';
import { narrowing, scopeOf, sight } from '../roles/index.js';
import type { Place } from './repository-find.js';
import { type ConversationSight, conversationSights, ledAmong } from './repository-sight.js';
import type { Entity } from './repository-texts.js';

/** What was asked to be looked in, beside what the caller may see. */
export interface Filter {
  conversationId?: string;
  contactId?: string;
  channelId?: string;
}

/** One decision about what somebody finds: what they would see if they opened it. */
export interface Eyes {
  /**
   * Those of the places whose conversation the caller sees whole and the filter leaves over. What is about no conversation
   * stays: `seen` decides about it, knowing whom it is about.
   */
  open(places: readonly Place[]): Promise<Place[]>;
  /** Those of the entities that the caller may see, of places that `open` left over. */
  seen(entities: readonly Entity[]): Promise<Entity[]>;
  /** Whose conversation it is. */
  contactOf(conversationId: string): string | null;
}

export function eyesOf(ctx: ReadContext, filter: Filter): Eyes {
  const looked = new Map<string, ConversationSight | undefined>();

  const lookAt = async (ids: readonly string[]): Promise<void> => {
    const unknown = [...new Set(ids)].filter((id) => !looked.has(id));
    if (unknown.length === 0) return;
    for (const id of unknown) looked.set(id, undefined);
    for (const one of await conversationSights(ctx, unknown, narrowing(ctx.actor))) {
      if (sight(ctx.actor, one) === 'whole' && inside(one, filter)) looked.set(one.id, one);
    }
  };

  return {
    contactOf: (id) => looked.get(id)?.contactId ?? null,
    async open(places) {
      await lookAt(places.flatMap(({ conversationId }) => conversationId ?? []));
      return places.filter(({ conversationId }) => conversationId === null || looked.get(conversationId));
    },
    async seen(entities) {
      await lookAt(entities.flatMap(({ conversationId }) => conversationId ?? []));
      const loose = entities.flatMap((one) => (one.conversationId === null ? (one.contactId ?? []) : []));
      const contacts = await seenContacts(ctx, loose, filter);
      const open = entities.filter(({ conversationId, contactId }) =>
        conversationId === null
          ? contactId !== null && contacts.has(contactId)
          : looked.get(conversationId) !== undefined,
      );
      return withoutOthersFeedback(ctx, open);
    },
  };
}

function inside(one: ConversationSight, { conversationId, contactId, channelId }: Filter): boolean {
  if (conversationId !== undefined && one.id !== conversationId) return false;
  if (contactId !== undefined && one.contactId !== contactId) return false;
  return channelId === undefined || one.channelId === channelId;
}

/** As `getContact` decides: everybody's for who may read all, else those with a conversation that is seen whole. */
async function seenContacts(ctx: ReadContext, ids: readonly string[], filter: Filter): Promise<Set<string>> {
  const asked = filter.contactId === undefined ? ids : ids.filter((id) => id === filter.contactId);
  if (!scopeOf(ctx.actor, 'contacts:read') || filter.conversationId !== undefined) return new Set();
  return contactsSeen(ctx, asked, filter.channelId);
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

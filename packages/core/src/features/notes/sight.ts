import type { ReadContext } from '../../database/context.js';
import type { Actor } from '../../kernel/actor.js';
import { fail } from '../../kernel/errors.js';
import { conversationsOf } from '../contacts/index.js';
import { type ConversationRecord, conversationInSight, findConversations } from '../conversations/index.js';
import { may, type Owned, type Permission, scopeOf, sight } from '../roles/index.js';
import { findUserActors } from '../users/index.js';
import { contactExists, leadsOf, type NotePlace } from './repository.js';

/** What a note is about, as far as it decides who may see it and who may do what. */
export interface Subject {
  /** Absent where it is about a contact. */
  conversation?: ConversationRecord;
  sees(actor: Actor): boolean;
  allows(actor: Actor, permission: Permission): boolean;
}

/** What the note is about; throws `not_found` for what the actor cannot see. */
export async function subjectInSight(ctx: ReadContext, place: NotePlace): Promise<Subject> {
  if ('conversationId' in place) return aboutConversation(await conversationInSight(ctx, place.conversationId));
  const subject = await aboutContact(ctx, place.contactId);
  return subject?.sees(ctx.actor) ? subject : fail('not_found', `There is no contact ${place.contactId}`);
}

/** The same for a conversation that is already read and locked. */
export function aboutConversation(conversation: ConversationRecord): Subject {
  return {
    conversation,
    sees: (actor) => sight(actor, conversation) === 'whole',
    allows: (actor, permission) => may(actor, permission, conversation),
  };
}

/** A contact is seen by who sees one of its conversations whole, and written about by who may do so in one of them. */
export async function aboutContact(ctx: ReadContext, id: string): Promise<Subject | undefined> {
  if (!(await contactExists(ctx, id))) return undefined;
  const conversations: Owned[] = await conversationsOf(ctx, id);
  const among = (actor: Actor, permission: Permission, holds: (one: Owned) => boolean) => {
    const scope = scopeOf(actor, permission);
    return scope === 'all' || (scope !== undefined && conversations.some(holds));
  };
  return {
    sees: (actor) => among(actor, 'contacts:read', (one) => sight(actor, one) === 'whole'),
    allows: (actor, permission) => among(actor, permission, (one) => may(actor, permission, one)),
  };
}

/** Of these conversations, those that the actor sees whole. */
export async function conversationsSeen(ctx: ReadContext, ids: readonly string[]): Promise<Set<string>> {
  const found = await findConversations(ctx, ids);
  return new Set(found.filter((one) => sight(ctx.actor, one) === 'whole').map(({ id }) => id));
}

/** Whom feedback about the user is for. */
export async function audienceOf(ctx: ReadContext, aboutUserId: string, authorId: string): Promise<string[]> {
  return [...new Set([authorId, aboutUserId, ...(await leadsOf(ctx, aboutUserId))])];
}

/** Throws `mention_out_of_sight`, naming those who are not active or could not read the note. */
export async function demandMentionsInSight(
  ctx: ReadContext,
  subject: Subject,
  mentions: readonly string[],
  audience: readonly string[] | undefined,
): Promise<void> {
  if (mentions.length === 0) return;
  const known = await findUserActors(ctx, mentions);
  const userIds = mentions.filter((id) => {
    const user = known.get(id);
    if (user?.status !== 'active') return true;
    return audience ? !audience.includes(id) : !subject.sees(user.actor);
  });
  if (userIds.length > 0) fail('mention_out_of_sight', `They cannot see it: ${userIds.join(', ')}`, { userIds });
}

import type { ReadContext } from '../../database/context.js';
import { timestamp } from '../../kernel/schema.js';
import { findIdentities } from '../contacts/index.js';
import { conversationInSight } from '../conversations/index.js';
import { demand } from '../roles/index.js';
import { findWatchers, identitiesThatWrote, type WatcherRecord } from './repository.js';
import type { Participants, Watcher } from './schema.js';

/** Who takes part in a conversation, outside and inside. */
export async function listParticipants(ctx: ReadContext, conversationId: string): Promise<Participants> {
  demand(ctx.actor, 'conversations:read');
  const conversation = await conversationInSight(ctx, conversationId);
  const [wrote, watchers] = await Promise.all([
    identitiesThatWrote(ctx, conversationId),
    findWatchers(ctx, [conversationId]),
  ]);
  const identities = await findIdentities(ctx, [...new Set([conversation.identityId, ...wrote])]);
  const first = (id: string) => (id === conversation.identityId ? 0 : 1);
  return {
    people: identities
      .sort((a, b) => first(a.id) - first(b.id) || (a.id < b.id ? -1 : 1))
      .map(({ id, contactId, name, username }) => ({ identityId: id, contactId, name, username })),
    watchers: watchers.map(presentWatcher),
  };
}

export function presentWatcher({ userId, addedBy, addedAt }: WatcherRecord): Watcher {
  return { userId, addedBy, addedAt: timestamp(addedAt) };
}

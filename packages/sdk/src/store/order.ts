import type { Conversation, Event, Message } from '../types.js';
import type { ConversationFilter } from './snapshot.js';

/** A place in an order by time and id. Times are ISO 8601 of one length, so they compare as text. */
export interface Place {
  at: string;
  id: string;
}

/** Where the conversation stands in a list with this filter; undefined where it can stand in none. */
export function placeOf(
  { id, lastActivityAt, waitingSince, followUpAt }: Conversation,
  filter: ConversationFilter,
): Place | undefined {
  const at = filter.followUp ? followUpAt : filter.order === 'waiting' ? waitingSince : lastActivityAt;
  return at === null ? undefined : { at, id };
}

/** Negative when a list with this filter has `a` before `b`: the last active first, or the one that waits longest. */
export function inListOrder({ followUp, order }: ConversationFilter, a: Place, b: Place): number {
  return followUp || order === 'waiting' ? compare(a, b) : compare(b, a);
}

export const placeIn = (message: Message): Place => ({ at: message.displayAt, id: message.id });

/** Negative when `a` is older than `b`. */
export function compare(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/** Whether the server would list it under the filter. */
export function matches(filter: ConversationFilter, conversation: Conversation): boolean {
  const { lifecycle, status, teamId, assigneeId, channelId, contactId, contactKind, tagId, unread, from, to } = filter;
  const { followUpAt, lastActivityAt } = conversation;
  return (
    // What was said in it only the server knows: such a list stands as it was loaded.
    filter.q === undefined &&
    placeOf(conversation, filter) !== undefined &&
    (filter.followUp !== 'due' || (followUpAt ?? '') <= new Date().toISOString()) &&
    (from === undefined || Date.parse(lastActivityAt) >= Date.parse(from)) &&
    (to === undefined || Date.parse(lastActivityAt) < Date.parse(to)) &&
    (contactKind === undefined || conversation.contact.kind === contactKind) &&
    (tagId === undefined || conversation.tags.includes(tagId)) &&
    (lifecycle === undefined || conversation.lifecycle === lifecycle) &&
    (status === undefined || conversation.status === status) &&
    (teamId === undefined || conversation.teamId === teamId) &&
    (assigneeId === undefined || conversation.assigneeId === assigneeId) &&
    (channelId === undefined || conversation.channel.id === channelId) &&
    (contactId === undefined || conversation.contact.id === contactId) &&
    (unread === undefined || conversation.unreadCount > 0 === unread)
  );
}

/** Whether it may be listed under the filter after the event, which says nothing of the contact, the tags or times. */
export function mayMatch(filter: ConversationFilter, { after }: Event): boolean {
  if (!after) return true;
  const { lifecycle, status, teamId, assigneeId, channelId, unread } = filter;
  return (
    (lifecycle === undefined || after.lifecycle === lifecycle) &&
    (status === undefined || statusOf(after) === status) &&
    (teamId === undefined || after.teamId === teamId) &&
    (assigneeId === undefined || after.assigneeId === assigneeId) &&
    (channelId === undefined || after.channelId === channelId) &&
    (unread === undefined || after.unread > 0 === unread)
  );
}

function statusOf({ lifecycle, handler }: { lifecycle: string; handler: string }): string {
  if (lifecycle !== 'open') return lifecycle;
  if (handler === 'user') return 'assigned';
  return handler === 'team' ? 'queued' : 'new';
}

import type { ReadContext } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import type { MessageContent } from '../../plugin/index.js';
import { findContactLines, findLastLines, findReadCounts, findTagsOf, type LastLine } from './repository-lines.js';
import type { Conversation } from './schema.js';
import { type ConversationRecord, statusOf } from './state.js';

const previewLength = 140;

/** Conversations as clients see them; five reads for any number of them. */
export async function presentConversations(
  ctx: ReadContext,
  records: readonly ConversationRecord[],
): Promise<Conversation[]> {
  if (records.length === 0) return [];
  const [contacts, messages, tags, readCounts] = await Promise.all([
    findContactLines(
      ctx,
      records.map((record) => record.contactId),
    ),
    findLastLines(
      ctx,
      records.flatMap((record) => record.lastMessageId ?? []),
    ),
    findTagsOf(
      ctx,
      records.flatMap((record) => (record.tagCount > 0 ? record.id : [])),
    ),
    findReadCounts(
      ctx,
      ctx.actor.id,
      records.map((record) => record.id),
    ),
  ]);
  const contactById = new Map(contacts.map((row) => [row.id, row]));
  const messageById = new Map(messages.map((row) => [row.id, row]));
  const channels = await ctx.installation.channels.current();
  return records.map((record) => {
    const channel = channels.byId(record.channelId);
    const contact = contactById.get(record.contactId);
    const last = record.lastMessageId === null ? undefined : messageById.get(record.lastMessageId);
    return {
      id: record.id,
      status: statusOf(record),
      lifecycle: record.lifecycle,
      handler: record.handler,
      handlerVersion: record.handlerVersion,
      channel: { id: record.channelId, kind: channel?.kind ?? 'unknown', name: channel?.name ?? '' },
      contact: {
        id: record.contactId,
        name: contact?.name ?? null,
        kind: contact?.kind ?? 'customer',
        version: contact?.version ?? 0,
      },
      teamId: record.teamId,
      assigneeId: record.assigneeId,
      unreadCount: record.unreadCount,
      myUnreadCount: ownUnread(ctx, record, readCounts.get(record.id)),
      tags: tags.get(record.id) ?? [],
      initiatedBy: record.initiatedBy,
      lastMessage: last ? presentLast(last) : null,
      lastActivityAt: timestamp(record.lastActivityAt),
      waitingSince: timestamp(record.waitingSince),
      closeReason: record.closeReason,
      closedAt: timestamp(record.closedAt),
      followUpAt: timestamp(record.followUpAt),
      floodedAt: timestamp(record.floodedAt),
      mergedInto: record.mergedInto,
      createdAt: timestamp(record.createdAt),
      version: record.version,
    };
  });
}

/**
 * What came in since the actor read. Whoever never did has read nothing of what is assigned to them, and of the rest
 * what the team has.
 */
function ownUnread({ actor }: ReadContext, record: ConversationRecord, readCount: number | undefined): number {
  if (record.lifecycle === 'closed') return 0;
  if (readCount !== undefined) return Math.max(0, record.inboundCount - readCount);
  return record.assigneeId === actor.id ? record.inboundCount : record.unreadCount;
}

function presentLast(row: LastLine): NonNullable<Conversation['lastMessage']> {
  return {
    id: row.id,
    direction: row.direction,
    type: row.type,
    preview: previewOf(fromJson<MessageContent>(row.content)),
    state: row.state,
    at: timestamp(row.display_at),
    version: row.version,
  };
}

/** The beginning of what a message says, on one line. */
export function previewOf(content: MessageContent): string {
  const text =
    content.type === 'text'
      ? content.text
      : content.type === 'choice'
        ? content.title
        : 'caption' in content
          ? (content.caption ?? '')
          : '';
  // By code points: half a surrogate pair is no character.
  return [...text.replace(/\s+/g, ' ')].slice(0, previewLength).join('');
}

import type { ReadContext } from '../../database/context.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import type { MessageContent } from '../../plugin/index.js';
import type { Conversation } from './schema.js';
import { type ConversationRecord, statusOf } from './state.js';

const previewLength = 140;

/** Conversations as clients see them; three reads for any number of them. */
export async function presentConversations(
  { trx, organization, installation }: ReadContext,
  records: readonly ConversationRecord[],
): Promise<Conversation[]> {
  if (records.length === 0) return [];
  const contacts: ContactRow[] = await trx('contacts')
    .where('organization_id', organization)
    .whereIn('id', records.map((record) => record.contactId))
    .select('id', 'name', 'kind', 'version');
  const messages: LastRow[] = await trx('messages')
    .where('organization_id', organization)
    .whereIn('id', records.flatMap((record) => record.lastMessageId ?? []))
    .select('id', 'direction', 'type', 'content', 'state', 'display_at', 'version');
  const contactById = new Map(contacts.map((row) => [row.id, row]));
  const messageById = new Map(messages.map((row) => [row.id, row]));
  const channels = new Map(
    await Promise.all(
      [...new Set(records.map((record) => record.channelId))].map(
        async (id) => [id, await installation.channels.byId(id)] as const,
      ),
    ),
  );
  return records.map((record) => {
    const channel = channels.get(record.channelId);
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
      initiatedBy: record.initiatedBy,
      lastMessage: last ? presentLast(last) : null,
      lastActivityAt: timestamp(record.lastActivityAt),
      waitingSince: timestamp(record.waitingSince),
      closeReason: record.closeReason,
      closedAt: timestamp(record.closedAt),
      createdAt: timestamp(record.createdAt),
      version: record.version,
    };
  });
}

interface ContactRow {
  id: string;
  name: string | null;
  kind: string;
  version: number;
}

interface LastRow {
  id: string;
  direction: 'inbound' | 'outbound';
  type: string;
  content: string;
  state: string | null;
  display_at: number;
  version: number;
}

function presentLast(row: LastRow): NonNullable<Conversation['lastMessage']> {
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

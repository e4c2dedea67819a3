import { fromJson } from '../../kernel/json.js';
import type { MessageContent, ProviderError, Row } from '../../plugin/index.js';
import type { MessageState } from './schema.js';

/** A message as it is stored. Times are epoch milliseconds. */
export interface MessageRecord {
  id: string;
  conversationId: string;
  channelId: string;
  direction: 'inbound' | 'outbound';
  origin: string;
  identityId: string | null;
  userId: string | null;
  content: MessageContent;
  externalId: string | null;
  replyTo: string | null;
  sentAt: number;
  receivedAt: number;
  displayAt: number;
  state: MessageState | null;
  deliveredAt: number | null;
  readAt: number | null;
  error: ProviderError | null;
  /** What the provider said beside it: referral, forwarded, pricing. */
  extra: Record<string, unknown> | null;
  editedAt: number | null;
  revokedAt: number | null;
  version: number;
}

/** A message as the database keeps it. */
export interface MessageRow {
  id: string;
  conversation_id: string;
  channel_id: string;
  direction: MessageRecord['direction'];
  origin: string;
  identity_id: string | null;
  user_id: string | null;
  type: string;
  content: string;
  external_id: string | null;
  reply_to: string | null;
  sent_at: number;
  received_at: number;
  display_at: number;
  state: MessageState | null;
  delivered_at: number | null;
  read_at: number | null;
  error: string | null;
  extra: string | null;
  edited_at: number | null;
  revoked_at: number | null;
  version: number;
}

export function toRecord(row: MessageRow): MessageRecord {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    channelId: row.channel_id,
    direction: row.direction,
    origin: row.origin,
    identityId: row.identity_id,
    userId: row.user_id,
    content: fromJson<MessageContent>(row.content),
    externalId: row.external_id,
    replyTo: row.reply_to,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    displayAt: row.display_at,
    state: row.state,
    deliveredAt: row.delivered_at,
    readAt: row.read_at,
    error: fromJson<ProviderError>(row.error),
    extra: fromJson<Record<string, unknown>>(row.extra),
    editedAt: row.edited_at,
    revokedAt: row.revoked_at,
    version: row.version,
  };
}

export function toRow(organization: string, message: MessageRecord): Row {
  return {
    conversation_id: message.conversationId,
    channel_id: message.channelId,
    direction: message.direction,
    origin: message.origin,
    identity_id: message.identityId,
    user_id: message.userId,
    reply_to: message.replyTo,
    sent_at: message.sentAt,
    received_at: message.receivedAt,
    display_at: message.displayAt,
    // Last: properties that are added after a spread cost ten times as much.
    ...toChange(organization, message),
  };
}

export function toChange(organization: string, message: MessageRecord): Row {
  return {
    organization_id: organization,
    id: message.id,
    type: message.content.type,
    content: JSON.stringify(message.content),
    external_id: message.externalId,
    state: message.state,
    delivered_at: message.deliveredAt,
    read_at: message.readAt,
    error: message.error && JSON.stringify(message.error),
    extra: message.extra && JSON.stringify(message.extra),
    edited_at: message.editedAt,
    revoked_at: message.revokedAt,
    version: message.version,
  };
}

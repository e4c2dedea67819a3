import type { ReadContext } from '../../database/context.js';
import { timestamp } from '../../kernel/schema.js';
import { findMessageTags, reactionsOf } from './repository.js';
import { findByExternalId } from './repository-external-ids.js';
import type { MessageRecord } from './rows.js';
import type { Message } from './schema.js';

const retryable = new Set(['retry', 'rate_limited', 'unknown', 'credentials']);

/** Messages as clients see them: three more reads for any number of them. */
export async function presentMessages(ctx: ReadContext, records: readonly MessageRecord[]): Promise<Message[]> {
  const reactions = await reactionsOf(
    ctx,
    records.map((record) => record.id),
  );
  const [quoted, tags] = await Promise.all([
    quotedIds(ctx, records),
    findMessageTags(
      ctx,
      records.map((record) => record.id),
    ),
  ]);
  return records.map((record) => ({
    id: record.id,
    conversationId: record.conversationId,
    channelId: record.channelId,
    direction: record.direction,
    origin: record.origin,
    author: authorOf(record),
    content: record.content,
    state: record.state,
    error: record.error && {
      code: record.error.code,
      text: record.error.text,
      kind: record.error.kind,
      retryable: retryable.has(record.error.kind),
    },
    replyTo:
      record.replyTo === null
        ? null
        : { externalId: record.replyTo, messageId: quoted.get(`${record.channelId} ${record.replyTo}`) ?? null },
    reactions: reactions.get(record.id) ?? [],
    tags: tags.get(record.id) ?? [],
    withdrawableUntil: withdrawableUntil(record),
    flood: record.extra?.flood === true,
    blocked: record.extra?.blocked === true,
    sentAt: timestamp(record.sentAt),
    receivedAt: timestamp(record.receivedAt),
    displayAt: timestamp(record.displayAt),
    deliveredAt: timestamp(record.deliveredAt),
    readAt: timestamp(record.readAt),
    editedAt: timestamp(record.editedAt),
    revokedAt: timestamp(record.revokedAt),
    version: record.version,
  }));
}

function withdrawableUntil({ state, extra }: MessageRecord): string | null {
  return state === 'queued' && typeof extra?.sendAt === 'number' ? timestamp(extra.sendAt) : null;
}

function authorOf(record: MessageRecord): Message['author'] {
  if (record.direction === 'inbound') return { type: 'contact', id: record.identityId };
  return record.userId ? { type: 'user', id: record.userId } : { type: 'channel', id: null };
}

/** Our ids of the messages that are quoted; a quoted one may be unknown to us. */
async function quotedIds(ctx: ReadContext, records: readonly MessageRecord[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const channels = new Map<string, string[]>();
  for (const { channelId, replyTo } of records) {
    if (replyTo !== null) channels.set(channelId, [...(channels.get(channelId) ?? []), replyTo]);
  }
  for (const [channelId, externalIds] of channels) {
    for (const message of await findByExternalId(ctx, channelId, externalIds)) {
      ids.set(`${channelId} ${message.externalId}`, message.id);
    }
  }
  return ids;
}

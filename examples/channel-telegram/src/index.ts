import { createHash, timingSafeEqual } from 'node:crypto';
import type { InboundEvent, MessageContent, OutgoingMessage, Person, SendContext, SendResult } from '@tims/core/plugin';
import { defineChannel, SendError } from '@tims/core/plugin';
import { type Answer, type Chat, type File, type Message, readAnswer, readUpdate, type Update } from './telegram.js';

/** Telegram bots: an update comes in by webhook and through `parse`, an answer goes out through `send`. */
export default defineChannel({
  id: 'telegram',
  title: 'Telegram',
  version: '0.1.0',
  // JSON Schema. It checks and documents the settings, and says which are secrets.
  config: {
    '~kind': 'Object',
    type: 'object',
    properties: {
      botToken: { type: 'string', pattern: '^[0-9]{3,20}:[\\w-]{20,64}$', secret: true, title: 'Token from @BotFather' },
      secretToken: { type: 'string', pattern: '^[\\w-]{16,256}$', secret: true, title: 'The one given to setWebhook' },
    },
    required: ['botToken', 'secretToken'],
    additionalProperties: false,
  },
  // Of the whole installation, in tims.config.ts: companies may run a Bot API server of their own.
  installation: {
    '~kind': 'Object',
    type: 'object',
    properties: { apiUrl: { type: 'string', pattern: '^https?://', default: 'https://api.telegram.org' } },
    required: ['apiUrl'],
    additionalProperties: false,
  },
  limits: { text: 4096, perSecond: 30 },
  // A token begins with the bot's id.
  route: ({ botToken }) => ({ address: String(botToken).split(':', 1).join(), ...anyBot }),
  webhookSecret: ({ secretToken }) => (typeof secretToken === 'string' ? secretToken : undefined),
  verify: ({ headers }, secret) => secret !== '' && same(headers['x-telegram-bot-api-secret-token'] ?? '', secret),
  parse: (body, receivedAt) => [readOne(readUpdate(body), receivedAt)],
  send: { text: sendText },
  // No window: Telegram itself refuses whom a bot may not write to.
  canSend: ({ channelActive: active }) =>
    active
      ? { allowed: ['text'], reason: null, windowEndsAt: null }
      : { allowed: [], reason: 'This channel is switched off.', windowEndsAt: null },
  setup: async (context) => ({ name: (await call(context, 'getMe')).first_name }),
  // A bot writes to people by number; a phone or an @name reaches nobody.
  person: (to) => (/^[1-9]\d{0,15}$/.test(to) ? personOf({ id: Number(to), type: 'private' }) : undefined),
});

/** An update does not name its bot. Each posts to its own address, whose secret then picks among the channels. */
const anyBot = { account: 'telegram' };

/** Compares digests, so that the time it takes tells neither content nor length. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function readOne(update: Update | undefined, receivedAt: number): InboundEvent {
  // Ignored without a route, it is kept for people to look at: what posts here is not Telegram.
  if (!update) return { kind: 'ignored', route: {}, why: 'the body is no update' };
  const { kind, message, edited_message: edited, message_reaction: reaction } = update;
  const { chat, message_id: id } = message ?? edited ?? reaction ?? {};
  const person = personOf(chat);
  // In groups and channels many speak, but an answer goes to one person: they are no conversations here.
  if (!person || id === undefined) return { kind: 'ignored', route: anyBot, why: `${kind}: not about a private chat` };
  // Ids count upwards in each chat anew.
  const place = { route: anyBot, externalId: `${chat?.id}:${id}` };
  const at = (seconds = 0) => (seconds > 0 ? Math.min(seconds * 1000, receivedAt) : receivedAt);
  if (message) return { ...place, kind: 'message', ...said(message), person, sentAt: at(message.date) };
  const change = { ...place, kind: 'message_update' } as const;
  if (edited) return { ...change, at: at(edited.edit_date), update: { type: 'edit', content: contentOf(edited) } };
  // Several are possible. A custom one is a picture, for which there is no character.
  const emoji = reaction?.new_reaction?.findLast((one) => one.emoji)?.emoji ?? null;
  return { ...change, at: at(reaction?.date), update: { type: 'reaction', person, emoji } };
}

import { createHash, timingSafeEqual } from 'node:crypto';
import * as tims from '@tims/core/plugin';
import { type Answer, type Chat, type File, type Message, readAnswer, readUpdate, type Update } from './telegram.js';

/** Which of our channels an update is for, it does not say: it is the one whose own address it was posted to. */
const route = { account: 'telegram' };

/** Telegram bots. An update comes in by webhook and goes through `parse`; an answer goes out through `send`. */
export default tims.defineChannel({
  id: 'telegram',
  title: 'Telegram',
  version: '0.1.0',
  // JSON Schema: it checks the settings, documents them, and says which are secrets.
  config: {
    '~kind': 'Object',
    type: 'object',
    properties: {
      botToken: { type: 'string', pattern: '^[0-9]{3,20}:[\\w-]{20,64}$', secret: true, title: 'Token from @BotFather' },
      secretToken: { type: 'string', pattern: '^[\\w-]{16,256}$', secret: true, title: 'As given to setWebhook' },
    },
    required: ['botToken', 'secretToken'],
    additionalProperties: false,
  },
  installation: {
    '~kind': 'Object',
    type: 'object',
    properties: { apiUrl: { type: 'string', pattern: '^https?://', default: 'https://api.telegram.org' } },
    required: ['apiUrl'],
    additionalProperties: false,
  },
  limits: { text: 4096, perSecond: 30 },
  // A token begins with the bot's id.
  route: ({ botToken }) => ({ address: String(botToken).split(':', 1).join(), ...route }),
  webhookSecret: ({ secretToken }) => (typeof secretToken === 'string' ? secretToken : undefined),
  verify: ({ headers }, secret) => secret !== '' && same(headers['x-telegram-bot-api-secret-token'] ?? '', secret),
  parse: (body, receivedAt) => [readOne(readUpdate(body), receivedAt)],
  send: { text: sendText },
  // No window: Telegram itself refuses whom nobody may write to, and says why.
  canSend: ({ channelActive }) =>
    channelActive
      ? { allowed: ['text'], reason: null, windowEndsAt: null }
      : { allowed: [], reason: 'This channel is switched off.', windowEndsAt: null },
  setup: async (context) => ({ name: (await call(context, 'getMe')).first_name }),
  // Bots know people by number only: @name and phone are no addresses.
  person: (to) => (/^[1-9]\d{0,15}$/.test(to) ? { keys: [{ type: 'user_id', value: to }] } : undefined),
});

/** Compares digests, so that the time taken tells neither content nor length. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function readOne(update: Update | undefined, receivedAt: number): tims.InboundEvent {
  // Without a route it is kept for people to look at: something else than Telegram posts here.
  if (!update) return { kind: 'ignored', route: {}, why: 'the body is no update' };
  const { message, edited_message: edited, message_reaction: reaction, my_chat_member: member } = update;
  const about = message ?? edited ?? reaction ?? member;
  const person = personOf(about?.chat);
  // In groups many people write, and what we send goes to one person: only private chats are conversations.
  if (!about || !person) return { kind: 'ignored', route, why: `${update.kind} outside private chats, or unknown` };
  const when = (seconds = 0) => (seconds > 0 ? Math.min(seconds * 1000, receivedAt) : receivedAt);
  if (member) {
    const status = member.new_chat_member?.status;
    const data = { value: status === 'kicked' ? 'stop' : 'resume' }; // blocked the bot, or let it in again
    return { kind: 'channel_notice', route, notice: 'opt_out', name: update.kind, person, data, at: when(member.date) };
  }
  const said = message ?? edited ?? reaction;
  const externalId = idOf(about.chat, said?.message_id);
  if (externalId === undefined) return { kind: 'ignored', route, why: `${update.kind} without a message id` };
  if (reaction) {
    // A person may give several; a custom emoji is a picture and has no character.
    const emoji = reaction.new_reaction?.findLast((one) => one.emoji)?.emoji ?? null;
    const given = { type: 'reaction', person, emoji } as const;
    return { kind: 'message_update', route, externalId, at: when(reaction.date), update: given };
  }
  const content = contentOf(message ?? edited ?? { raw: {} });
  if (!content) return { kind: 'ignored', route, why: 'news about the chat itself' };
  if (edited) {
    const at = when(edited.edit_date);
    return { kind: 'message_update', route, externalId, at, update: { type: 'edit', content } };
  }
  return {
    kind: 'message',
    route,
    origin: 'live',
    direction: 'inbound',
    person,
    externalId,
    sentAt: when(message?.date),
    content,
    replyTo: idOf(about.chat, message?.reply_to_message?.message_id),
    forwarded: message?.forward_origin !== undefined,
  };
}

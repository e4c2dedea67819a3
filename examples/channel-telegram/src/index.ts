import { createHash, timingSafeEqual } from 'node:crypto';
import type { InboundEvent, MessageContent, OutgoingMessage, Person, SendContext, SendResult } from '@tims/core/plugin';
import { defineChannel, SendError } from '@tims/core/plugin';
import { settings } from './settings.js';
import { type Answer, type Chat, type File, type Message, readAnswer, readCause, readUpdate } from './telegram.js';

/** Telegram bots: an update comes in by webhook and through `parse`, an answer goes out through `send`. */
export default defineChannel({
  id: 'telegram',
  title: 'Telegram',
  version: '0.1.0',
  // Of each channel, which is one bot.
  config: settings({
    botToken: { type: 'string', pattern: '^[0-9]{3,20}:[\\w-]{20,64}$', secret: true, title: 'Token from @BotFather' },
    secretToken: { type: 'string', pattern: '^[\\w-]{16,256}$', secret: true, title: 'The one given to setWebhook' },
  }),
  // Of the whole installation, in tims.config.ts: a company may run a Bot API server of its own.
  installation: settings({
    apiUrl: { type: 'string', pattern: '^https?://.*[^/]$', default: 'https://api.telegram.org' },
  }),
  limits: { text: 4096, perSecond: 30 },
  route: ({ botToken }) => ({ address: String(botToken).replace(/:.*/, ''), ...anyBot }), // it begins with the bot's id
  webhookSecret: ({ secretToken }) => (typeof secretToken === 'string' ? secretToken : undefined),
  verify: ({ headers }, secret) => secret !== '' && same(headers['x-telegram-bot-api-secret-token'] ?? '', secret),
  parse: (body, receivedAt) => [readOne(body, receivedAt)],
  send: { text: sendText },
  // There is no window: Telegram itself refuses whom a bot may not write to.
  canSend: ({ channelActive: active }) => ({
    allowed: active ? ['text'] : [],
    reason: active ? null : 'This channel is switched off.',
    windowEndsAt: null,
  }),
  setup: async (context) => ({ name: (await call(context, 'getMe')).first_name }),
  // A bot writes to people by number; a phone or an @name reaches nobody.
  person: (to) => (/^[1-9]\d{0,14}$/.test(to) ? personOf({ id: Number(to), type: 'private' }) : undefined),
});

/** An update does not name its bot. Each bot posts to its channel's own address, and so to that channel alone. */
const anyBot = { account: 'telegram' };

/** Compares digests, so that the time it takes tells neither content nor length. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function readOne(body: unknown, receivedAt: number): InboundEvent {
  const update = readUpdate(body);
  // Ignored without a route, it is kept for people to look at: what posts here is not Telegram.
  if (!update) return { kind: 'ignored', route: {}, why: 'the body is no update' };
  const { message, edited_message: edited, message_reaction: reaction } = update;
  const { chat, message_id: id } = message ?? edited ?? reaction ?? {};
  const person = personOf(chat);
  // In groups and channels many speak, but an answer goes to one person: they are no conversations here.
  if (!person || !id) return { kind: 'ignored', route: anyBot, why: `${update.kind}: not said in a private chat` };
  // Message ids count up in each chat anew.
  const place = { route: anyBot, externalId: `${chat?.id}:${id}` };
  const at = (seconds = 0) => (seconds > 0 ? Math.min(seconds * 1000, receivedAt) : receivedAt);
  if (message) {
    const { reply_to_message: quoted, forward_origin: origin } = message;
    const replyTo = quoted?.message_id ? `${chat?.id}:${quoted.message_id}` : undefined;
    const live = { origin: 'live', direction: 'inbound', replyTo, forwarded: origin !== undefined } as const;
    return { kind: 'message', ...place, ...live, person, sentAt: at(message.date), content: contentOf(message) };
  }
  const change = { ...place, kind: 'message_update' } as const;
  if (edited) return { ...change, at: at(edited.edit_date), update: { type: 'edit', content: contentOf(edited) } };
  // Of several, the last. A custom one is a picture, for which there is no character.
  const emoji = reaction?.new_reaction?.findLast((one) => one.emoji)?.emoji ?? null;
  return { ...change, at: at(reaction?.date), update: { type: 'reaction', person, emoji } };
}

/** In a private chat, chat and person have one id. */
function personOf(chat: Chat | undefined): Person | undefined {
  if (!chat?.id || chat.type !== 'private') return undefined;
  const [keys, name] = [[{ type: 'user_id', value: String(chat.id) }], nameOf(chat)];
  return { keys, name: name || undefined, username: chat.username };
}

const nameOf = (one: { first_name?: string; last_name?: string }) =>
  [one.first_name, one.last_name].filter(Boolean).join(' ');

/** Some carry two fields for readers of older versions, such as animation and document: the order tells. */
function contentOf(message: Message): MessageContent {
  const { text, photo, animation, voice, audio, document, sticker, contact, caption, raw } = message;
  const video = message.video ?? message.video_note;
  const { latitude, longitude } = message.venue?.location ?? message.location ?? {};
  const media = <T extends 'image' | 'video' | 'audio' | 'document' | 'sticker'>(type: T, file: File, more = {}) => {
    const kept = { externalId: file.file_id, mimeType: file.mime_type, filename: file.file_name, ...more };
    return { type, v: 1, media: kept, caption } as const;
  };
  if (text) return { type: 'text', v: 1, text };
  if (photo) return media('image', photo.at(-1) ?? {}, { mimeType: 'image/jpeg' });
  if (animation) return media('video', animation, { animated: true });
  if (video) return media('video', video);
  if (voice) return media('audio', voice, { voice: true });
  if (audio) return media('audio', audio);
  if (document) return media('document', document);
  if (sticker) return media('sticker', sticker, { animated: sticker.is_animated || sticker.is_video });
  if (latitude !== undefined && longitude !== undefined) {
    return { type: 'location', v: 1, latitude, longitude, name: message.venue?.title, address: message.venue?.address };
  }
  if (contact) {
    const phones = contact.phone_number ? [contact.phone_number] : [];
    return { type: 'contacts', v: 1, contacts: [{ name: nameOf(contact), phones, emails: [] }] };
  }
  const what = ['poll', 'dice', 'game', 'story', 'paid_media', 'checklist'].find((kind) => kind in raw);
  return { type: 'unsupported', v: 1, what: what ?? 'message', raw };
}

async function sendText({ to, content, replyTo }: OutgoingMessage, context: SendContext): Promise<SendResult> {
  const chat = to.find(({ type }) => type === 'user_id')?.value;
  const quoted = Number(replyTo?.split(':')[1]);
  const { message_id: id } = await call(context, 'sendMessage', {
    chat_id: chat,
    text: content.type === 'text' ? content.text : '',
    // The customer may have deleted what is quoted.
    reply_parameters: quoted ? { message_id: quoted, allow_sending_without_reply: true } : undefined,
  });
  if (id === undefined) throw refusal({});
  return { externalId: `${chat}:${id}` };
}

/** Calls a method of the Bot API. The token stands in the address, which therefore stands in no error. */
async function call({ config, installation, signal }: SendContext, method: string, input: object = {}) {
  const url = `${installation.apiUrl}/bot${config.botToken}/${method}`;
  const [headers, body] = [{ 'content-type': 'application/json' }, JSON.stringify(input)];
  const response = await fetch(url, { method: 'POST', headers, body, signal }).catch(({ cause }: Error) => {
    const { code = 'no_answer' } = readCause(cause) ?? {};
    const kind = neverLeft.includes(code) ? 'retry' : 'unknown';
    throw new SendError(kind, { code, text: 'Telegram cannot be reached, or does not answer.' });
  });
  const answer = readAnswer(await response.json().catch(() => undefined));
  if (answer?.ok && answer.result) return answer.result;
  throw refusal(answer ?? {});
}

const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ERR_INVALID_URL'];
const meanings: Record<number, SendError['kind']> = { 401: 'credentials', 404: 'credentials', 429: 'rate_limited' };

/** What may have been sent is `unknown`: Telegram has no key under which to ask again, and nobody wants it twice. */
function refusal({ error_code: code, description, parameters }: Answer): SendError {
  const text = description ?? "The answer is not one of Telegram's.";
  if (code === undefined || code >= 500) return new SendError('unknown', { code: String(code ?? 'unreadable'), text });
  // Blocked the bot, never spoke with it, or is gone.
  const unreachable = code === 403 || text.includes('chat not found');
  const kind = unreachable ? 'recipient_blocked' : (meanings[code] ?? 'rejected');
  return new SendError(kind, { code: String(code), text, retryAfterMs: (parameters?.retry_after ?? 5) * 1000 });
}

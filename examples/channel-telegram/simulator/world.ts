type Json = Record<string, unknown>;

/** Somebody who uses Telegram. */
export interface User {
  id: number;
  first_name: string;
  last_name?: string;
  username?: string;
}

/** The private chat of one user with one bot. Its messages are numbered from 1 on. */
export interface PrivateChat {
  user: User;
  nextMessageId: number;
  /** As Telegram would show them, by id. */
  messages: Map<number, Json>;
  blocked: boolean;
}

export interface Bot {
  id: number;
  token: string;
  firstName: string;
  chats: Map<number, PrivateChat>;
  nextUpdateId: number;
  webhook: Webhook | undefined;
}

export interface Webhook {
  url: string;
  secretToken: string | undefined;
  allowedUpdates: readonly string[];
  /** Unix seconds and text of the last failure. */
  lastError: { at: number; text: string } | undefined;
}

/** What goes wrong with the next calls of sendMessage. */
export interface Fault {
  /**
   * - `refuse`: Telegram's own error with `code` and `description`, and after 429 `retryAfter` seconds; nothing is sent.
   * - `http`: the status `code` with a body that is not Telegram's; nothing is sent.
   * - `hang`, `drop_before`: no answer, a cut connection; nothing is sent.
   * - `drop_after`, `unreadable`: sent, then the connection is cut, or the answer is no JSON.
   */
  kind: 'refuse' | 'http' | 'hang' | 'drop_before' | 'drop_after' | 'unreadable';
  code?: number;
  description?: string;
  retryAfter?: number;
  /** How many calls; 1. */
  next?: number;
}

/** A message that a bot sent. */
export interface Sent {
  bot: number;
  chat: number;
  messageId: number;
  text: string;
  replyTo: number | null;
}

export interface World {
  /** By token. */
  bots: Map<string, Bot>;
  faults: Fault[];
  sent: Sent[];
}

export function createWorld(): World {
  return { bots: new Map(), faults: [], sent: [] };
}

/** The user's chat with the bot; it begins when they press Start. */
export function meet(bot: Bot, user: User): PrivateChat {
  const chat = bot.chats.get(user.id) ?? { user, nextMessageId: 1, messages: new Map(), blocked: false };
  chat.user = { ...chat.user, ...user };
  bot.chats.set(user.id, chat);
  return chat;
}

/** Adds a message to the chat, in the shape in which Telegram gives it. */
export function post(chat: PrivateChat, from: Json, content: Json): Json & { message_id: number } {
  const message = {
    message_id: chat.nextMessageId++,
    from,
    chat: { ...chat.user, type: 'private' },
    date: Math.floor(Date.now() / 1000),
    ...content,
  };
  chat.messages.set(message.message_id, message);
  return message;
}

export function botUser(bot: Bot): Json {
  return { id: bot.id, is_bot: true, first_name: bot.firstName, username: `bot_${bot.id}_bot` };
}

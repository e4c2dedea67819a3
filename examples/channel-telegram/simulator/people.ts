import type { Deliverer } from './deliver.js';
import type { Answer } from './http.js';
import { type Bot, type Fault, meet, type PrivateChat, post, type User, type World } from './world.js';

/** What the people on the other side do, and what breaks. Each is `POST /simulator/<name>` with these fields. */
export interface Doings {
  /** Makes a bot, as @BotFather does. */
  bot: { token: string; firstName?: string };
  /** Writes: a text, or what else a message can hold, e.g. `{ sticker: { file_id } }`. */
  write: Writing;
  /** Several messages at once. */
  writeAll: { messages: Writing[]; copies?: number; reverse?: boolean };
  edit: { token: string; user: number; messageId: number; text: string };
  /** Sets the reactions of the user to a message; none takes them back. */
  react: { token: string; user: number; messageId: number; emoji: string[] };
  /** Blocks the bot, or lets it in again. */
  block: { token: string; user: number; blocked: boolean };
  /** Posts any update of the bot. */
  update: { token: string; update: Record<string, unknown> };
  /** The last updates once more, as after an answer that Telegram missed. */
  redeliver: { token: string; last?: number };
  /** One try with any body, past the queue; answers with what the webhook said. */
  raw: { token: string; body: string; secretToken?: string | null };
  fault: Fault;
  /** What bots sent, and how many updates still wait. */
  report: Record<string, never>;
}

export interface Writing {
  token: string;
  from: User;
  text?: string;
  content?: Record<string, unknown>;
  /** The id of a message in the same chat. */
  replyTo?: number;
  copies?: number;
}

type Doing = { [K in keyof Doings]: (input: Doings[K]) => unknown };

export function people(world: World, deliverer: Deliverer) {
  const doings: Doing = {
    bot({ token, firstName = 'Simulated bot' }) {
      const id = Number(token.split(':')[0]);
      const bot = { id, token, firstName, chats: new Map(), nextUpdateId: 100_000, webhook: undefined };
      world.bots.set(token, bot);
      return { id };
    },
    write: ({ copies, ...writing }) => ({ messageId: writeAll([writing], { copies })[0] }),
    writeAll: ({ messages, ...how }) => ({ messageIds: writeAll(messages, how) }),
    edit({ token, user, messageId, text }) {
      const { bot, chat } = chatOf(token, user);
      const edited = { ...messageOf(chat, messageId), edit_date: now(), text };
      chat.messages.set(messageId, edited);
      deliverer.queue(bot, [{ edited_message: edited }]);
    },
    react({ token, user, messageId, emoji }) {
      const { bot, chat } = chatOf(token, user);
      const { chat: where } = messageOf(chat, messageId);
      const reactions = emoji.map((one) => ({ type: 'emoji', emoji: one }));
      const from = { is_bot: false, ...chat.user };
      const message_reaction = { chat: where, message_id: messageId, user: from, date: now(), old_reaction: [] };
      deliverer.queue(bot, [{ message_reaction: { ...message_reaction, new_reaction: reactions } }]);
    },
    block({ token, user, blocked }) {
      const { bot, chat } = chatOf(token, user);
      chat.blocked = blocked;
      const [before, after] = blocked ? ['member', 'kicked'] : ['kicked', 'member'];
      const where = { ...chat.user, type: 'private' };
      const change = { old_chat_member: { status: before }, new_chat_member: { status: after } };
      deliverer.queue(bot, [{ my_chat_member: { chat: where, from: chat.user, date: now(), ...change } }]);
    },
    update: ({ token, update }) => deliverer.queue(botOf(token), [update]),
    redeliver: ({ token, last = 1 }) => deliverer.again(botOf(token), last),
    raw: ({ token, body, secretToken }) => deliverer.once(botOf(token), body, secretToken),
    fault: (fault) => void world.faults.push(fault),
    report: () => ({ sent: world.sent, pending: deliverer.pending() }),
  };

  function writeAll(messages: readonly Writing[], how: { copies?: number; reverse?: boolean }): number[] {
    const written = messages.map(({ token, from, text, content, replyTo }) => {
      const bot = botOf(token);
      const chat = meet(bot, from);
      const quoted = replyTo === undefined ? {} : { reply_to_message: messageOf(chat, replyTo) };
      const said = { ...quoted, ...(text === undefined ? {} : { text }), ...content };
      return { bot, message: post(chat, { is_bot: false, ...from }, said) };
    });
    for (const bot of new Set(written.map((one) => one.bot))) {
      const own = written.filter((one) => one.bot === bot);
      deliverer.queue(
        bot,
        own.map(({ message }) => ({ message })),
        how,
      );
    }
    return written.map(({ message }) => message.message_id);
  }

  const botOf = (token: string): Bot => world.bots.get(token) ?? refuse(`There is no bot ${token}`);

  function chatOf(token: string, user: number): { bot: Bot; chat: PrivateChat } {
    const bot = botOf(token);
    return { bot, chat: bot.chats.get(user) ?? refuse(`${user} never wrote to the bot`) };
  }

  return async (name: string, input: unknown): Promise<Answer> => {
    if (!(name in doings)) return { status: 404, body: { error: `Nobody can ${name} here.` } };
    // The simulator's own clients name a doing and give its fields.
    const doing = doings[name as keyof Doings] as (input: unknown) => unknown;
    return { status: 200, body: (await doing(input)) ?? {} };
  };
}

function messageOf(chat: PrivateChat, id: number): Record<string, unknown> {
  return chat.messages.get(id) ?? refuse(`There is no message ${id} in the chat`);
}

const now = () => Math.floor(Date.now() / 1000);

function refuse(why: string): never {
  throw new Error(why);
}

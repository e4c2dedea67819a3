import type { Deliverer } from './deliver.js';
import type { Answer, Request } from './http.js';
import { type Bot, botUser, type Fault, post, type World } from './world.js';

type Input = Request['input'];

/** The methods of the Bot API that a channel uses, under Telegram's paths, with its answers and its errors. */
export function botApi(world: World, deliverer: Deliverer) {
  const methods: Record<string, (bot: Bot, input: Input) => Answer> = {
    getMe: (bot) => ok(botUser(bot)),
    sendMessage: (bot, input) => sendMessage(world, bot, input),
    setWebhook: (bot, input) => setWebhook(bot, input, deliverer),
    deleteWebhook(bot) {
      bot.webhook = undefined;
      return ok(true);
    },
    getWebhookInfo: (bot) =>
      ok({
        url: bot.webhook?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: deliverer.pending(bot),
        ...(bot.webhook?.lastError && {
          last_error_date: bot.webhook.lastError.at,
          last_error_message: bot.webhook.lastError.text,
        }),
        ...(bot.webhook && { allowed_updates: bot.webhook.allowedUpdates }),
      }),
  };

  return ({ path, input }: Request): Answer => {
    const [, token = '', name = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
    // What has not even the form of a token is an unknown path.
    if (!/^\d+:[\w-]+$/.test(token)) return refusal(404, 'Not Found');
    const bot = world.bots.get(token);
    if (!bot) return refusal(401, 'Unauthorized');
    return methods[name]?.(bot, input) ?? refusal(404, 'Not Found');
  };
}

function sendMessage(world: World, bot: Bot, input: Input): Answer {
  const fault = takeFault(world);
  const before = fault && brokenBefore(fault);
  if (before) return before;
  const answer = send(world, bot, input);
  if (fault?.kind === 'drop_after') return 'cut';
  return fault?.kind === 'unreadable' ? { status: 200, body: '<html>OK</html>' } : answer;
}

function send(world: World, bot: Bot, input: Input): Answer {
  const { chat_id, text, reply_parameters } = input;
  if (chat_id === undefined || chat_id === '') return refusal(400, 'Bad Request: chat_id is empty');
  if (typeof text !== 'string' || text.trim() === '') return refusal(400, 'Bad Request: message text is empty');
  if (text.length > 4096) return refusal(400, 'Bad Request: message is too long');
  const chat = bot.chats.get(Number(chat_id));
  if (!chat) return refusal(400, 'Bad Request: chat not found');
  if (chat.blocked) return refusal(403, 'Forbidden: bot was blocked by the user');
  const reply = replyIn(reply_parameters);
  const quoted = reply && chat.messages.get(Number(reply.message_id));
  if (reply && !quoted && reply.allow_sending_without_reply !== true) {
    return refusal(400, 'Bad Request: message to be replied not found');
  }
  const message = post(chat, botUser(bot), { ...(quoted && { reply_to_message: quoted }), text });
  const replyTo = quoted ? Number(quoted.message_id) : null;
  world.sent.push({ bot: bot.id, chat: chat.user.id, messageId: message.message_id, text, replyTo });
  return ok(message);
}

function replyIn(value: unknown): Record<string, unknown> | undefined {
  const given: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return typeof given === 'object' && given !== null ? { ...given } : undefined;
}

/** By default these are left out, see setWebhook's `allowed_updates`. */
const onlyWhenAsked = ['chat_member', 'message_reaction', 'message_reaction_count'];
const otherKinds = ['message', 'edited_message', 'channel_post', 'edited_channel_post', 'callback_query', 'poll'];
const standard = [...otherKinds, 'my_chat_member'];

function setWebhook(bot: Bot, input: Input, deliverer: Deliverer): Answer {
  const { url, secret_token, allowed_updates } = input;
  if (typeof url !== 'string') return refusal(400, 'Bad Request: bad webhook: URL is empty');
  if (secret_token !== undefined && !/^[\w-]{1,256}$/.test(String(secret_token))) {
    return refusal(400, 'Bad Request: secret token contains unallowed characters');
  }
  const asked: unknown = typeof allowed_updates === 'string' ? JSON.parse(allowed_updates) : allowed_updates;
  const known = [...standard, ...onlyWhenAsked];
  const allowedUpdates =
    Array.isArray(asked) && asked.length > 0 ? known.filter((kind) => asked.includes(kind)) : standard;
  const secretToken = secret_token === undefined ? undefined : String(secret_token);
  // Telegram wants https here. This is a simulator for one machine.
  bot.webhook = url === '' ? undefined : { url, secretToken, allowedUpdates, lastError: undefined };
  deliverer.wake(bot);
  return { status: 200, body: { ok: true, result: true, description: 'Webhook was set' } };
}

function takeFault(world: World): Fault | undefined {
  const fault = world.faults[0];
  if (!fault) return undefined;
  fault.next = (fault.next ?? 1) - 1;
  if (fault.next <= 0) world.faults.shift();
  return fault;
}

function brokenBefore(fault: Fault): Answer | undefined {
  const { kind, code = 500, description = 'Internal Server Error', retryAfter } = fault;
  switch (kind) {
    case 'refuse':
      return refusal(code, description, retryAfter === undefined ? undefined : { retry_after: retryAfter });
    case 'http':
      return { status: code, body: '<html>Bad gateway</html>' };
    case 'hang':
      return 'silence';
    case 'drop_before':
      return 'cut';
    default:
      return undefined;
  }
}

function ok(result: unknown): Answer {
  return { status: 200, body: { ok: true, result } };
}

function refusal(status: number, description: string, parameters?: object): Answer {
  return { status, body: { ok: false, error_code: status, description, ...(parameters && { parameters }) } };
}

/**
 * Connects a bot, with what the environment tells:
 *
 *     TELEGRAM_BOT_TOKEN=123456:ABC… PUBLIC_URL=https://inbox.example.com \
 *     TIMS_EMAIL=admin@example.com TIMS_PASSWORD=… node examples/channel-telegram/connect.mjs
 */
import { randomBytes } from 'node:crypto';

const { TELEGRAM_BOT_TOKEN: botToken, TIMS_EMAIL: email, TIMS_PASSWORD: password } = process.env;
const { TIMS_URL = 'http://127.0.0.1:4000', TELEGRAM_API_URL = 'https://api.telegram.org' } = process.env;
const { PUBLIC_URL = TIMS_URL } = process.env;

// Anybody can post to a public address; only Telegram knows this.
const secretToken = randomBytes(32).toString('base64url');

const { accessToken } = await ask(`${TIMS_URL}/api/auth/login`, { body: { email, password } });
const { data: teams } = await ask(`${TIMS_URL}/api/teams`, { accessToken });
// Every organization begins with the team cx.
const team = teams.find(({ key }) => key === 'cx') ?? teams[0];
const { webhookPath } = await ask(`${TIMS_URL}/api/channels`, {
  accessToken,
  body: { kind: 'telegram', name: 'Telegram', defaultTeamId: team?.id, config: { botToken, secretToken } },
});
await ask(`${TELEGRAM_API_URL}/bot${botToken}/setWebhook`, {
  body: {
    url: PUBLIC_URL + webhookPath,
    secret_token: secretToken,
    // Telegram leaves reactions out unless they are asked for.
    allowed_updates: ['message', 'edited_message', 'message_reaction'],
  },
});
console.log(`Connected. Write to the bot: the conversation appears in the team ${team?.name}.`);

/**
 * @typedef {object} Answer what is read here of the answers of TIMS and of Telegram
 * @property {string} accessToken
 * @property {{ id: string, key: string, name: string }[]} data
 * @property {string} webhookPath
 * @property {string} [detail]
 * @property {string} [help]
 * @property {string} [description]
 */

/** @returns {Promise<Answer>} */
async function ask(
  /** @type {string} */ url,
  /** @type {{ accessToken?: string, body?: object }} */ { accessToken, body },
) {
  const headers = {
    'content-type': 'application/json',
    ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
  };
  const response = await fetch(url, { method: body ? 'POST' : 'GET', headers, body: JSON.stringify(body) });
  const answer = /** @type {Answer} */ (await response.json());
  if (response.ok) return answer;
  // TIMS says what is wrong in `detail` and `help`, Telegram in `description`.
  console.error([answer.detail, answer.help, answer.description].filter(Boolean).join(' '));
  process.exit(1);
}

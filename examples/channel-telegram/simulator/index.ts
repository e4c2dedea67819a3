import { botApi } from './bot-api.js';
import { createDeliverer, type Delivery } from './deliver.js';
import { serve } from './http.js';
import { type Doings, people } from './people.js';
import { createWorld, type Sent } from './world.js';

export interface Simulator {
  /** Give it to the channel as `apiUrl`. */
  url: string;
  close(): Promise<void>;
}

/**
 * A Telegram of one's own: the Bot API under Telegram's paths, and under `/simulator/…` the people who use it.
 *
 * @example
 * const telegram = simulatorClient((await startSimulator()).url);
 * await telegram.do('bot', { token });
 * await telegram.call(token, 'setWebhook', { url, secret_token });
 * await telegram.do('write', { token, from: { id: 7, first_name: 'Aisyah' }, text: 'Hello' });
 */
export async function startSimulator({ port = 0, retryMs = 100 } = {}): Promise<Simulator> {
  const world = createWorld();
  const deliverer = createDeliverer(retryMs);
  const answer = botApi(world, deliverer);
  const doing = people(world, deliverer);
  const server = await serve(port, (request) => {
    const [, name] = /^\/simulator\/(\w+)$/.exec(request.path) ?? [];
    return name === undefined ? answer(request) : doing(name, request.input);
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    async close() {
      deliverer.close();
      await server.close();
    },
  };
}

interface Told {
  bot: { id: number };
  write: { messageId: number };
  writeAll: { messageIds: number[] };
  raw: Delivery;
  report: { sent: Sent[]; pending: number };
}

export type SimulatorClient = ReturnType<typeof simulatorClient>;

/** Plays Telegram's people over HTTP, from this process or another. */
export function simulatorClient(url: string) {
  const post = async (path: string, input: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(input) });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const act = async <K extends keyof Doings>(name: K, input: Doings[K]) =>
    // The simulator's own answers, in the shapes above.
    (await post(`/simulator/${name}`, input)) as K extends keyof Told ? Told[K] : unknown;

  return {
    do: act,
    /** A method of the Bot API, as a bot's owner calls it. */
    call: (token: string, method: string, input: object = {}) => post(`/bot${token}/${method}`, input),
    /** Resolves when every update was taken. */
    async idle(withinMs = 15_000): Promise<void> {
      for (const end = Date.now() + withinMs; (await act('report', {})).pending > 0; ) {
        if (Date.now() > end) throw new Error('Updates still wait.');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

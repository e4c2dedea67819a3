import { digitsOf } from '../../phone.js';
import { type SimulatorClient, simulatorClient } from '../client.js';
import type { AcceptedSend } from '../control-schemas.js';
import { between, seededRandom } from '../random.js';
import { demoPersonas, type Persona } from './personas.js';
import { topicOf } from './topics.js';

export interface DemoOptions {
  /** The simulator's address. */
  url: string;
  /** The registered numbers that customers write to, each persona to one of them. */
  phoneNumberIds: string[];
  personas?: Persona[];
  /** At most so many messages a minute, all customers together; 20 unless told. */
  perMinute?: number;
  /** Once everybody has written, at most so many new matters a minute; answers stay quick. `perMinute` unless told. */
  laterPerMinute?: number;
  /** How long a customer thinks before answering. */
  thinkMs?: { min: number; max: number };
  seed?: number;
  /** Told when the simulator did not answer; the demo goes on. */
  onError?: (error: unknown) => void;
}

export interface DemoCustomers {
  /** Messages written so far. */
  readonly written: number;
  /** Resolves when nothing more is under way. */
  stop(): Promise<void>;
}

/** After so many answers in a row a customer falls silent, so that a bot and a persona do not talk for ever. */
const longestTalk = 6;

interface Actor extends Persona {
  phoneNumberId: string;
  opened: number;
  answered: number;
}

/**
 * Lets personas write: each starts a conversation, answers what is sent to them, and comes back later with another
 * matter. Everything goes through the simulator's HTTP API.
 */
export function startDemoCustomers(options: DemoOptions): DemoCustomers {
  const { perMinute = 20, laterPerMinute = perMinute, thinkMs = { min: 1500, max: 8000 } } = options;
  const random = seededRandom(options.seed ?? Math.floor(Math.random() * 2 ** 32));
  const client = simulatorClient(options.url);
  const actors = castOf(options.personas ?? demoPersonas, options.phoneNumberIds);
  /** Answers thought of and not yet written, the earliest due first. */
  const thoughts: { due: number; actor: Actor; text: string }[] = [];
  const stopping = new AbortController();
  let written = 0;
  let seen: number | undefined;
  /** When the next new matter may come up, once everybody has written. */
  let nextMatterAt = 0;

  async function round(): Promise<void> {
    const { sends, count } = await client.sends({ after: seen ?? 0 });
    // What was sent before the demo began is nobody's business here.
    const fresh = seen === undefined ? [] : sends;
    // The simulator was reset, or is another one.
    if (seen !== undefined && count < seen) seen = 0;
    else seen = seen === undefined ? count : (sends.at(-1)?.seq ?? seen);
    for (const send of fresh) think(send);
    const next = nextToSay();
    if (!next) return;
    await say(client, next.actor, next.text);
    written += 1;
  }

  function think(send: AcceptedSend): void {
    const actor = actors.find((candidate) => isFor(send, candidate));
    if (!actor || actor.answered >= longestTalk) return;
    actor.answered += 1;
    const text = actor.answers[topicOf(textOf(send))] ?? actor.answers.other;
    thoughts.push({ due: Date.now() + between(thinkMs, random), actor, text });
    thoughts.sort((a, b) => a.due - b.due);
  }

  /** Who answers goes before who starts. */
  function nextToSay(): { actor: Actor; text: string } | undefined {
    const [first] = thoughts;
    if (first && first.due <= Date.now()) return thoughts.shift();
    const fewest = Math.min(...actors.map(({ opened }) => opened));
    if (fewest > 0 && Date.now() < nextMatterAt) return undefined;
    const idle = actors.filter(
      (actor) => actor.opened === fewest && !thoughts.some((thought) => thought.actor === actor),
    );
    const actor = idle[Math.floor(random() * idle.length)];
    const text = actor?.openings[actor.opened % Math.max(actor.openings.length, 1)];
    if (!actor || text === undefined) return undefined;
    actor.opened += 1;
    actor.answered = 0;
    nextMatterAt = Date.now() + 60_000 / laterPerMinute;
    return { actor, text };
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) => options.onError?.(error));
      await pause((60_000 / perMinute) * (0.75 + random() / 2), stopping.signal);
    }
  }

  const done = run();
  return {
    get written() {
      return written;
    },
    stop() {
      stopping.abort();
      return done;
    },
  };
}

function castOf(personas: readonly Persona[], phoneNumberIds: readonly string[]): Actor[] {
  return personas.flatMap((persona, index) => {
    const phoneNumberId = phoneNumberIds[index % phoneNumberIds.length];
    return phoneNumberId === undefined ? [] : [{ ...persona, phoneNumberId, opened: 0, answered: 0 }];
  });
}

async function say(client: SimulatorClient, actor: Actor, text: string): Promise<void> {
  await client.write({ phoneNumberId: actor.phoneNumberId, from: actor.customer, text });
}

function isFor(send: AcceptedSend, { customer, phoneNumberId }: Actor): boolean {
  if (send.phoneNumberId !== phoneNumberId) return false;
  if (customer.userId !== undefined && send.to === customer.userId) return true;
  const to = digitsOf(send.to);
  return to !== undefined && (to === customer.phone || to === customer.waId);
}

function textOf(send: AcceptedSend): string {
  const { text } = send.body;
  return typeof text === 'object' && text !== null && 'body' in text ? String(text.body) : '';
}

/** Resolves after `ms`, or at once when the demo stops. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

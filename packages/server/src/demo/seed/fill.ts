import { checkCounts, checkSearch, getConversationsById, type Installation, reading, rebuildSearch } from '@tims/core';
import { StartError } from '../../start-error.js';
import { addConversation, type Rows, tables } from './conversation.js';
import { idOf } from './numbers.js';
import { completePlace, type SeedPlace } from './people.js';
import { beganAt, endless, type SeedPlan } from './plan.js';
import { type Speech, speechFrom } from './speech.js';

export interface SeedOptions {
  organization: string;
  conversations: number;
  /** When the last of them was said, epoch milliseconds. */
  until: number;
  messages?: number;
  longest?: number;
  seed?: number;
  /** Of everybody that is made for it. */
  password: string;
  progress?: (line: string) => void;
  /** Everything that could refuse has been asked: rows come now. */
  onBegin?: () => void;
  /** Stops between two transactions. */
  signal?: AbortSignal;
}

export interface Seeded {
  place: SeedPlace;
  speech: Speech;
  /** The conversation that never ended, with so many more messages than any other; the newcomer has it. */
  longest: string;
  /** Rows that this run wrote. */
  conversations: number;
  messages: number;
  /** Until the rows were there, and until they were found. */
  filledMs: number;
  indexedMs: number;
}

/** Raised where other rows are made than before: what was filled earlier is then something else. */
export const seedVersion = 1;

const inOneTransaction = 2_000;
/** So many together in the search index: the more, the more of them go into one place of it. */
const indexedTogether = 20_000;

/**
 * Fills an organization with what years of a help desk leave. Rows go in past the actions and the event log, many at
 * once, in the order of time; counts and search index are then made by what mends them in a running installation.
 *
 * A run that was cut short is completed by the next one with the same options.
 */
export async function seed(installation: Installation, options: SeedOptions): Promise<Seeded> {
  const { organization, conversations, until, password, progress } = options;
  const { messages = 5, longest = Math.min(10_000, 10 * conversations), seed: from = 1 } = options;
  const plan: SeedPlan = { conversations, messages, longest, seed: from, until };
  const began = performance.now();
  // A team of fifty has so many; fewer conversations are of fewer people.
  const people = Math.min(50, Math.max(6, Math.ceil(conversations / 200)));
  const place = await completePlace(installation, organization, { people, password, seed: from });
  options.onBegin?.();
  const speech = speechFrom(from);
  const written = await writeAll(installation, { plan, place, speech }, options);
  const filled = performance.now();
  if (written.conversations > 0 || !(await isFound(installation, organization))) {
    progress?.(`${conversations} conversations are there after ${seconds(filled - began)} s; now counts and search`);
    await checkCounts(installation, organization, { repair: true });
    await index(installation, organization, options);
  }
  const indexed = performance.now();
  const longestId = idOf('cnv', beganAt(plan, endless), endless);
  return { place, speech, longest: longestId, ...written, filledMs: filled - began, indexedMs: indexed - filled };
}

/** The index is made in the order of time, so whoever finds the last messages finds all. */
async function isFound(installation: Installation, organization: string): Promise<boolean> {
  return (await checkSearch(installation, organization)).drift === 0;
}

async function index(installation: Installation, organization: string, { signal, progress }: SeedOptions) {
  let told = performance.now();
  await rebuildSearch(installation, organization, {
    chunk: indexedTogether,
    onProgress: ({ looked }) => {
      signal?.throwIfAborted();
      if (performance.now() - told < everyMs) return;
      told = performance.now();
      progress?.(`${looked} indexed`);
    },
  });
}

const everyMs = 5_000;
const seconds = (ms: number) => Math.round(ms / 1000);

async function writeAll(
  installation: Installation,
  scene: { plan: SeedPlan; place: SeedPlace; speech: Speech },
  { signal, progress }: SeedOptions,
): Promise<{ conversations: number; messages: number }> {
  const { plan, place } = scene;
  const written = { conversations: 0, messages: 0 };
  let writing: Promise<void> = Promise.resolve();
  let told = performance.now();
  for (let start = 0; start < plan.conversations; start += inOneTransaction) {
    signal?.throwIfAborted();
    if (await isThere(installation, place, idOf('cnv', beganAt(plan, start), start))) continue;
    const rows = emptyRows();
    const end = Math.min(plan.conversations, start + inOneTransaction);
    for (let index = start; index < end; index++) addConversation({ ...scene, rows }, index);
    // The next ones are thought out while the database writes these.
    await writing;
    writing = write(installation, rows);
    writing.catch(() => undefined);
    written.conversations += rows.conversations.length;
    written.messages += rows.messages.length;
    if (performance.now() - told < everyMs) continue;
    told = performance.now();
    progress?.(`${end} of ${plan.conversations} conversations`);
  }
  await writing;
  return written;
}

async function isThere(installation: Installation, { organization, admin }: SeedPlace, id: string): Promise<boolean> {
  return (await getConversationsById(reading(installation, organization, admin), [id])).length > 0;
}

async function write({ storage }: Installation, rows: Rows): Promise<void> {
  try {
    await storage.writer.transaction(async (trx) => {
      for (const table of tables) await storage.dialect.bulkInsert(trx, table, rows[table]);
    });
  } catch (cause) {
    if (storage.dialect.classify(cause) !== 'conflict') throw cause;
    throw new StartError(
      'Conversations of another fill stand in this organization. Begin anew with an empty database.',
      {
        cause,
      },
    );
  }
}

function emptyRows(): Rows {
  return {
    contacts: [],
    identities: [],
    identity_keys: [],
    conversations: [],
    messages: [],
    read_marks: [],
    conversation_tags: [],
    follow_ups: [],
    notes: [],
  };
}

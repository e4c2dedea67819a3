import {
  createIngest,
  type Ingest,
  type Installation,
  type LoggedEvent,
  openInstallation,
  readEvents,
  readHead,
} from '@tims/core';
import {
  envelope,
  openTestInstallation,
  signWebhook,
  type TestDatabase,
  type TestInstallation,
  type TestInstallationOptions,
  testAppSecret,
  textWebhook,
  together,
} from '@tims/testing';
import { afterAll, beforeAll } from 'vitest';

/** One installation for all tests of a `describe`: making one costs the hashing of a password. */
export interface Stage extends TestInstallation {
  database: TestDatabase;
}

/** Opens the stage before the tests; the function answers with it inside them. */
export function shared(open: () => Promise<TestDatabase>, options: TestInstallationOptions = {}): () => Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    const database = await open();
    stage = { ...(await openTestInstallation(database, options)), database };
  });
  afterAll(() => stage?.close());
  return () => {
    if (!stage) throw new Error('The stage is open inside tests only');
    return stage;
  };
}

/** Another server on the same database: on MariaDB with its own connections; SQLite has one server, so one more ingest. */
export async function anotherNode(stage: Stage): Promise<{
  installation: Installation;
  receive: (payload: unknown) => ReturnType<Ingest['accept']>;
  close(): Promise<void>;
}> {
  const own = stage.database.name === 'SQLite' ? undefined : await openNode(stage);
  const installation = own ?? stage.installation;
  const ingest = createIngest(installation);
  return {
    installation,
    receive: (payload) => ingest.accept({ kind: 'whatsapp', ...signWebhook(payload, testAppSecret) }),
    close: async () => own?.close(),
  };
}

async function openNode({ database, installation }: Stage): Promise<Installation> {
  return openInstallation({
    storage: await database.plugin.open(database.url),
    secretKey: 'a secret key of at least thirty-two characters',
    channelPlugins: [...installation.channelPlugins.values()],
    pluginSettings: Object.fromEntries(installation.pluginSettings),
    settings: installation.settings,
  });
}

let numbers = 0;

/** A phone number that no other test has, digits only. */
export function newPhone(): string {
  return `6012${String(3_000_000 + ++numbers)}`;
}

/** A row as it stands in a table. Tests look at columns by name. */
// biome-ignore lint/suspicious/noExplicitAny: a row of any table
export type Row = Record<string, any>;

/** All rows of the organization in the table. */
export function rows({ installation, organization }: Stage, table: string, where: object = {}): Promise<Row[]> {
  return Promise.resolve(installation.storage.reader(table).where({ organization_id: organization, ...where }));
}

export async function onlyRow(stage: Stage, table: string, where: object): Promise<Row> {
  const [row, ...more] = await rows(stage, table, where);
  if (!row || more.length > 0)
    throw new Error(`${table} has ${row ? 'several rows' : 'no row'} ${JSON.stringify(where)}`);
  return row;
}

/** The conversation of the customer with this phone number. */
export async function conversationOf(stage: Stage, phone: string): Promise<Row> {
  const key = await onlyRow(stage, 'identity_keys', { type: 'phone', value: `+${phone}` });
  return onlyRow(stage, 'conversations', { identity_id: key.identity_id });
}

/** New customers who have just written, so that they can be answered. */
export async function newConversations(tims: Stage, count: number): Promise<string[]> {
  const phones = Array.from({ length: count }, newPhone);
  await tims.receive(together(...phones.map((from) => textWebhook({ phoneNumberId: tims.phoneNumberId, from }))));
  return Promise.all(phones.map(async (phone) => (await conversationOf(tims, phone)).id));
}

/** The organization's log after a sequence number. */
export async function eventsAfter({ installation, organization }: Stage, sequence: number): Promise<LoggedEvent[]> {
  return readEvents(installation.storage.reader, organization, sequence, 100_000);
}

export async function headOf({ installation, organization }: Stage): Promise<number> {
  return (await readHead(installation.storage.reader, organization)).sequence;
}

/** Everything that the pipeline may have written, to tell whether anything changed. */
export async function snapshot(stage: Stage): Promise<Record<string, Row[]>> {
  const tables = [
    'contacts',
    'identities',
    'identity_keys',
    'conversations',
    'messages',
    'reactions',
    'channel_notices',
  ];
  const all = await Promise.all(
    tables.map(async (table) => {
      const found = await rows(stage, table);
      return [table, found.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))] as const;
    }),
  );
  return { ...Object.fromEntries(all), head: [{ sequence: await headOf(stage) }] };
}

/** A change of another field than `messages`, in Meta's envelope. */
export function otherField(field: string, phoneNumberId: string, value: object): object {
  const body = envelope(phoneNumberId, value);
  return JSON.parse(JSON.stringify(body).replace('"field":"messages"', `"field":"${field}"`));
}

/** What our side wrote in the vendor's own app. */
export function echoWebhook(echo: {
  phoneNumberId: string;
  to: string;
  id: string;
  text?: string;
  at?: number;
}): object {
  const { phoneNumberId, to, id, text = 'Typed on the phone', at = now() } = echo;
  return otherField('smb_message_echoes', phoneNumberId, {
    message_echoes: [{ from: '60123456789', to, id, timestamp: String(at), type: 'text', text: { body: text } }],
  });
}

/** One element of `messages[]` of any type. */
export function messageWebhook(
  phoneNumberId: string,
  message: { from: string; id: string; at?: number } & Row,
): object {
  const { at = now(), ...rest } = message;
  const contact = {
    wa_id: message.from,
    profile: { name: 'Aisyah' },
    ...(rest.from_user_id ? { user_id: rest.from_user_id } : {}),
  };
  return envelope(phoneNumberId, { contacts: [contact], messages: [{ timestamp: String(at), ...rest }] });
}

/** Unix seconds. */
export function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** Numbers that look random and are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

export async function until<T>(what: string, probe: () => T | Promise<T>, withinMs = 20_000): Promise<NonNullable<T>> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`It did not happen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

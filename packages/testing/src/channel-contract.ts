import { type ChannelConfig, type ChannelPlugin, MessageContent, type SignedRequest } from '@tims/core/plugin';
import Value from 'typebox/value';
import { describe, expect, test } from 'vitest';

export interface ChannelContractCase {
  /** Webhook bodies of the provider, parsed, by name. */
  fixtures: Record<string, unknown>;
  secret: string;
  /** A request with this body as the provider would sign it. */
  signed(body: string, secret: string): SignedRequest;
  /** What a signature holds for: the body, unless told; nothing where each request merely carries the secret. */
  signatureHoldsFor?: 'body' | 'nothing';
  /** Settings that a channel can be made with. */
  goodSettings: ChannelConfig;
  /** Settings that the config schema must refuse, by the reason. */
  badSettings: Record<string, unknown>;
  /** Recipients as people type them. */
  persons: { good: string[]; bad: string[] };
}

const receivedAt = Date.UTC(2025, 10, 21);
const secretName = /token|secret|password|private|api_?key/i;

/**
 * What every channel adapter keeps to.
 *
 * @example
 * channelContract(whatsapp, { fixtures, secret: 's', signed, goodSettings, badSettings: {}, persons: { good: [], bad: [] } });
 */
export function channelContract(plugin: ChannelPlugin, given: ChannelContractCase): void {
  describe(`${plugin.id} is a channel`, () => {
    manifest(plugin, given);
    parsing(plugin, given);
    signatures(plugin, given);
    sending(plugin, given);
  });
}

function manifest(plugin: ChannelPlugin, { goodSettings, badSettings }: ChannelContractCase): void {
  test('says what it is', () => {
    expect(plugin).toMatchObject({ kind: 'channel', apiVersion: 1 });
    expect(plugin.id).toMatch(/^[a-z][a-z0-9-]{1,31}$/);
    expect(plugin.title).not.toBe('');
    expect(plugin.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(plugin.limits.text).toBeGreaterThan(0);
    expect(plugin.limits.perSecond).toBeGreaterThan(0);
  });

  test.each(['config', 'installation'] as const)('%s is an object schema whose secrets are marked', (name) => {
    const schema = plugin[name];
    expect(schema).toMatchObject({ type: 'object' });
    const unmarked = Object.entries(schema.properties).filter(
      ([property, part]) => secretName.test(property) && !('secret' in part && part.secret === true),
    );
    expect(unmarked.map(([property]) => property)).toEqual([]);
  });

  test('accepts good settings and addresses its channel by them', () => {
    expect([...Value.Errors(plugin.config, goodSettings)]).toEqual([]);
    expect(plugin.route(goodSettings).address).not.toBe('');
  });

  test.each(Object.entries(badSettings))('refuses settings: %s', (_, settings) => {
    expect(Value.Check(plugin.config, settings)).toBe(false);
  });
}

function parsing(plugin: ChannelPlugin, { fixtures }: ChannelContractCase): void {
  test('has fixtures', () => expect(Object.keys(fixtures)).not.toEqual([]));

  test.each(Object.entries(fixtures))('parse is pure and well formed: %s', (_, body) => {
    const before = structuredClone(body);
    const events = plugin.parse(body, receivedAt);
    expect(body).toEqual(before);
    expect(plugin.parse(body, receivedAt)).toEqual(events);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      expect(event.route).toBeTypeOf('object');
      if (event.kind === 'ignored') expect(event.why).not.toBe('');
      if (event.kind !== 'message') continue;
      expect([...Value.Errors(MessageContent, event.content)]).toEqual([]);
      expect(event.externalId).not.toBe('');
      expect(event.person.keys.length).toBeGreaterThan(0);
      expect(Number.isSafeInteger(event.sentAt)).toBe(true);
    }
  });

  test.each([[null], [undefined], [true], [0], [''], ['text'], [[]], [{}], [[[]]], [{ entry: {} }], [{ object: [] }]])(
    'parse answers anything: %j',
    (body) => {
      expect(Array.isArray(plugin.parse(body, receivedAt))).toBe(true);
    },
  );
}

function signatures(plugin: ChannelPlugin, given: ChannelContractCase): void {
  const { signed, secret, signatureHoldsFor = 'body' } = given;
  const body = '{"text":"caf\\u00e9 \\/ ok"}';
  const genuine = () => signed(body, secret);

  test('verify accepts the genuine', () => expect(plugin.verify(genuine(), secret)).toBe(true));

  if (signatureHoldsFor === 'body') signedBodies(plugin, genuine(), secret);
  else {
    test('verify goes by the secret alone', () => {
      expect(signed('{}', secret).headers).toEqual(genuine().headers);
      expect(plugin.verify({ ...genuine(), body: Buffer.alloc(0) }, secret)).toBe(true);
    });
  }

  test('verify refuses another secret', () => {
    expect(plugin.verify(signed(body, `${secret}x`), secret)).toBe(false);
    expect(plugin.verify(genuine(), `${secret}x`)).toBe(false);
    expect(plugin.verify(signed(body, ''), '')).toBe(false);
  });

  test('verify refuses absent and broken signatures', () => {
    expect(plugin.verify({ headers: {}, body: Buffer.from(body) }, secret)).toBe(false);
    for (const broken of ['', 'x', 'sha256=', 'sha256=zz', '0'.repeat(64), 'ä'.repeat(71)]) {
      const headers = Object.fromEntries(Object.keys(genuine().headers).map((name) => [name, broken]));
      expect(plugin.verify({ headers, body: Buffer.from(body) }, secret)).toBe(false);
    }
  });

  test('webhookSecret gives a text or nothing', () => {
    expect(plugin.webhookSecret({})).toBeUndefined();
  });
}

function signedBodies(plugin: ChannelPlugin, genuine: SignedRequest, secret: string): void {
  test('verify refuses a changed body', () => {
    const bytes = Buffer.from(genuine.body);
    bytes[2] = 0x54;
    expect(plugin.verify({ ...genuine, body: bytes }, secret)).toBe(false);
    expect(plugin.verify({ ...genuine, body: Buffer.alloc(0) }, secret)).toBe(false);
  });

  test('verify refuses the same JSON in other bytes', () => {
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(genuine.body.toString())));
    expect(plugin.verify({ ...genuine, body: rewritten }, secret)).toBe(false);
  });
}

function sending(plugin: ChannelPlugin, { persons }: ChannelContractCase): void {
  const types: unknown[] = MessageContent.anyOf.map((branch) => branch.properties.type.const);
  const now = Date.UTC(2025, 10, 21);

  test('send is keyed by message types', () => {
    expect(Object.keys(plugin.send).filter((type) => !types.includes(type))).toEqual([]);
    expect(Object.keys(plugin.send)).not.toEqual([]);
  });

  test.each([
    { lastInboundAt: null, now, channelActive: true },
    { lastInboundAt: now, now, channelActive: true },
    { lastInboundAt: now - 400 * 24 * 60 * 60 * 1000, now, channelActive: true },
    { lastInboundAt: now + 60_000, now, channelActive: true },
    { lastInboundAt: now, now, channelActive: false },
  ])('canSend answers %j', (conditions) => {
    const answer = plugin.canSend(conditions);
    expect(answer.allowed.filter((type) => !(type in plugin.send))).toEqual([]);
    if (answer.allowed.length === 0) expect(answer.reason).toEqual(expect.stringMatching(/\S/));
    if (answer.windowEndsAt !== null) expect(answer.windowEndsAt).toBeGreaterThan(now);
    if (!conditions.channelActive) expect(answer.allowed).toEqual([]);
  });

  test.each(persons.good)('person takes %j', (typed) => {
    const keys = plugin.person(typed)?.keys ?? [];
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(key.value).not.toBe('');
  });

  test.each(persons.bad)('person refuses %j', (typed) => {
    expect(plugin.person(typed)).toBeUndefined();
  });
}

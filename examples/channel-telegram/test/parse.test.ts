import type { InboundEvent } from '@tims/core/plugin';
import { describe, expect, test } from 'vitest';
import telegram from '../src/index.js';
import { fixtures, receivedAt } from './fixtures.js';

const sentAt = 1_763_613_600_000;
const parse = (body: unknown): InboundEvent | undefined => telegram.parse(body, receivedAt)[0];
const contentOf = (name: string) => {
  const event = parse(fixtures[name]);
  if (event?.kind !== 'message') throw new Error(`${name} is no message`);
  return event.content;
};

test('a text is a message of the person, under an id of the chat and the message', () => {
  expect(parse(fixtures.text)).toEqual({
    kind: 'message',
    route: { account: 'telegram' },
    origin: 'live',
    direction: 'inbound',
    person: { keys: [{ type: 'user_id', value: '700100200' }], name: 'Aisyah Rahman', username: 'aisyah_r' },
    externalId: '700100200:101',
    sentAt,
    content: { type: 'text', v: 1, text: 'Hello, see our site' },
    forwarded: false,
  });
});

test('what it quotes and whether it was forwarded', () => {
  expect(parse(fixtures.reply)).toMatchObject({ replyTo: '700100200:99' });
  expect(parse(fixtures['quote-of-another-chat'])).toMatchObject({ replyTo: undefined });
  expect(parse(fixtures.forwarded)).toMatchObject({ forwarded: true });
});

describe('content', () => {
  const file = (id: string, more: object = {}) => ({ externalId: `AgACAgUAAxkBAAI${id}`, ...more });
  test.each<[string, object]>([
    ['start', { type: 'text', text: '/start poster-7' }],
    ['photo', { type: 'image', media: file('x', { mimeType: 'image/jpeg' }), caption: 'My homework' }],
    ['video', { type: 'video', media: file('v', { mimeType: 'video/mp4', filename: 'class.mp4' }) }],
    ['video-note', { type: 'video', media: file('n') }],
    ['animation', { type: 'video', media: file('a', { animated: true }) }],
    ['voice', { type: 'audio', media: file('o', { voice: true, mimeType: 'audio/ogg' }) }],
    ['audio', { type: 'audio', media: file('u', { filename: 'song.mp3' }) }],
    ['document', { type: 'document', media: file('d', { filename: 'form.pdf' }), caption: 'Signed' }],
    ['sticker', { type: 'sticker', media: file('k', { animated: true }) }],
    ['location', { type: 'location', latitude: 3.139003, longitude: 101.686852 }],
    ['venue', { type: 'location', latitude: 3.139003, name: 'Bright Tuition', address: 'Jalan Raja 1' }],
    ['contact', { type: 'contacts', contacts: [{ name: 'Dana Lim', phones: ['+60123456789'], emails: [] }] }],
    ['poll', { type: 'unsupported', what: 'poll', raw: { poll: { question: 'When?' } } }],
    ['pinned', { type: 'unsupported', what: 'message' }],
    ['of-a-kind-to-come', { type: 'unsupported', what: 'message', raw: { hologram: { depth: 3 } } }],
  ])('of %s', (name, content) => expect(contentOf(name)).toMatchObject(content));
});

describe('updates of a message', () => {
  test.each<[string, object]>([
    ['edited', { type: 'edit', content: { type: 'text', text: 'Hello there' } }],
    ['edited-live-location', { type: 'edit', content: { type: 'location', latitude: 3.14 } }],
    ['reaction', { type: 'reaction', emoji: '👍', person: { username: 'aisyah_r' } }],
    ['reactions-of-premium', { type: 'reaction', emoji: '🔥' }],
    ['reaction-removed', { type: 'reaction', emoji: null }],
  ])('%s', (name, update) => {
    expect(parse(fixtures[name])).toMatchObject({ kind: 'message_update', update });
    expect(parse(fixtures[name])).toMatchObject({ externalId: expect.stringMatching(/^700100200:1\d\d$/) });
  });

  test('count from when they were made', () => {
    expect(parse(fixtures.edited)).toMatchObject({ at: sentAt + 5_000 });
    expect(parse(fixtures.reaction)).toMatchObject({ at: sentAt + 9_000 });
  });
});

test.each([
  'group',
  'group-migrated',
  'group-reaction',
  'channel-post',
  'callback-query',
  'blocked',
  'of-an-update-to-come',
])('%s is ignored, and nobody has to look at it', (name) => {
  expect(parse(fixtures[name])).toMatchObject({ kind: 'ignored', route: { account: 'telegram' } });
});

test.each([[{}], [{ message: {} }], [{ update_id: '7' }], [[]], [null]])('%j is no update: it is kept', (body) => {
  expect(parse(body)).toEqual({ kind: 'ignored', route: {}, why: 'the body is no update' });
});

test.each([undefined, null, 0, -5, 1e300, '1763613600', 1.5])('a date of %j is the moment it came', (date) => {
  const chat = { id: 7, type: 'private' };
  expect(parse({ update_id: 1, message: { message_id: 1, chat, date, text: 'Hello' } })).toMatchObject({
    sentAt: receivedAt,
  });
});

const hostile = [null, true, 0, -1, 1.5, 1e300, '', 'text', [], [null], [[]], {}, { constructor: 1 }, nested(5_000)];

test.each(Object.entries(fixtures))('nothing breaks it: %s with any part replaced, doubled or gone', (_, fixture) => {
  for (const place of placesIn(fixture)) {
    for (const value of [...hostile, undefined, 'double']) {
      const body = structuredClone(fixture);
      place(body, value);
      const event = parse(body);
      expect(event).toBeDefined();
      // It is stored as JSON.
      expect(JSON.stringify(event)).toBeTypeOf('string');
      if (event?.kind === 'message') expect(event.externalId).toMatch(/^-?\d+:-?\d+$/);
    }
  }
});

/** For every place in the value, a function that changes it there. */
function placesIn(value: unknown, path: string[] = []): ((body: unknown, changed: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    (body: unknown, changed: unknown) => {
      // Arrays are changed through their indexes, like objects.
      const owner = path.reduce((at, name) => Reflect.get(Object(at), name), body) as Record<string, unknown>;
      if (changed === undefined) delete owner[key];
      else owner[key] = changed === 'double' ? [owner[key], owner[key]] : changed;
    },
    ...placesIn(part, [...path, key]),
  ]);
}

function nested(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}

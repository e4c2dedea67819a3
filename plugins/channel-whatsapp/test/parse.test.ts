import type { InboundEvent } from '@tims/core/plugin';
import { describe, expect, test } from 'vitest';
import { parse } from '../src/parse/index.js';
import { messages } from './expected/messages.js';
import { notices } from './expected/notices.js';
import { otherOrigins } from './expected/other-origins.js';
import { updates } from './expected/updates.js';
import { fixtures, receivedAt } from './fixtures.js';

const expected: Record<string, InboundEvent[]> = { ...messages, ...updates, ...notices, ...otherOrigins };

test('every fixture has an expectation, and the other way round', () => {
  expect(Object.keys(fixtures).sort()).toEqual(Object.keys(expected).sort());
});

test.each(Object.entries(expected))('%s', (name, events) => {
  expect(parse(fixtures[name], receivedAt)).toEqual(events);
});

/** One text message in its envelope, with parts replaced. */
function one(message: Record<string, unknown>, value: Record<string, unknown> = {}): unknown {
  const messages = [{ from: '12025550123', id: 'wamid.1', timestamp: '1763600000', type: 'text', ...message }];
  const metadata = { phone_number_id: '100200300', display_phone_number: '12025550100' };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '203040506070', changes: [{ field: 'messages', value: { metadata, messages, ...value } }] }],
  };
}

function only(body: unknown): InboundEvent {
  const events = parse(body, receivedAt);
  expect(events).toHaveLength(1);
  return events[0] as InboundEvent; // counted in the line before
}

describe('time', () => {
  test.each([
    ['text', '1763600000', 1_763_600_000_000],
    ['a number', 1_763_600_000, 1_763_600_000_000],
    ['missing', undefined, receivedAt],
    ['no number', 'yesterday', receivedAt],
    ['empty', '', receivedAt],
    ['milliseconds', '1763600000000', receivedAt],
    ['zero', '0', receivedAt],
    ['before WhatsApp', '1000000000', receivedAt],
    ['far ahead', String(receivedAt / 1000 + 172_800), receivedAt],
    ['an object', {}, receivedAt],
  ])('%s', (_, timestamp, sentAt) => {
    expect(only(one({ text: { body: 'x' }, timestamp }))).toMatchObject({ kind: 'message', sentAt });
  });
});

describe('a piece that is broken', () => {
  test.each<[string, Record<string, unknown>]>([
    ['no text object', { text: 'just this' }],
    ['a body that is a number', { text: { body: 7 } }],
    ['no type', { type: undefined, text: { body: 'x' } }],
    ['a type from the prototype', { type: 'constructor' }],
    ['an image without anything', { type: 'image' }],
    ['a location without numbers', { type: 'location', location: { latitude: 'north' } }],
    ['an unknown interactive', { type: 'interactive', interactive: { type: 'toString' } }],
    ['an order without a catalogue', { type: 'order', order: {} }],
  ])('keeps the message as unsupported: %s', (_, message) => {
    expect(only(one(message))).toMatchObject({ kind: 'message', content: { type: 'unsupported', raw: {} } });
  });

  test.each<[string, Record<string, unknown>]>([
    ['no id', { id: undefined, text: { body: 'x' } }],
    ['an endless id', { id: 'w'.repeat(192), text: { body: 'x' } }],
    ['an id with a NUL', { id: 'wamid.\u0000', text: { body: 'x' } }],
    ['nobody', { from: undefined, text: { body: 'x' } }],
    ['a reaction to nothing', { type: 'reaction', reaction: { emoji: '👍' } }],
    ['a reaction with a number', { type: 'reaction', reaction: { message_id: 'wamid.2', emoji: 5 } }],
    ['an edit of nothing', { type: 'edit', edit: {} }],
    ['a revocation of nothing', { type: 'revoke' }],
    ['a system message without content', { type: 'system' }],
    ['a number that did not change', { type: 'system', system: { type: 'user_changed_number', wa_id: '12025550123' } }],
  ])('is ignored with a reason: %s', (_, message) => {
    expect(only(one(message))).toMatchObject({ kind: 'ignored', route: { address: '100200300' } });
  });

  test('media without an id say so', () => {
    expect(only(one({ type: 'video', video: { caption: 'c' } }))).toMatchObject({
      content: { type: 'video', caption: 'c', media: { failed: expect.stringContaining('no id') } },
    });
  });

  test('a raw message nested without end is not kept', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    const event = only(one({ type: 'hologram', deep }));
    expect(event).toMatchObject({ content: { type: 'unsupported', what: 'hologram' } });
    expect(() => JSON.stringify(event)).not.toThrow();
  });
});

describe('people', () => {
  test('a contact alone serves a message that names nobody', () => {
    const contacts = [{ user_id: 'US.7', profile: { name: 'Kim' } }];
    expect(only(one({ from: undefined, text: { body: 'x' } }, { contacts }))).toMatchObject({
      person: { keys: [{ type: 'user_id', value: 'US.7' }], name: 'Kim' },
    });
  });

  test('a contact of somebody else lends neither name nor keys', () => {
    const contacts = [{ wa_id: '12025550199', user_id: 'US.9', profile: { name: 'Other' } }];
    expect(only(one({ text: { body: 'x' } }, { contacts }))).toMatchObject({
      person: { keys: [{ type: 'phone', value: '+12025550123' }] },
    });
  });

  test('without metadata the account is addressed', () => {
    expect(only(one({ text: { body: 'x' } }, { metadata: undefined }))).toMatchObject({
      route: { account: '203040506070' },
    });
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../src/parse/index.js';
import { fixtures, receivedAt } from './fixtures.js';

const kinds = ['message', 'message_update', 'identity_change', 'channel_notice', 'ignored'];

/** Parses twice: an answer, the same answer, nothing changed, all of it writable as JSON. */
function holds(body: unknown): void {
  const before = JSON.stringify(body);
  const events = parse(body, receivedAt);
  for (const event of events) {
    expect(kinds).toContain(event.kind);
    expect(event.route).toBeTypeOf('object');
  }
  expect(JSON.stringify(parse(body, receivedAt))).toBe(JSON.stringify(events));
  expect(JSON.stringify(body)).toBe(before);
}

test('any JSON value', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), holds), { numRuns: 500 });
});

test('any value below a real envelope', () => {
  const field = fc.constantFrom(
    'messages',
    'standby',
    'history',
    'smb_message_echoes',
    'calls',
    'user_preferences',
    'x',
  );
  const body = fc.record({
    object: fc.constant('whatsapp_business_account'),
    entry: fc.array(
      fc.record({ id: fc.jsonValue(), changes: fc.array(fc.record({ field, value: fc.jsonValue({ maxDepth: 5 }) })) }),
      { maxLength: 3 },
    ),
  });
  fc.assert(fc.property(body, holds), { numRuns: 500 });
});

test('real payloads with parts replaced, doubled or gone', () => {
  const names = Object.keys(fixtures);
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'double'),
    value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('constructor', '__proto__', '', 'US.1', -1, 1e300)),
  });
  const mutated = fc
    .tuple(fc.constantFrom(...names), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([name, changes]) => changes.reduce(mutate, structuredClone(fixtures[name])));
  fc.assert(fc.property(mutated, holds), { numRuns: 3000 });
});

interface Change {
  at: number;
  how: string;
  value: unknown;
}

/** Changes one place of the value, chosen by counting through all of them. */
function mutate(body: unknown, { at, how, value }: Change): unknown {
  const places = placesIn(body);
  const place = places[at % Math.max(places.length, 1)];
  if (!place) return value;
  const { owner, key } = place;
  if (how === 'replace') owner[key] = value;
  else if (how === 'remove') delete owner[key];
  else owner[`${key}`] = [owner[key], owner[key]];
  return body;
}

function placesIn(value: unknown): { owner: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  // Arrays are changed through their indexes like objects.
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesIn(owner[key])]);
}

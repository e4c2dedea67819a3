import {
  forEachDatabase,
  newWamid,
  signWebhook,
  statusWebhook,
  testAppSecret,
  textWebhook,
  together,
} from '@tims/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openStage } from '../stage/index.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1e300,
    '',
    '\0',
    '\ud800',
    'x'.repeat(1_000),
    '鍵'.repeat(300),
    [],
    {},
    [null],
    { a: [] },
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>, // its type is the same union, under another name
);

forEachDatabase('a signed webhook in which something is strange', (open) => {
  it('is answered 200: taken in, ignored, or kept for a replay; and what stands beside it is stored', {
    timeout: 60_000,
  }, async () => {
    const stage = await openStage(await open());
    const { phoneNumberId } = stage.tims;
    const messages = () => stage.tims.installation.storage.reader('messages').pluck('external_id');
    const property = fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), strange), { minLength: 1, maxLength: 3 }),
      async (changes) => {
        const good = newWamid();
        const beside = textWebhook({ phoneNumberId, from: '60123456789', id: good });
        const whole = asJson(
          together(
            textWebhook({ phoneNumberId, from: '60123456780', id: newWamid() }),
            statusWebhook({ phoneNumberId, id: newWamid(), status: 'read', to: '60123456781' }),
          ),
        );
        const changed = changes.reduce((value, [index, part]) => replaced(value, index, part), whole);
        const { body, headers } = signWebhook(
          { ...beside, entry: [...entriesOf(asJson(beside)), ...entriesOf(changed)] },
          testAppSecret,
        );
        const answer = await stage.call('POST', '/api/webhook/whatsapp', { body, headers });
        expect(`${answer.status} ${answer.text}`, body.toString().slice(0, 2_000)).toBe('200 {"received":true}');
        expect(await messages(), body.toString().slice(0, 2_000)).toContain(good);
      },
    );
    await fc.assert(property, { numRuns: 100, endOnFailure: true });
    await stage.close();
  });
});

function asJson(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}

function entriesOf(value: Json): Json[] {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.entry : [];
  return Array.isArray(entries) ? entries : [entries ?? null];
}

/** The value with its `index`th part, counted in depth, made into another. */
function replaced(value: Json, index: number, part: Json): Json {
  let left = index % countOf(value);
  const walk = (one: Json): Json => {
    if (left-- === 0) return part;
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(value);
}

function countOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countOf(inner), 1);
}

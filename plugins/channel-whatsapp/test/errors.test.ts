import type { SendErrorKind } from '@tims/core/plugin';
import { expect, test } from 'vitest';
import { classify, errorTable, readError, withoutTokens } from '../src/errors.js';

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Every code of Meta's reference, and what a send that met it has to do. */
const meta: Record<SendErrorKind, number[]> = {
  credentials: [
    ...[0, 190, 3, 10, ...range(200, 299), 131005, 33, 368, 131031, 131037, 131042, 131044, 131045],
    ...[133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 136024, 136025],
  ],
  retry: [1, 2, 131000, 131016, 131057, 133000, 133004],
  rate_limited: [4, 613, 80007, 130429, 131048, 131056, 131064, 132069],
  window_closed: [131047, 470],
  recipient_blocked: [131026, 131030, 131050],
  rejected: [
    ...[100, 130472, 130497, 131008, 131009, 131014, 131020, 131021, 131035, 131036, 131041, 131049, 131051, 131052],
    ...[131053, 131055, 131059, 131060, 131062, 131063, ...range(131201, 131215), 132000, 132001, 132005, 132007],
    ...[132008, 132012, 132015, 132016, 132018, 132068, 134100, 134101, 134102, 135000, 137000],
    ...[...range(138000, 138018), ...range(139000, 139004), ...range(139100, 139103), ...range(147001, 147005)],
    ...[2388019, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299, 2494100, 2593107, 2593108, 2593109, 1752041],
  ],
  // Only what happens between the machines can be unknown; no code of Meta's says so.
  unknown: [],
};

test.each(Object.entries(meta))('%s: every code that means it, by a rule of its own', (kind, codes) => {
  const wrong = codes.filter((code) => classify(code).kind !== kind || !isListed(code));
  expect(wrong).toEqual([]);
});

function isListed(code: number): boolean {
  return errorTable.some(({ codes }) => codes.some((entry) => contains(entry, code)));
}

function contains(entry: number | readonly [number, number], code: number): boolean {
  return typeof entry === 'number' ? entry === code : entry[0] <= code && code <= entry[1];
}

test('no code stands in two rules', () => {
  const codes = errorTable.flatMap(({ codes: listed }) =>
    listed.flatMap((entry) => (typeof entry === 'number' ? [entry] : range(entry[0], entry[1]))),
  );
  expect(codes.length).toBe(new Set(codes).size);
});

test.each([199, 300, 137999, 138019, 999_999, -1, Number.NaN])('%d is unknown to Meta and rejected', (code) => {
  expect(classify(code)).toEqual({ kind: 'rejected' });
});

test('every rate limit says how long to wait', () => {
  for (const code of meta.rate_limited) expect(classify(code).retryAfterMs).toBeGreaterThanOrEqual(1000);
  expect(classify(131056).retryAfterMs).toBeGreaterThanOrEqual(6000);
});

test.each([
  [
    { code: 131047, title: 'T', error_data: { details: 'D' } },
    { kind: 'window_closed', code: '131047', text: 'T: D' },
  ],
  [
    { code: '131047', message: 'M' },
    { kind: 'window_closed', code: '131047', text: 'M' },
  ],
  [
    { code: 42424242, message: 'New' },
    { kind: 'rejected', code: '42424242', text: 'New' },
  ],
  [{ code: 5 }, { kind: 'rejected', code: '5', text: 'WhatsApp error 5' }],
  [{ message: 'no code' }, undefined],
  [null, undefined],
])('reads %j', (given, error) => {
  expect(readError(given)).toEqual(error);
});

test('an access token that Meta repeats does not stay in the text', () => {
  const token = 'EAABsbCS1iHgBO0123456789abcdef';
  expect(readError({ code: 190, message: `Malformed access token ${token}` })?.text).toBe(
    'Malformed access token [access token]',
  );
  expect(withoutTokens('token short-one here', 'short-one')).toBe('token [access token] here');
});

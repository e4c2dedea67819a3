import { TimsApiError, TimsNetworkError } from '@tims/sdk';
import { describe, expect, it } from 'vitest';
import { deviceOf } from '../src/account/device.js';
import { asQuery, parseFilter, pathOf } from '../src/admin/activity/filter.js';
import { partsOf } from '../src/admin/canned-responses/variables.js';
import { moved } from '../src/admin/close-reasons/order.js';
import { covers } from '../src/admin/data/granting.js';
import { asPatch, asTexts, faultsOf } from '../src/admin/settings/texts.js';
import { overtakenBy } from '../src/admin/settings/unsaved.js';
import { changesOf } from '../src/forms/changes.js';
import { refusalOf } from '../src/forms/faults.js';

const problem = (status: number, more: object, headers: Record<string, string> = {}) =>
  new TimsApiError(new Response(null, { status, headers }), { title: 'No', status, ...more });

describe('what the server refuses', () => {
  const values = { email: '', role: '' };

  it('stands at the field that it names', () => {
    const errors = [{ path: '/body/email', message: 'must match the pattern' }];
    expect(refusalOf(problem(400, { code: 'validation_failed', errors }), values)).toEqual({
      faults: { email: 'Must match the pattern.' },
      failure: undefined,
    });
  });

  it('stands at the field that its code is about, in the words of the form where it has some', () => {
    const taken = problem(409, { code: 'email_taken', title: 'It is taken', help: 'Use another.' });
    expect(refusalOf(taken, values, { email_taken: 'email' }).faults).toEqual({ email: 'It is taken. Use another.' });
    expect(refusalOf(taken, values, { email_taken: { at: 'email', says: 'Ours.' } }).faults).toEqual({
      email: 'Ours.',
    });
  });

  it('stands over the form where it names a field that the form has not', () => {
    const errors = [{ path: '/body/toString', message: 'is unknown' }];
    const { faults, failure } = refusalOf(problem(400, { code: 'validation_failed', errors }), values);
    expect({ faults, title: failure?.title }).toEqual({ faults: {}, title: 'No' });
  });

  it('says how long to wait, and that what was typed is kept', () => {
    const wait = problem(429, { code: 'login_locked' }, { 'retry-after': '180' });
    expect(refusalOf(wait, values).failure?.help).toBe('Wait 3 minutes, then try again.');
    expect(refusalOf(new TimsNetworkError(new Error('cut')), values).failure?.help).toMatch(/is kept/);
  });
});

describe('settings', () => {
  const stored = asTexts({
    queueSight: 'preview',
    managerSight: 'all',
    secondFactor: 'nobody',
    undoSendSeconds: 0,
    overloadAt: 20,
    contactKinds: ['customer', 'tutor'],
    floodPerMinute: 30,
    channelFloodPerMinute: 0,
  });

  it('are sent as what they are, and only those that differ', () => {
    const typed = { ...stored, overloadAt: ' 25 ', contactKinds: 'customer, tutor ,parent', queueSight: 'whole' };
    expect(asPatch(stored, typed)).toEqual({
      overloadAt: 25,
      contactKinds: ['customer', 'tutor', 'parent'],
      queueSight: 'whole',
    });
    expect(asPatch(stored, stored)).toEqual({});
  });

  it.each([
    ['overloadAt', '0'],
    ['overloadAt', ''],
    ['overloadAt', '1e9'],
    ['undoSendSeconds', '1.5'],
    ['undoSendSeconds', '-1'],
    ['contactKinds', ' , '],
    ['contactKinds', 'customer, Customer'],
    ['contactKinds', 'customer, customer'],
  ])('%s cannot be %j', (name, text) => {
    expect(Object.entries(faultsOf({ ...stored, [name]: text })).filter(([, fault]) => fault)).toHaveLength(1);
  });

  it('that two change at once are told, and no others', () => {
    const typed = { ...stored, overloadAt: '30', undoSendSeconds: '5' };
    const theirs = { ...stored, overloadAt: '25', undoSendSeconds: '5', floodPerMinute: '10' };
    expect(overtakenBy({ base: stored, stored: theirs, typed })).toEqual(['overloadAt']);
  });
});

it('a canned response says what is filled in, what stands in, what is missing, and what there is not', () => {
  const text = 'Hi {{ contact.first_name | there }}, {{contact.attributes.level}} {{user.name}} {{nobody}} {{open';
  const kinds = (known: boolean) =>
    partsOf(text, known)
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'text');
  expect(kinds(true)).toEqual(['filled', 'filled', 'filled', 'unknown', 'unknown']);
  expect(kinds(false)).toEqual(['fallback', 'missing', 'filled', 'unknown', 'unknown']);
  expect(
    partsOf(text, false)
      .map((part) => part.text)
      .join(''),
  ).toContain('Hi there, {{contact.attributes.level}}');
});

it('a reason is moved by changing as few places as there are', () => {
  const rows = ['a', 'b', 'c'].map((id, position) => ({ id, position }));
  expect(moved(rows, 'c', -1)).toEqual([
    { id: 'c', position: 1 },
    { id: 'b', position: 2 },
  ]);
  expect(moved(rows, 'a', -1)).toEqual([]);
  expect(
    moved(
      [
        { id: 'a', position: 7 },
        { id: 'b', position: 7 },
      ],
      'b',
      -1,
    ),
  ).toEqual([
    { id: 'b', position: 0 },
    { id: 'a', position: 1 },
  ]);
});

it('nobody gives what they lack', () => {
  expect([covers('team', 'assigned'), covers('team', 'all'), covers(undefined, 'own')]).toEqual([true, false, false]);
});

it('the log is asked for whole days, and a filter stands in the address', () => {
  const filter = parseFilter('?user=usr_1&from=2026-11-01&to=2026-11-01');
  const { from = '', to = '' } = asQuery(filter);
  expect(Date.parse(to) - Date.parse(from)).toBe(24 * 3_600_000);
  expect(pathOf(filter)).toBe('/admin/activity?user=usr_1&from=2026-11-01&to=2026-11-01');
  expect(asQuery(parseFilter('?from=nonsense&to=2026-99'))).toEqual({});
});

it('only what differs is sent, and programs are called what people call them', () => {
  expect(changesOf({ a: 1, b: [1] }, { a: 1, b: [2] })).toEqual({ b: [2] });
  expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36')).toBe(
    'Chrome on Linux',
  );
  expect(deviceOf('tims-cli/0.1.0 node')).toBe('tims-cli');
  expect(deviceOf(null)).toBe('Unknown program');
});

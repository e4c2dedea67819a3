import { expect, test } from 'vitest';
import { addressOf, canonicalPhone, person, personKeys } from '../src/phone.js';

test.each([
  ['12025550123', '+12025550123'],
  ['60123456789', '+60123456789'],
  // Brazil: mobile with and without the ninth digit; a fixed line stays.
  ['5511998765432', '+5511998765432'],
  ['551198765432', '+5511998765432'],
  ['551133334444', '+551133334444'],
  // Mexico: with and without the old 1.
  ['5215512345678', '+525512345678'],
  ['525512345678', '+525512345678'],
  // Argentina: with and without the 9.
  ['5491123456789', '+5491123456789'],
  ['541123456789', '+5491123456789'],
])('%s is the key %s', (digits, key) => {
  expect(canonicalPhone(digits)).toBe(key);
  expect(canonicalPhone(key.slice(1))).toBe(key);
});

test('both forms of one number make one phone key and send to the form given last', () => {
  const old = personKeys({ number: '5215512345678' });
  const current = personKeys({ number: '525512345678' });
  expect(old).toEqual([
    { type: 'phone', value: '+525512345678' },
    { type: 'wa_id', value: '5215512345678' },
  ]);
  expect(current).toEqual([{ type: 'phone', value: '+525512345678' }]);
  expect(addressOf(old)).toEqual({ to: '+5215512345678' });
  expect(addressOf(current)).toEqual({ to: '+525512345678' });
});

test.each([
  [{ userId: 'US.1', number: '12025550123' }, ['user_id US.1', 'phone +12025550123']],
  [{ number: 'US.ENT.12ab' }, ['user_id US.ENT.12ab']],
  [{ waId: 'MY.77' }, ['user_id MY.77']],
  [{ userId: 'a form nobody knows yet' }, ['user_id a form nobody knows yet']],
  [{ number: 12025550123 }, ['phone +12025550123']],
  [{ number: 'us.1' }, ['wa_id us.1']],
  [{ number: '' }, []],
  [{ number: {}, userId: 5, waId: [] }, []],
])('keys of %j', (given, keys) => {
  expect(personKeys(given).map(({ type, value }) => `${type} ${value}`)).toEqual(keys);
});

test('a user id serves only where there is no number', () => {
  expect(addressOf(personKeys({ userId: 'US.1', number: '12025550123' }))).toEqual({ to: '+12025550123' });
  expect(addressOf(personKeys({ userId: 'US.1' }))).toEqual({ recipient: 'US.1' });
  expect(addressOf([{ type: 'email', value: 'a@example.org' }])).toBeUndefined();
  expect(addressOf([])).toBeUndefined();
});

test.each([
  ['+1 (202) 555-0123', { type: 'phone', value: '+12025550123' }],
  [' +60123456789 ', { type: 'phone', value: '+60123456789' }],
  ['+55 11 9876-5432', { type: 'phone', value: '+5511998765432' }],
  ['US.13491208655302741918', { type: 'user_id', value: 'US.13491208655302741918' }],
])('%j is a person', (typed, key) => {
  expect(person(typed)).toEqual({ keys: [key] });
});

test.each([
  '',
  '12025550123',
  '+1',
  '+999123456789',
  '+120255501234567',
  'us.1',
  'Dana',
  '+60 12 abc',
  '++12025550123',
])('%j is none', (typed) => {
  expect(person(typed)).toBeUndefined();
});

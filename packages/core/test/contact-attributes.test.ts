import { expect, it } from 'vitest';
import { checkAttributes, readAttributes } from '../src/features/contact-attributes/values.js';

const definitions = [
  { key: 'note', type: 'text', options: [] },
  { key: 'seats', type: 'number', options: [] },
  { key: 'member', type: 'boolean', options: [] },
  { key: 'renewal', type: 'date', options: [] },
  { key: 'site', type: 'url', options: [] },
  { key: 'mail', type: 'email', options: [] },
  { key: 'plan', type: 'select', options: ['gold', 'Größe'] },
] as const satisfies { key: string; type: string; options: readonly string[] }[];
const known = definitions.map((one) => ({ ...one, options: [...one.options] }));

const read = (key: string, text: string) => {
  const { values, faults } = readAttributes(known, { [key]: text });
  return faults[0]?.message ?? values[key];
};

it.each([
  ['note', '  two words ', 'two words'],
  ['note', ' ', null],
  ['seats', '1250.50', 1250.5],
  ['seats', '-3', -3],
  ['member', 'Yes', true],
  ['member', '0', false],
  ['renewal', '2024-02-29', '2024-02-29'],
  ['site', 'HTTPS://example.com/a', 'HTTPS://example.com/a'],
  ['mail', 'mei.ling+a@mail.example.com', 'mei.ling+a@mail.example.com'],
  ['plan', 'GOLD', 'gold'],
  ['plan', 'grosse', 'is none of the options: gold, Größe'],
  ['plan', 'GRÖSSE', 'is none of the options: gold, Größe'],
  ['plan', 'große', 'Größe'],
])('%s reads "%s" as %j', (key, text, value) => {
  expect(read(key, text)).toBe(value);
});

it.each([
  ['note', 'x'.repeat(1_001)],
  ['seats', '1,250'],
  ['seats', '1e400'],
  ['seats', '0x10'],
  ['seats', 'NaN'],
  ['seats', '٣'],
  ['member', 'maybe'],
  ['renewal', '2023-02-29'],
  ['renewal', '31.01.2027'],
  ['renewal', '2027-01-31T00:00:00Z'],
  ['site', 'example.com'],
  ['site', 'javascript:alert(1)'],
  ['site', ' data:text/html,x'],
  ['site', 'https://?'],
  ['site', 'https://mei:secret@example.com'],
  ['site', 'https://exa mple.com'],
  ['mail', 'mei@example'],
  ['mail', 'mei@@example.com'],
  ['mail', 'Mei <mei@example.com>'],
  ['plan', 'silver'],
  ['nothing', 'x'],
  ['constructor', 'x'],
])('%s does not take "%s", and does not repeat it', (key, text) => {
  const { values, faults } = readAttributes(known, { [key]: text });
  expect(values).toEqual({});
  expect(faults).toEqual([{ key, message: expect.any(String) }]);
  if (text.length > 3) expect(faults[0]?.message).not.toContain(text);
});

it.each([
  ['note', 1],
  ['note', ''],
  ['seats', '1'],
  ['seats', Number.POSITIVE_INFINITY],
  ['member', 'true'],
  ['member', 1],
  ['renewal', 0],
  ['plan', 'GOLD'],
  ['plan', ['gold']],
  ['site', {}],
])('over JSON, %s does not take %j', (key, value) => {
  expect(checkAttributes(known, { [key]: value }).faults).toHaveLength(1);
});

it('null takes a value away, and what is good beside what is bad is told as well', () => {
  expect(checkAttributes(known, { plan: null, seats: 4, member: 4 })).toEqual({
    values: { plan: null, seats: 4 },
    faults: [{ key: 'member', message: 'is neither true nor false' }],
  });
});

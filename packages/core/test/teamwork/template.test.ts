import { expect, it } from 'vitest';
import { isVariable, placeIn, render, variablesIn } from '../../src/features/canned-responses/template.js';

const values: Record<string, string> = { 'contact.name': 'Aisyah Rahman', 'user.name': '{{contact.name}}' };
const fill = (text: string) => render(text, (name) => values[name]);

it('fills in what is known and leaves standing what is missing, which it names once', () => {
  expect(fill('Hello {{contact.name}}, {{ team.name }} and {{team.name}}')).toEqual({
    text: 'Hello Aisyah Rahman, {{ team.name }} and {{team.name}}',
    missing: ['team.name'],
  });
});

it('takes what stands in for it, also nothing at all', () => {
  expect(fill('Hello {{contact.first_name|there}}{{team.name|}}!')).toEqual({ text: 'Hello there!', missing: [] });
});

it('reads nothing into a value', () => {
  expect(fill('{{user.name}}')).toEqual({ text: '{{contact.name}}', missing: [] });
});

it('leaves everything else as it is', () => {
  for (const text of ['', '{', '}}', '{ {contact.name} }', 'a}}b', '$&$1']) expect(fill(text).text).toBe(text);
});

it('knows its variables, and where another one stands', () => {
  for (const name of ['contact.first_name', 'organization.name', 'contact.attributes.plan']) {
    expect(isVariable(name)).toBe(true);
  }
  for (const name of [
    '',
    'contact',
    'contact.phone',
    'contact.attributes.',
    'contact.attributes.Pl an',
    'constructor',
  ]) {
    expect(isVariable(name)).toBe(false);
  }
  const text = 'Good morning 👋,\n😀 {{contact.nme}} {{contact.name';
  const [first, second] = variablesIn(text);
  expect(first).toMatchObject({ name: 'contact.nme' });
  expect(placeIn(text, first?.at ?? 0)).toBe('line 2, column 3');
  // One without an end is none.
  expect(isVariable(second?.name ?? '')).toBe(false);
});

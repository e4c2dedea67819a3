import { describe, expect, it, test } from 'vitest';
import {
  cannedLike,
  fillIn,
  openVariables,
  readable,
  typedShortcut,
} from '../src/inbox-kit/thread/canned/variables.js';
import { dueLabel, timeChoices, toSend, wallTime } from '../src/inbox-kit/thread/follow-ups/times.js';
import { mentionedIn, namedLike, pieces, typedName } from '../src/inbox-kit/thread/notes/mentions.js';

const people = [
  { id: 'usr_1', name: 'Mei Tan' },
  { id: 'usr_2', name: 'Mei' },
  { id: 'usr_3', name: 'C++ (Ops) $&' },
  { id: 'usr_4', name: 'Mei' },
];

describe('a mention', () => {
  it.each([
    ['ask @', ''],
    ['ask @Mei T', 'Mei T'],
    ['(@me', 'me'],
    ['mail me@example', undefined],
    ['@ nobody', undefined],
    ['@Mei\nand', undefined],
  ])('is typed in %j', (text, typed) => {
    expect(typedName(text)).toBe(typed);
  });

  it('finds people by any word of their name', () => {
    expect(namedLike(people, 'ta').map(({ id }) => id)).toEqual(['usr_1']);
    expect(namedLike(people, 'mei t').map(({ id }) => id)).toEqual(['usr_1']);
    expect(namedLike(people, '')).toHaveLength(4);
  });

  it('is of the longest name that stands there, whatever signs it has', () => {
    expect(mentionedIn('@Mei Tan, and @C++ (Ops) $&!', people, new Set())).toEqual(['usr_1', 'usr_3']);
    expect(mentionedIn('@Meinung x@Mei', people, new Set())).toEqual([]);
  });

  it('is of the one who was chosen where two are called the same', () => {
    expect(mentionedIn('@Mei', people, new Set(['usr_4']))).toEqual(['usr_4']);
    expect(mentionedIn('@Mei', people, new Set())).toEqual(['usr_2']);
  });

  it('leaves the text around it as it is', () => {
    expect(pieces('Hi @Mei, ok', people)).toEqual([{ text: 'Hi ' }, { text: '@Mei', name: 'Mei' }, { text: ', ok' }]);
    expect(pieces('Hi', [])).toEqual([{ text: 'Hi' }]);
  });
});

describe('a canned response', () => {
  it('says what it lacks, and is filled in with whatever is typed', () => {
    const text = 'Hi {{ contact.first_name }}, {{contact.attributes.plan|}} {{contact.attributes.plan}} {{other}}';
    expect(openVariables(text)).toEqual(['contact.first_name', 'contact.attributes.plan']);
    expect(fillIn(text, 'contact.attributes.plan', '$& $1')).toBe('Hi {{ contact.first_name }}, $& $1 $& $1 {{other}}');
    expect(readable('{{user.first_name}} {{contact.attributes.paid_until|soon}}')).toBe(
      '[Your first name] [paid until]',
    );
  });

  it.each([
    ['/', ''],
    ['/We', 'we'],
    ['/we come', undefined],
    ['See /we', undefined],
    ['//', undefined],
  ])('is asked for by %j', (text, typed) => {
    expect(typedShortcut(text)).toBe(typed);
  });

  it('is found by its shortcut before its title and its text', () => {
    const all = [
      { shortcut: 'b', title: 'Bye', text: 'See our plan' },
      { shortcut: 'x', title: 'The plan', text: '' },
      { shortcut: 'plan', title: 'P', text: '' },
      { shortcut: 'y', title: 'Y', text: 'Y' },
    ];
    expect(cannedLike(all, 'plan').map(({ shortcut }) => shortcut)).toEqual(['plan', 'x', 'b']);
  });
});

describe('the time of a follow-up', () => {
  test('is on the wall of the zone, also on the day on which the clocks change', () => {
    expect(wallTime(Date.parse('2026-03-29T00:59:00Z'), 'Europe/Berlin')).toBe('2026-03-29T01:59');
    expect(wallTime(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe('2026-03-29T03:00');
    expect(wallTime(Date.parse('2026-11-21T16:30:00Z'), 'Asia/Kuala_Lumpur')).toBe('2026-11-22T00:30');
  });

  test('is offered in order', () => {
    const on = (now: string) => timeChoices(now).map(({ label, at }) => `${label} ${at}`);
    expect(on('2026-11-20T14:05')).toEqual([
      'Later today 2026-11-20T17:00',
      'Tomorrow 2026-11-21T09:00',
      'In three days 2026-11-23T09:00',
    ]);
    // Late in the evening of a Sunday: nothing more today, and next week is tomorrow.
    expect(on('2026-11-22T22:00')).toEqual(['Tomorrow 2026-11-23T09:00', 'In three days 2026-11-25T09:00']);
    expect(on('2026-12-31T10:00')[1]).toBe('Tomorrow 2027-01-01T09:00');
  });

  test('is read as people say it', () => {
    const now = '2026-11-21T10:00';
    expect(dueLabel('2026-11-21T18:00', now)).toBe('today 18:00');
    expect(dueLabel('2026-11-22T09:00', now)).toBe('tomorrow 09:00');
    expect(dueLabel('2026-11-20T09:00', now)).toBe('yesterday 09:00');
    expect(dueLabel('2026-11-24T09:00', now)).toMatch(/24/);
    expect(dueLabel('2027-01-02T09:00', now)).toMatch(/2027/);
  });

  test('is sent as it stands on the wall where the profile has a zone, and as the instant where it has none', () => {
    expect(toSend('2026-11-22T09:00', { timeZone: 'Asia/Tokyo' })).toBe('2026-11-22T09:00');
    expect(toSend('2026-11-22T09:00', { timeZone: null })).toBe(new Date(2026, 10, 22, 9).toISOString());
  });
});

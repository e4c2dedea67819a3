import { describe, expect, test } from 'vitest';
import { completionOf } from '../../src/inbox/state/completion.js';
import { mentionedIn } from '../../src/inbox/state/mentions.js';
import { writing } from '../../src/inbox/state/state.js';
import { readWhen, usualTimes } from '../../src/inbox/state/when.js';
import { moment } from '../../src/inbox/text/clock.js';
import { people } from './people.js';

/** A Saturday, by this machine's clock. */
const now = new Date(2026, 10, 21, 14, 30).getTime();
const at = (day: number, hours: number, minutes = 0) => new Date(2026, 10, day, hours, minutes);

describe('a time as it is typed', () => {
  test.each([
    ['30m', at(21, 15)],
    ['in 2h', at(21, 16, 30)],
    ['3d', at(24, 14, 30)],
    ['16:05', at(21, 16, 5)],
    ['9', at(22, 9)],
    ['tomorrow', at(22, 9)],
    ['tom 8:15', at(22, 8, 15)],
    ['mon', at(23, 9)],
    ['Saturday 18:00', at(21, 18)],
    ['sat 9', at(28, 9)],
    ['2026-11-25', at(25, 9)],
    ['2026-11-25 7:45', at(25, 7, 45)],
  ])('%s', (text, expected) => {
    expect(readWhen(text, now)?.toISOString()).toBe(expected.toISOString());
  });

  test.each([
    '',
    'soon',
    '25:00',
    '9:75',
    'today 9',
    '2026-02-30',
    '2020-01-01',
    '12:',
    '\u001b[31m',
    '99999d',
    '1e3m',
  ])('"%s" is none', (text) => {
    expect(readWhen(text, now)).toBeUndefined();
  });

  test('the usual ones are to come, each once, and read well', () => {
    for (const hour of [0, 7, 17, 23]) {
      for (const day of [19, 20, 21, 22, 23]) {
        const then = at(day, hour).getTime();
        const times = usualTimes(then).map((one) => one.at.getTime());
        expect(times.every((one) => one > then)).toBe(true);
        expect(new Set(times).size).toBe(times.length);
      }
    }
    expect(moment(at(22, 9), now)).toBe('tomorrow 09:00');
    expect(moment(at(28, 9), now)).toBe('Sat 28 Nov 09:00');
    expect(moment(new Date(2027, 0, 4, 9), now)).toBe('Mon 4 Jan 2027 09:00');
  });
});

describe('what completes it', () => {
  const note = (text: string) =>
    completionOf(writing({ as: 'note' }, text), people, 'tem_1')?.options.map(({ label }) => label);
  const answer = (text: string) =>
    completionOf(writing({ as: 'answer' }, text), people, 'tem_1')?.options.map(({ id }) => id);

  test('colleagues behind an @ in a note, by any of their names, and nobody in an answer', () => {
    expect(note('ask @nai')).toEqual(['Arjun Nair']);
    expect(note('ask @Zo')).toEqual(['Zoë']);
    expect(note('@Arjun Nair')).toBeUndefined();
    expect(note('mail me@arjun')).toBeUndefined();
    expect(answer('ask @nai')).toBeUndefined();
  });

  test('canned responses behind a slash that begins the answer', () => {
    expect(answer('/hel')).toEqual(['can_1']);
    expect(answer('/greeting')).toEqual(['can_1']);
    expect(answer('and/or')).toBeUndefined();
    expect(answer('/zzz')).toBeUndefined();
    expect(note('/hel')).toBeUndefined();
  });

  test('whoever is named whole is told, once', () => {
    expect(mentionedIn('@Arjun Nair and @arjun nair, not @Arjun, @Zoëlle or @Mei Tan', people)).toEqual(['usr_2']);
    expect(mentionedIn('(@Zoë)', people)).toEqual(['usr_3']);
  });
});

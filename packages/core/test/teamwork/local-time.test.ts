import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/features/follow-ups/local-time.js';

const iso = (text: string, zone = 'UTC') => {
  const instant = instantOf(text, zone);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('a time with an offset', () => {
  it.each([
    ['2026-11-23T09:00Z', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T09:00+08:00', '2026-11-23T01:00:00.000Z'],
    ['2026-11-23T09:00:30.5-0330', '2026-11-23T12:30:30.500Z'],
    ['2026-11-23 09:00+05:45', '2026-11-23T03:15:00.000Z'],
  ])('%s is that instant, whatever the zone', (text, instant) => {
    for (const zone of ['UTC', 'Asia/Kuala_Lumpur', 'America/New_York']) expect(iso(text, zone)).toBe(instant);
  });
});

describe('a time without one', () => {
  it.each([
    ['Asia/Kuala_Lumpur', '2026-11-23T09:00', '2026-11-23T01:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-23T09:00', '2026-11-23T03:15:00.000Z'],
    ['America/New_York', '2026-01-15T09:00', '2026-01-15T14:00:00.000Z'],
    ['America/New_York', '2026-07-15T09:00', '2026-07-15T13:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-23T09:00', '2026-11-22T19:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-11-23T20:00', '2026-11-24T07:00:00.000Z'],
    ['UTC', '2028-02-29T23:59:59', '2028-02-29T23:59:59.000Z'],
    ['A/Zone_That_Is_None', '2026-11-23T09:00', '2026-11-23T09:00:00.000Z'],
  ])('is the wall clock of %s: %s', (zone, text, instant) => {
    expect(iso(text, zone)).toBe(instant);
  });

  it.each([
    // Clocks go forward by one hour, by half an hour, and at midnight.
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z'],
    ['Africa/Cairo', '2026-04-24T00:30', '2026-04-23T22:30:00.000Z'],
  ])('that %s leaves out is as much later: %s', (zone, text, instant) => {
    expect(iso(text, zone)).toBe(instant);
  });

  it('on a day that a zone left out whole is a day later', () => {
    // Samoa went from the 29th to the 31st of December 2011.
    expect(iso('2011-12-30T12:00', 'Pacific/Apia')).toBe('2011-12-30T22:00:00.000Z');
  });

  it.each([
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
  ])('that comes twice in %s is the first: %s', (zone, text, instant) => {
    expect(iso(text, zone)).toBe(instant);
  });

  it('is what the zone’s clock shows, at every ninety minutes of a year in which clocks change', () => {
    for (const zone of ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kuala_Lumpur']) {
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 90 * 60_000) {
        const text = shown.format(at);
        const found = instantOf(text, zone) ?? Number.NaN;
        // Of an hour that comes twice the first is meant, so a later instant may show the same.
        expect(
          [0, 30, 60].map((minutes) => found + minutes * 60_000),
          `${zone} ${text}`,
        ).toContain(at);
        expect(shown.format(found)).toBe(text);
      }
    }
  });
});

it.each([
  '',
  'tomorrow',
  '2026-02-30T09:00',
  '2026-13-01T09:00',
  '2026-04-31T09:00Z',
  '2026-11-23',
  '2026-11-23T24:00',
  '2026-11-23T09:60',
  '2026-11-23T09:00:60',
  '2026-11-23T09:00+24:00',
  '2026-11-23T09:00+08:60',
  '2026-11-23T09:00 Asia/Kuala_Lumpur',
])('%j is no time', (text) => {
  expect(instantOf(text, 'Asia/Kuala_Lumpur')).toBeUndefined();
});

/** A time on somebody's wall: `2026-11-23T09:00`. */
export type WallTime = string;

export interface TimeChoice {
  readonly id: string;
  readonly label: string;
  readonly at: WallTime;
}

interface Zoned {
  readonly timeZone: string | null;
}

/** Where the user is: as their profile says, or else as this machine does. */
export function zoneOf({ timeZone }: Zoned): string {
  return timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What the clock on the wall shows at an instant. */
export function wallTime(instant: number, zone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '00';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** What is offered to somebody who wants to be reminded, from what their wall shows now. */
export function timeChoices(now: WallTime): TimeChoice[] {
  const hour = Number(now.slice(11, 13));
  const weekday = calendar(now).getUTCDay();
  const later = hour < 20 ? { id: 'today', label: 'Later today', at: `${day(now, 0)}T${two(hour + 3)}:00` } : undefined;
  const monday = `${day(now, (8 - weekday) % 7 || 7)}T09:00`;
  const choices = [
    ...(later ? [later] : []),
    { id: 'tomorrow', label: 'Tomorrow', at: `${day(now, 1)}T09:00` },
    { id: 'days', label: 'In three days', at: `${day(now, 3)}T09:00` },
    { id: 'week', label: 'Next week', at: monday },
  ];
  // On a Sunday, next week is tomorrow.
  const times = choices.map(({ at }) => at);
  return choices.filter(({ at }, index) => times.indexOf(at) === index).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** What the API takes: the time of the wall where the profile knows the zone, the instant where only this machine does. */
export function toSend(at: WallTime, { timeZone }: Zoned): string {
  return timeZone === null ? new Date(at).toISOString() : at;
}

/** "Today 18:00", "Tomorrow 09:00", "Mon 24 Nov, 09:00", on the wall of the zone. */
export function dueLabel(at: WallTime, now: WallTime): string {
  const time = at.slice(11, 16);
  if (at.slice(0, 10) === day(now, 0)) return `today ${time}`;
  if (at.slice(0, 10) === day(now, 1)) return `tomorrow ${time}`;
  if (at.slice(0, 10) === day(now, -1)) return `yesterday ${time}`;
  const sameYear = at.slice(0, 4) === now.slice(0, 4);
  return `${(sameYear ? thisYear : anyYear).format(calendar(at))}, ${time}`;
}

const thisYear = new Intl.DateTimeFormat(undefined, {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const anyYear = new Intl.DateTimeFormat(undefined, {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** The day so many days on, as a calendar has it: no clock is changed there. */
function day(at: WallTime, days: number): string {
  const date = calendar(at);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function calendar(at: WallTime): Date {
  return new Date(`${at.slice(0, 10)}T00:00:00Z`);
}

const two = (count: number) => String(count).padStart(2, '0');

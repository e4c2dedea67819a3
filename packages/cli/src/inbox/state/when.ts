const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A time to come, and how it reads. */
export interface When {
  readonly id: string;
  readonly label: string;
  readonly at: Date;
}

const morning = 9;

/** The times that people mean most often, by this machine's clock. */
export function usualTimes(now: number): When[] {
  const today = new Date(now);
  const evening = atHour(now, 0, 18);
  const monday = (8 - today.getDay()) % 7 || 7;
  return [
    { id: 'hours', label: 'In two hours', at: new Date(now + 2 * hour) },
    ...(evening.getTime() - now > hour ? [{ id: 'evening', label: 'This evening', at: evening }] : []),
    { id: 'tomorrow', label: 'Tomorrow', at: atHour(now, 1, morning) },
    ...(monday > 1 && monday < 7 ? [{ id: 'monday', label: 'On Monday', at: atHour(now, monday, morning) }] : []),
    { id: 'week', label: 'In a week', at: atHour(now, 7, morning) },
  ];
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * Reads a time as somebody types it: `30m`, `2h`, `3d`, `14:30`, `tomorrow`, `tomorrow 8`, `fri 15:00`,
 * `2026-11-25`, `2026-11-25 9:00`. Undefined where it is none, or is over.
 */
export function readWhen(text: string, now: number): Date | undefined {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const found = readLength(words, now) ?? readDate(words, now);
  return found && found.getTime() > now ? found : undefined;
}

function readLength(text: string, now: number): Date | undefined {
  const [, count = '', unit = ''] = /^(?:in )?(\d{1,4}) ?(m|min|h|d|w)$/.exec(text) ?? [];
  if (unit === '') return undefined;
  const lengths: Record<string, number> = { m: minute, min: minute, h: hour, d: day, w: 7 * day };
  return new Date(now + Number(count) * (lengths[unit] ?? 0));
}

function readDate(text: string, now: number): Date | undefined {
  const [, date = '', clock = ''] = /^(\d{4}-\d{1,2}-\d{1,2}|[a-z]{3,})?[ t]*(\d{1,2}(?::\d{2})?)?$/.exec(text) ?? [];
  if (date === '' && clock === '') return undefined;
  const [hours = morning, minutes = 0] = clock === '' ? [] : clock.split(':').map(Number);
  if (hours > 23 || minutes > 59) return undefined;
  const on = (days: number) => atHour(now, days, hours, minutes);
  if (date === '') return on(0).getTime() > now ? on(0) : on(1);
  if (date === 'today') return on(0);
  if (date.length > 2 && 'tomorrow'.startsWith(date)) return on(1);
  const weekday = weekdays.findIndex((name) => name.startsWith(date));
  if (weekday >= 0) {
    const days = (weekday - new Date(now).getDay() + 7) % 7;
    return days === 0 && on(0).getTime() <= now ? on(7) : on(days);
  }
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  const at = new Date(year, month - 1, dayOfMonth, hours, minutes);
  return at.getMonth() === month - 1 && at.getDate() === dayOfMonth ? at : undefined;
}

function atHour(now: number, days: number, hours: number, minutes = 0): Date {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hours, minutes);
}

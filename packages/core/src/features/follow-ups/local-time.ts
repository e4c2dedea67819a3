/** A time on somebody's wall: no zone, no offset. */
interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

const form = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|z|([+-])(\d\d):?(\d\d))?$/;

/**
 * The instant that a text means, epoch milliseconds: with an offset that one; without, the time on the wall in `zone`.
 * A time that the clocks leave out in spring is as much later; of one that comes twice in autumn the first is meant
 * (what RFC 5545 §3.3.5 says of both). Undefined for what is no time, such as the 30th of February.
 *
 * @param zone an IANA name; one that this Node does not know is UTC
 * @example instantOf('2026-11-23T09:00', 'Asia/Kuala_Lumpur') // 2026-11-23T01:00Z
 */
export function instantOf(text: string, zone: string): number | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const wall: WallTime = {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
    millisecond: Number((match[7] ?? '0').padEnd(3, '0')),
  };
  const utc = asUtc(wall);
  if (!isReal(wall, utc)) return undefined;
  if (match[8] === undefined) return inZone(utc, zone);
  const [hours, minutes] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (hours > 23 || minutes > 59) return undefined;
  return utc - (match[9] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/**
 * The wall time, read as if it were UTC, less the zone's offset. The offset is taken a day before and a day after, which
 * stand on the two sides of any change of clocks nearby.
 */
function inZone(utc: number, zone: string): number {
  const day = 86_400_000;
  const before = offsetAt(utc - day, zone);
  const after = offsetAt(utc + day, zone);
  const earlier = utc - Math.max(before, after);
  const later = utc - Math.min(before, after);
  const fits = (instant: number) => instant + offsetAt(instant, zone) === utc;
  // Both fit when it comes twice: the first.
  if (fits(earlier)) return earlier;
  if (fits(later)) return later;
  // Left out: with the offset that held before the change, so that 02:30 becomes 03:30.
  return utc - before;
}

/** How far the zone's clocks are ahead of UTC at the instant, milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const read = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name));
  const shown = {
    year: parts.get('era') === 'BC' ? 1 - read('year') : read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
    millisecond: 0,
  };
  return asUtc(shown) - Math.floor(instant / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs far more than using it, and there are a few hundred zones at most. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const timeZone = isTimeZone(zone) ? zone : 'UTC';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (timeZone === zone) formats.set(zone, made);
  return made;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    // That is how Intl says that it does not know the name.
    return false;
  }
}

function asUtc({ year, month, day, hour, minute, second, millisecond }: WallTime): number {
  const date = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  return date.getTime();
}

/** Whether the calendar and the clock have it: the 31st of April rolls over to another day. */
function isReal({ month, day, hour, minute, second }: WallTime, utc: number): boolean {
  const date = new Date(utc);
  const sameDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return sameDay && hour < 24 && minute < 60 && second < 60;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in four columns at most: `now`, `4m`, `3h`, `2d`, `5w`. A clock that is behind shows `now`. */
export function shortAge(iso: string | null, now: number): string {
  if (iso === null) return '';
  const past = now - Date.parse(iso);
  if (past < minute) return 'now';
  if (past < hour) return `${Math.floor(past / minute)}m`;
  if (past < day) return `${Math.floor(past / hour)}h`;
  if (past < 14 * day) return `${Math.floor(past / day)}d`;
  return `${Math.min(999, Math.floor(past / (7 * day)))}w`;
}

/** A length of time for a sentence: `12 s`, `4 min`, `3 h`. */
export function span(ms: number): string {
  if (ms < minute) return `${Math.max(0, Math.floor(ms / 1_000))} s`;
  if (ms < 2 * hour) return `${Math.floor(ms / minute)} min`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} days`;
}

/** Hours and minutes of this machine's zone. */
export function timeOfDay(at: string | number): string {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

/** The day for a divider: `Today`, `Yesterday`, `Monday 2 March`, with the year when it is another. */
export function dayName(iso: string, now: number): string {
  const date = new Date(iso);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return 'Today';
  if (date.toDateString() === new Date(now - day).toDateString()) return 'Yesterday';
  const year = date.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...year }).replace(',', '');
}

/** A time that may be to come, for a sentence: `today 14:05`, `tomorrow 09:00`, `Mon 23 Nov 09:00`. */
export function moment(at: Date, now: number): string {
  const time = timeOfDay(at.getTime());
  const is = (days: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    return at.toDateString() === date.toDateString();
  };
  if (is(0)) return `today ${time}`;
  if (is(1)) return `tomorrow ${time}`;
  if (is(-1)) return `yesterday ${time}`;
  const year = at.getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  const date = at.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', ...year });
  return `${date.replace(',', '')} ${time}`;
}

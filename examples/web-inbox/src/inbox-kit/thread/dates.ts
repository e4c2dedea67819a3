const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'long' });
const wholeDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const wholeTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** `14:05`, where the reader is. */
export function clockTime(at: string): string {
  return said(timeOfDay, at);
}

/** The whole date and time, for whoever points at a short one. */
export function fullTime(at: string): string {
  return said(wholeTime, at);
}

/** Names the day of a time, where the reader is: equal for times of one day. */
export function dayOf(at: string | number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** "Today", "Yesterday", a weekday of the last week, then the date. */
export function dayLabel(at: string, now: number): string {
  const days = Math.round((midnight(now) - midnight(Date.parse(at))) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days > 1 && days < 7) return said(weekday, at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return said(sameYear ? dayAndMonth : wholeDay, at);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function said(format: Intl.DateTimeFormat, at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? '' : format.format(time);
}

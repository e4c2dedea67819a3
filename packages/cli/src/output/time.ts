const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, for people; a date when it is more than a week. `--json` has the exact time. */
export function ago(iso: string | null, now: number = Date.now()): string {
  if (iso === null) return '';
  const past = now - Date.parse(iso);
  if (past < minute) return 'now';
  if (past < hour) return `${Math.floor(past / minute)} min ago`;
  if (past < day) return `${Math.floor(past / hour)} h ago`;
  if (past < 7 * day) return `${Math.floor(past / day)} d ago`;
  return iso.slice(0, 10);
}

/** The time of day of this machine's zone. */
export function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB');
}

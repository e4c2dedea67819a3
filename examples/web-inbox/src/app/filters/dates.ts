import { localDay, type Narrowing } from '../narrowing.js';

/** Spans of days that are often meant, by the calendar here. */
export function spans(today = new Date()): readonly { label: string; change: Narrowing }[] {
  const before = (days: number) => {
    const day = new Date(today);
    day.setDate(day.getDate() - days);
    return localDay(day);
  };
  const now = localDay(today);
  return [
    { label: 'Today', change: { from: now, to: undefined } },
    { label: 'Yesterday', change: { from: before(1), to: before(1) } },
    { label: 'In the last 7 days', change: { from: before(6), to: undefined } },
    { label: 'In the last 30 days', change: { from: before(29), to: undefined } },
    { label: 'Not in the last 7 days', change: { from: undefined, to: before(7) } },
  ];
}

import { useSyncExternalStore } from 'react';

/** Below this, a difference is the way of the answer and not the clock. */
const tolerance = 2_000;
const tick = 10_000;

let offset = 0;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** What time it is for the server, in epoch milliseconds: times that it gave are compared with this one. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** Takes in what the server's clock said a moment ago: a `Date` header, or when a token was issued. */
export function noteServerTime(time: number): void {
  if (!Number.isFinite(time)) return;
  const found = time - Date.now();
  if (Math.abs(found - offset) < tolerance) return;
  offset = Math.abs(found) < tolerance ? 0 : found;
  turn();
}

/** The page's one clock: the same moment for everything that is shown, moved on every ten seconds. */
export function useServerNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function turn(): void {
  now = serverNow();
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    now = serverNow();
    timer = setInterval(turn, tick);
    document.addEventListener('visibilitychange', turn);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener('visibilitychange', turn);
  };
}

/** How long ago, as short as it can be said: "now", "5m", "3h", "2d", then the date. */
export function shortAge(at: number, from: number): string {
  const minutes = Math.floor((from - at) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes}m`;
  if (minutes < 60 * 24) return `${Math.floor(minutes / 60)}h`;
  if (minutes < 60 * 24 * 7) return `${Math.floor(minutes / 60 / 24)}d`;
  const sameYear = new Date(at).getFullYear() === new Date(from).getFullYear();
  return new Date(at).toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** A length of time in words: "less than a minute", "2 min", "3 h 20 min", "4 days". */
export function lengthOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 && hours < 6 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

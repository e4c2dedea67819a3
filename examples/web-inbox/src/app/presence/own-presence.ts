import { useEffect, useSyncExternalStore } from 'react';
import { useAppInbox } from '../app-inbox.js';

/** What the reader says of themselves, or what the page found: nobody has touched it for a while. */
export type OwnPresence = 'online' | 'away' | 'idle';

/** For the time of the session, in this tab. */
const key = 'tims.away';
const idleMs = 10 * 60_000;
const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focus'] as const;

let idle = false;
const listeners = new Set<() => void>();

export function useOwnPresence(): OwnPresence {
  return useSyncExternalStore(subscribe, ownPresence);
}

export function ownPresence(): OwnPresence {
  if (sessionStorage.getItem(key) === '1') return 'away';
  return idle ? 'idle' : 'online';
}

/** Says that one is away, or that one is back. */
export function switchPresence(): void {
  if (sessionStorage.getItem(key) === '1') sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, '1');
  tell();
}

/** Tells colleagues whether somebody sits here. Used once. */
export function useTellingPresence(): void {
  const { connection } = useAppInbox();
  const own = useOwnPresence();
  useEffect(() => connection.presence(own === 'online' ? 'online' : 'away'), [connection, own]);
  useEffect(watchHands, []);
}

function watchHands(): () => void {
  let timer = setTimeout(rest, idleMs);
  let last = Date.now();

  function rest(): void {
    idle = true;
    tell();
  }
  function stir(): void {
    // A hand that moves tells so sixty times a second.
    if (!idle && Date.now() - last < 1_000) return;
    last = Date.now();
    clearTimeout(timer);
    timer = setTimeout(rest, idleMs);
    if (!idle) return;
    idle = false;
    tell();
  }

  for (const sign of signs) window.addEventListener(sign, stir, { passive: true, capture: true });
  return () => {
    clearTimeout(timer);
    idle = false;
    for (const sign of signs) window.removeEventListener(sign, stir, { capture: true });
  };
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

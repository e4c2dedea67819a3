import type { Feed } from './feed/feed.js';
import { span } from './text/clock.js';

/** A first connection that takes no longer needs no word. */
const patienceMs = 2_000;

/** What stands above everything while the server cannot be reached, or the session is over. */
export function bannerText({ connection, outbox }: Feed, signIn: string, now: number): string | undefined {
  const age = now - connection.since;
  if (connection.state === 'ended') return `Your session has ended. Drafts are kept. ${signIn}`;
  if (connection.state === 'live' || (connection.state === 'connecting' && age < patienceMs)) return undefined;
  const waiting = outbox.getSnapshot().filter(({ state }) => state === 'queued' || state === 'sending').length;
  return `Offline for ${span(age)}: what you see is from then.${heldBack(waiting)} Trying again …`;
}

function heldBack(waiting: number): string {
  if (waiting === 0) return '';
  return waiting === 1 ? ' 1 answer waits and is sent once.' : ` ${waiting} answers wait and are sent once.`;
}

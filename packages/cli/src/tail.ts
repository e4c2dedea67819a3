import type { Event, Tims } from '@tims/sdk';
import { type Names, readNames } from './names.js';
import { print, say } from './output/print.js';
import { bold, dim } from './output/style.js';
import { oneLine } from './output/text.js';
import { clock } from './output/time.js';

interface TailOptions {
  since?: string;
  count?: number;
  json: boolean;
}

/** Prints events until Ctrl+C, until `count` of them, or until the session ends, which throws. */
export async function tail(tims: Tims, { since, count = Number.POSITIVE_INFINITY, json }: TailOptions): Promise<void> {
  const names = json ? undefined : await readNames(tims);
  const realtime = tims.realtime({ cursor: since });
  let left = count;
  try {
    await new Promise<void>((resolve, reject) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
      realtime.onState((state, error) => {
        if (state === 'live') say('Connected.');
        if (state === 'offline') say('The connection is lost; trying again …');
        if (state === 'closed' && error) reject(error);
      });
      realtime.subscribe((items) => {
        for (const item of items) {
          if (item.type === 'resync_required') say('Some events are past keeping and were left out.');
          if (item.type === 'error') say(`The server says: ${oneLine(item.detail)}`);
          if ((item.type !== 'event' && item.type !== 'entered') || left <= 0) continue;
          print(json ? JSON.stringify(item.event) : eventLine(item.event, names));
          left -= 1;
          if (left === 0) resolve();
        }
      });
    });
  } finally {
    realtime.close();
  }
  if (realtime.cursor) say(`Go on from here with --since ${realtime.cursor}`);
}

function eventLine(event: Event, names: Names | undefined): string {
  const { type, entityId, conversationId, changes, actor, at, after } = event;
  const what = Object.entries(changes ?? {}).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.map(String).join(' → ') : String(value)}`,
  );
  const now =
    after && names && type.startsWith('conversation.')
      ? [after.lifecycle, names.user(after.assigneeId) || `team ${names.team(after.teamId)}`]
      : [];
  const where = conversationId && conversationId !== entityId ? `in ${conversationId.slice(-6)}` : '';
  const who = actor.type === 'user' && names ? `by ${names.user(actor.id)}` : '';
  const rest = [...what, ...now, where, who].filter((part) => part).map(oneLine);
  return [dim(clock(at)), bold(type.padEnd(21)), entityId.slice(-6), ...rest].join('  ');
}

import type { ListCall, Tims } from '@tims/sdk';
import type { Me, People } from '../state/people.js';

/** Reads who and what there is: colleagues, teams, and what the organization has in stock. */
export async function readPeople(tims: Tims, me: Me): Promise<People> {
  const once = { retries: 0 };
  const [teams, closeReasons, tags, views, canned, colleagues] = await Promise.all([
    tims.teams.list({}, once),
    tims.closeReasons.list({}, once),
    tims.tags.list({}, once),
    tims.views.list({}, once),
    all(tims.cannedResponses.list({ limit: 100 }, once)),
    all(tims.directory.list({ limit: 100 }, once)),
  ]);
  return {
    me,
    colleagues,
    teams: teams.data,
    closeReasons: closeReasons.data,
    tags: [...tags.data].sort((a, b) => (a.name < b.name ? -1 : 1)),
    views: views.data,
    canned,
  };
}

async function all<A, T>(list: ListCall<A, T>): Promise<T[]> {
  const items: T[] = [];
  for await (const one of list) items.push(one);
  return items;
}

export function nobodyBut(me: Me): People {
  return { me, colleagues: [], teams: [], closeReasons: [], tags: [], canned: [], views: [] };
}

/** After these, what was read may be another. */
export const changesPeople = /^(tag|canned_response|close_reason|view|team|user|role|settings)\.(created|updated)$/;

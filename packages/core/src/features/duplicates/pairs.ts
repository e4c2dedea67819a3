import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, encodePage, type Page, type PageRequest } from '../../database/page.js';
import {
  type Contact,
  contactsSeen,
  decodePlace,
  encodePlace,
  findContacts,
  listContacts,
  showContacts,
} from '../contacts/index.js';
import { demand } from '../roles/index.js';
import { pairsOf } from './pairs-of.js';
import type { DuplicatePair } from './schema.js';

/** Contacts that are looked at together, and how often in one request: what is not found then is on a later page. */
const atOnce = 50;
const mostSteps = 6;

/**
 * Contacts who may be one person, two and two, the newest contacts first. Each pair stands at the newer of the two, or
 * at the older one where only its notes say so: nothing finds who noted an address down. There is no list of them
 * anywhere: contacts are walked, and for each it is looked up who shares something with them. A page may be short, even
 * empty, and have a next one.
 */
export async function listDuplicatePairs(
  ctx: ReadContext,
  { cursor, limit = defaultLimit }: PageRequest,
): Promise<Page<DuplicatePair>> {
  demand(ctx.actor, 'contacts:merge');
  let place = cursor === undefined ? undefined : placeOf(cursor);
  const data: DuplicatePair[] = [];
  for (let step = 0; step < mostSteps; step++) {
    const { contacts, end } = await contactsFrom(ctx, place);
    const pairs = await pairsOf(ctx, contacts);
    for (const { id } of contacts) {
      if (place && data.length === limit) return { data, nextCursor: encodePage(place) };
      const given = place?.id === id ? place.at : 0;
      const own = (pairs.get(id) ?? []).slice(given);
      const room = limit - data.length;
      data.push(...own.slice(0, room));
      if (own.length > room) return { data, nextCursor: encodePage({ id, at: given + room }) };
      place = { id, at: 0 };
    }
    if (end === null) return { data, nextCursor: null };
    place = { id: end, at: 0 };
    if (data.length === limit) break;
  }
  return { data, nextCursor: place ? encodePage(place) : null };
}

/** Behind a contact, or at one of whom so many pairs were given. */
function placeOf(cursor: string): { id: string; at: number } {
  const place = decodePage(cursor);
  decodePlace(encodePlace({ key: null, id: place.id }), 'null');
  return place;
}

async function contactsFrom(
  ctx: ReadContext,
  place: { id: string; at: number } | undefined,
): Promise<{ contacts: Contact[]; end: string | null }> {
  const [again, { data, nextCursor }] = await Promise.all([
    place && place.at > 0 ? contactAgain(ctx, place.id) : [],
    listContacts(ctx, { limit: atOnce, ...(place ? { cursor: encodePlace({ key: null, id: place.id }) } : {}) }),
  ]);
  return { contacts: [...again, ...data], end: nextCursor === null ? null : decodePlace(nextCursor, 'null').id };
}

async function contactAgain(ctx: ReadContext, id: string): Promise<Contact[]> {
  const records = (await findContacts(ctx, [id])).filter(({ mergedInto }) => mergedInto === null);
  return (await contactsSeen(ctx, [id])).has(id) ? showContacts(ctx, records) : [];
}

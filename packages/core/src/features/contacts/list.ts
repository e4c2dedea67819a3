import type { ReadContext } from '../../database/context.js';
import { defaultLimit, type Page } from '../../database/page.js';
import { demand } from '../roles/index.js';
import { decodePlace, encodePlace } from './cursor.js';
import { presentContacts } from './present.js';
import { findContacts } from './repository.js';
import { type ContactOrder, listPlaces, orderOf } from './repository-list.js';
import type { Contact, ContactFilter } from './schema.js';

const keys = { newest: 'null', name: 'string', blocked: 'number' } as const satisfies Record<ContactOrder, string>;

/** The contacts that the caller sees, the newest first. */
export async function listContacts(ctx: ReadContext, filter: ContactFilter): Promise<Page<Contact>> {
  demand(ctx.actor, 'contacts:read');
  const { cursor, limit = defaultLimit } = filter;
  const place = cursor === undefined ? undefined : decodePlace(cursor, keys[orderOf(filter)]);
  const { ids, next } = await listPlaces(ctx, filter, place, limit);
  const records = new Map((await findContacts(ctx, ids)).map((record) => [record.id, record]));
  return {
    data: await presentContacts(
      ctx,
      ids.flatMap((id) => records.get(id) ?? []),
    ),
    nextCursor: next ? encodePlace(next) : null,
  };
}

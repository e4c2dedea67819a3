import type { ReadContext } from '../../database/context.js';
import { decodePage, defaultLimit, type Page, type PageRequest, toPage } from '../../database/page.js';
import { fail } from '../../kernel/errors.js';
import { demand } from '../roles/index.js';
import { findErasure, pageErasures, present } from './repository.js';
import type { Erasure } from './schema.js';

/** The newest first. */
export async function listErasures(
  ctx: ReadContext,
  { cursor, limit = defaultLimit }: PageRequest,
): Promise<Page<Erasure>> {
  demand(ctx.actor, 'contacts:erase');
  const rows = await pageErasures(ctx, cursor === undefined ? undefined : decodePage(cursor), limit + 1);
  return toPage(rows, limit, ({ at, id }) => ({ at, id }), present);
}

export async function getErasure(ctx: ReadContext, id: string): Promise<Erasure> {
  demand(ctx.actor, 'contacts:erase');
  const erasure = (await findErasure(ctx, id)) ?? fail('not_found', `There is no erasure ${id}`);
  return present(erasure);
}

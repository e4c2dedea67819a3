import type { ReadContext } from '../../database/context.js';
import { demand } from '../roles/index.js';
import { listAttributeRows } from './repository.js';
import type { ContactAttribute } from './schema.js';

/** What the organization keeps of its contacts beside name and kind, in order. */
export async function listContactAttributes(ctx: ReadContext): Promise<ContactAttribute[]> {
  demand(ctx.actor, 'contacts:read');
  return listAttributeRows(ctx);
}

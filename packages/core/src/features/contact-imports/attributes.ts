import type { ReadContext } from '../../database/context.js';
import { type ContactAttribute, listAttributeRows } from '../contact-attributes/index.js';

/** What a column can be taken for beside a contact's own fields. */
export type AttributeColumn = Pick<ContactAttribute, 'key' | 'name' | 'type' | 'options'>;

export function attributesOf(ctx: ReadContext): Promise<AttributeColumn[]> {
  return listAttributeRows(ctx);
}

/** How a column's field names an attribute. */
export const fieldOfAttribute = (key: string) => `attributes.${key}`;

import type { ReadContext } from '../../database/context.js';
import { listDefinitions } from './repository.js';

/** What a column can be taken for beside a contact's own fields. */
export interface AttributeDefinition {
  key: string;
  name: string;
}

export type AttributeValues = Record<string, string | number | boolean>;

export function attributesOf(ctx: ReadContext): Promise<AttributeDefinition[]> {
  return listDefinitions(ctx);
}

/** Values out of cells, by key; cells that are empty are left out. */
export function attributesFrom(
  definitions: readonly AttributeDefinition[],
  cells: ReadonlyMap<string, string>,
): { values: AttributeValues; faults: { key: string; message: string }[] } {
  const known = definitions.filter(({ key }) => cells.has(key));
  return { values: Object.fromEntries(known.map(({ key }) => [key, cells.get(key) ?? ''])), faults: [] };
}

/** How a column's field names an attribute. */
export const fieldOfAttribute = (key: string) => `attributes.${key}`;

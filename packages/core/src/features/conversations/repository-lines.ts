import type { ReadContext } from '../../database/context.js';

/** As much of a contact as a list shows. */
export interface ContactLine {
  id: string;
  name: string | null;
  kind: string;
  version: number;
}

/** As much of a message as a list shows. */
export interface LastLine {
  id: string;
  direction: 'inbound' | 'outbound';
  type: string;
  content: string;
  state: string | null;
  display_at: number;
  version: number;
}

export async function findContactLines(
  { trx, organization }: ReadContext,
  ids: readonly string[],
): Promise<ContactLine[]> {
  return trx('contacts')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .select('id', 'name', 'kind', 'version');
}

export async function findLastLines({ trx, organization }: ReadContext, ids: readonly string[]): Promise<LastLine[]> {
  return trx('messages')
    .where('organization_id', organization)
    .whereIn('id', ids)
    .select('id', 'direction', 'type', 'content', 'state', 'display_at', 'version');
}

import type { Context, ReadContext } from '../../database/context.js';
import type { Count, ErasurePlace } from '../../features/erasures/index.js';

/** What is erased, and how far it is. */
export interface Task {
  /** When it began, epoch milliseconds: what came later is another person's, as far as anybody knows. */
  at: number;
  place: ErasurePlace;
  /** Whether a text names one of the addresses that the person had. */
  mentions(text: string): boolean;
}

/** Erases what was found, in one transaction of at most 500 rows; answers where the step goes on, null at its end. */
export type Take = (ctx: Context, count: Count) => Promise<string | null>;

/**
 * A part of the work. It looks first, outside the transaction: a database may have one writer for all, and bodies are
 * long to read. What it finds may be gone by the time it is taken, or have come since: the next pass looks again.
 */
export type Step = (ctx: ReadContext, task: Task) => Promise<Take>;

/** At most so many rows are changed in one transaction, with as many events about them. */
export const atOnce = 250;

/** The person's conversations that were ended for good, as a query. */
export function endedConversations({ trx, organization }: ReadContext, { place }: Task) {
  return trx('conversations')
    .where('organization_id', organization)
    .whereIn('contact_id', place.contacts)
    .whereRaw('thread_key = id');
}

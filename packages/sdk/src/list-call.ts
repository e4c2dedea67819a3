import { TimsError } from './errors.js';

/**
 * A call of a list: await it for one page, or iterate it for the items of this page and all that follow. It asks for
 * nothing before either happens.
 *
 * @example
 * const page = await tims.conversations.list({ status: 'queued' });
 * for await (const conversation of tims.conversations.list({ status: 'queued' })) console.log(conversation.id);
 */
export interface ListCall<Page, Item> extends Promise<Page>, AsyncIterable<Item> {
  /** This page and those that follow. */
  pages(): AsyncIterable<Page>;
}

/** What paging needs to know of a page. Of these, only `data` is in every list. */
interface Paged {
  data: readonly unknown[];
  nextCursor?: string | null;
  /** Lists whose cursor goes on for ever say whether there is more now. */
  more?: boolean;
  resyncRequired?: boolean;
}

/** @param read answers the page at the cursor, or the first one */
export function listCall(read: (cursor?: string) => Promise<unknown>): ListCall<unknown, unknown> {
  let first: Promise<unknown> | undefined;
  const start = () => {
    first ??= read();
    return first;
  };

  async function* pages() {
    for (let page = asPage(await start()); ; ) {
      yield page;
      const next = following(page);
      if (next === undefined) return;
      page = asPage(await read(next));
    }
  }

  async function* items() {
    for await (const page of pages()) {
      if (page.resyncRequired)
        throw new TimsError('resync_required', 'The cursor no longer stands: take fresh snapshots');
      yield* page.data;
    }
  }

  return {
    // biome-ignore lint/suspicious/noThenProperty: it is a promise, one that starts when it is asked
    then: (fulfilled, rejected) => start().then(fulfilled, rejected),
    catch: (rejected) => start().catch(rejected),
    finally: (settled) => start().finally(settled),
    [Symbol.toStringTag]: 'ListCall',
    [Symbol.asyncIterator]: items,
    pages,
  };
}

function following(page: Paged): string | undefined {
  return page.more === false || page.resyncRequired ? undefined : (page.nextCursor ?? undefined);
}

function asPage(answer: unknown): Paged {
  return answer as Paged; // the document says so of every operation that the table marks as a list
}

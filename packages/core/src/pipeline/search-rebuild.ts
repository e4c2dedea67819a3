import type { Context } from '../database/context.js';
import { reading, transaction } from '../database/transaction.js';
import {
  countDiffering,
  type Draft,
  emptyDraft,
  readChunk,
  readNewest,
  readOrphans,
  writeDrafts,
} from '../features/search/index.js';
import type { Installation } from '../installation.js';
import { lockCursor, readCursor } from './consumers/cursors.js';
import { searchConsumer } from './consumers/search.js';
import { readHead } from './event-log/read.js';

/** How far a rebuild is, and what it found. */
export interface SearchReport {
  /** Messages, contacts and notes that were compared with the index. */
  looked: number;
  /** Those of them of which the index said something else; it now says what they say. */
  drift: number;
  /** Events that the index had not followed yet when it began; while there are some, drift is no fault. */
  behind: number;
}

export interface RebuildOptions {
  onProgress?: (report: SearchReport) => void;
  /** How much one transaction takes. */
  chunk?: number;
}

const sample = 1_000;

/** Compares the messages that came last with the index, without changing anything. */
export async function checkSearch(installation: Installation, organization: string): Promise<SearchReport> {
  const ctx = reading(installation, organization, { type: 'system', id: 'check-up' });
  const head = await readHead(ctx.trx, organization);
  const followed = await readCursor(ctx.trx, organization, searchConsumer.name);
  const drafts = await readNewest(ctx, sample);
  return { looked: drafts.length, drift: await countDiffering(ctx, drafts), behind: head.sequence - followed };
}

/**
 * Compares everything that can be found with the index, a piece at a time, and writes what differs. The server may go on
 * meanwhile: whoever follows the log waits for the piece, and the other way round.
 */
export async function rebuildSearch(
  installation: Installation,
  organization: string,
  { onProgress, chunk = 1_000 }: RebuildOptions = {},
): Promise<SearchReport> {
  const { reader } = installation.storage;
  const head = await readHead(reader, organization);
  const followed = await readCursor(reader, organization, searchConsumer.name);
  const report: SearchReport = { looked: 0, drift: 0, behind: head.sequence - followed };
  const piece = async (
    work: (ctx: Context) => Promise<{ drafts: Draft[]; looked: number; next: string | undefined }>,
  ) => {
    const done = await transaction(installation, organization, { type: 'system', id: 'search' }, async (ctx) => {
      // Held against the consumer, which would write the same documents.
      await lockCursor(ctx, searchConsumer.name);
      const { drafts, looked, next } = await work(ctx);
      return { looked, next, drift: await writeDrafts(ctx, drafts) };
    });
    report.looked += done.looked;
    report.drift += done.drift;
    onProgress?.({ ...report });
    return done.next;
  };
  for (const kind of ['contact', 'note', 'message'] as const) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after;
      after = await piece(async (ctx) => {
        const { drafts, next } = await readChunk(ctx, kind, from, chunk);
        return { drafts, looked: drafts.length, next };
      });
    }
  }
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    after = await piece(async (ctx) => {
      const { orphans, next } = await readOrphans(ctx, from, chunk);
      return { drafts: orphans.map(({ kind, id }) => emptyDraft(kind, id)), looked: 0, next };
    });
  }
  return report;
}

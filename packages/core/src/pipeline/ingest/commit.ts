import { isAscii } from 'node:buffer';
import type { Context } from '../../database/context.js';
import type { InboundEvent } from '../../plugin/index.js';
import { applyIdentityChanges } from './identity-changes.js';
import { storeMessages } from './messages.js';
import { storeNotices } from './notices.js';
import type { Entry, Piece } from './piece.js';
import { applyUpdates } from './updates.js';

/** Everything that one channel's share of a batch changes, in set-based steps. */
export async function commitEntries(ctx: Context, entries: Entry[]): Promise<void> {
  for (const run of runs(entries)) {
    await applyIdentityChanges(ctx, ofKind(run, 'identity_change'));
    await storeMessages(ctx, ofKind(run, 'message'));
    await applyUpdates(ctx, ofKind(run, 'message_update'));
    await storeNotices(ctx, ofKind(run, 'channel_notice'));
  }
}

/**
 * Cut before a changed number or id: what was said before it is stored before it, or the change would not find the
 * person whom that makes known. Nearly always one.
 */
function runs(entries: Entry[]): Entry[][] {
  const cuts = entries.flatMap(({ event }, index) =>
    event.kind === 'identity_change' && entries[index - 1]?.event.kind !== 'identity_change' ? [index] : [],
  );
  const starts = [...new Set([0, ...cuts])];
  return starts.map((start, index) => entries.slice(start, starts[index + 1]));
}

/** The bodies as they came, so that a reading error can be mended later. */
export async function storeRaw(ctx: Context, pieces: readonly Piece[]): Promise<void> {
  const rows = pieces.flatMap((piece) =>
    piece.storesBody
      ? {
          organization_id: piece.bodyOwner,
          id: piece.requestId,
          kind: piece.kind,
          // Providers escape what is not ASCII, and a text crosses threads for less than bytes do.
          body: isAscii(piece.body) ? piece.body.toString('latin1') : piece.body,
          received_at: piece.receivedAt,
        }
      : [],
  );
  await ctx.installation.storage.dialect.bulkInsert(ctx.trx, 'inbound_requests', rows);
}

type OfKind<K extends InboundEvent['kind']> = Extract<InboundEvent, { kind: K }>;

function ofKind<K extends InboundEvent['kind']>(entries: Entry[], kind: K): Entry<OfKind<K>>[] {
  return entries.filter((entry): entry is Entry<OfKind<K>> => entry.event.kind === kind);
}

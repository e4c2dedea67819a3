import type { Context } from '../../database/context.js';
import type { InboundEvent } from '../../plugin/index.js';
import { applyIdentityChanges } from './identity-changes.js';
import { storeMessages } from './messages.js';
import { storeNotices } from './notices.js';
import type { Entry, Piece } from './piece.js';
import { applyUpdates } from './updates.js';

/** Everything that one channel's share of a batch changes, in set-based steps. */
export async function commitEntries(ctx: Context, entries: Entry[]): Promise<void> {
  await applyIdentityChanges(ctx, ofKind(entries, 'identity_change'));
  await storeMessages(ctx, ofKind(entries, 'message'));
  await applyUpdates(ctx, ofKind(entries, 'message_update'));
  await storeNotices(ctx, ofKind(entries, 'channel_notice'));
}

/** The bodies as they came, so that a reading error can be mended later. */
export async function storeRaw(ctx: Context, pieces: readonly Piece[]): Promise<void> {
  const rows = pieces.flatMap((piece) =>
    piece.storesBody
      ? {
          organization_id: ctx.organization,
          id: piece.requestId,
          kind: piece.kind,
          body: piece.body,
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

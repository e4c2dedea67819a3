import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';

/** A body that could not be taken in, kept raw so that it can be replayed. */
export interface NewFailure {
  /** Null where it is nobody's. */
  organization: string | null;
  kind: string;
  via: string | null;
  reason: string;
  /** For people; no content. */
  detail: string;
  body: Buffer;
  receivedAt: number;
}

export async function keepFailure(ctx: Context, failure: NewFailure): Promise<void> {
  await ctx.trx('inbound_failures').insert({
    id: newId('inboundFailure', failure.receivedAt),
    organization_id: failure.organization,
    kind: failure.kind,
    channel_id: failure.via,
    reason: failure.reason,
    detail: failure.detail.slice(0, 1000),
    body: failure.body,
    attempts: 1,
    received_at: failure.receivedAt,
    replayed_at: null,
  });
}

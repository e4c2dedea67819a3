import type { OpenChannel } from '../../features/channels/index.js';
import type { InboundEvent } from '../../plugin/index.js';

/** What one webhook means to one organization: the unit of group commit. */
export interface Piece {
  requestId: string;
  kind: string;
  /** The raw body of the whole request. */
  body: Buffer;
  /** Whose body it is; null where the request speaks for several organizations, none of which may read the others'. */
  bodyOwner: string | null;
  /** Whether the body is stored with this piece: once a request. */
  storesBody: boolean;
  /** Taken in again after a failure, which stays the one that is kept. */
  replayed: boolean;
  /** The channel whose own path the request came by; null for the installation's path. */
  via: string | null;
  /** Epoch milliseconds. */
  receivedAt: number;
  entries: Entry[];
  /** What was at fault with its data, filled in by the writing; empty where everything was stored. */
  faults: string[];
}

/** One event with the channel it is for. */
export interface Entry<E extends InboundEvent = InboundEvent> {
  channel: OpenChannel;
  event: E;
  receivedAt: number;
}

/** The most rows of one kind that one transaction writes. */
export const batchLimit = 500;

/** Cuts a request that is too large for one transaction; only the first piece stores the raw body. */
export function cut(piece: Piece): Piece[] {
  if (piece.entries.length <= batchLimit) return [piece];
  const pieces: Piece[] = [];
  for (let start = 0; start < piece.entries.length; start += batchLimit) {
    const entries = piece.entries.slice(start, start + batchLimit);
    pieces.push({ ...piece, entries, storesBody: start === 0, faults: [] });
  }
  return pieces;
}

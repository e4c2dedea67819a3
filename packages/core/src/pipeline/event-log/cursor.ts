import { fail } from '../../kernel/errors.js';

/** A place in an organization's log: the last event that was seen. Sequence 0 stands before the first event. */
export interface Cursor {
  sequence: number;
  eventId: string;
}

export const logStart: Cursor = { sequence: 0, eventId: '0' };

/**
 * The form in which clients keep a cursor: opaque, and naming the event as well as its number, so that a restored or
 * failed-over database is noticed.
 */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.sequence}.${cursor.eventId}`).toString('base64url');
}

/** @throws TimsError `cursor_invalid` for anything that `encodeCursor` did not write. */
export function decodeCursor(text: string): Cursor {
  const match = /^(\d{1,15})\.(0|evt_[0-9a-z]{26})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (!match?.[1] || !match[2]) fail('cursor_invalid', 'The event cursor was not made by this server');
  return { sequence: Number(match[1]), eventId: match[2] };
}

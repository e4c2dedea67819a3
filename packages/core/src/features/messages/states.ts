import { type MessageState, messageStates } from './schema.js';

/** Deliveries come in any order; the state is the furthest that was ever told. */
export function isForward(from: MessageState | null, to: MessageState): boolean {
  return rank(to) > rank(from);
}

const rank = (state: MessageState | null) => (state === null ? -1 : messageStates.indexOf(state));

import { numbersOf } from './numbers.js';

/** What is to be there when it is done. The same plan makes the same rows. */
export interface SeedPlan {
  conversations: number;
  /** Messages of each conversation, in the mean. */
  messages: number;
  /** Messages of the one conversation that never ended. */
  longest: number;
  seed: number;
  /** When the last of them was said, epoch milliseconds. */
  until: number;
}

export type State = 'closed' | 'pending' | 'queued' | 'assigned';

const span = 3 * 365 * 24 * 3_600_000;
/** Messages of one conversation are a minute apart, so those of the last one are said by then. */
const lastMinutes = 30 * 60_000;

/** When the conversation began: they come evenly over three years. The one that never ended began with the first. */
export function beganAt({ conversations, until }: SeedPlan, index: number): number {
  return Math.floor(until - lastMinutes - span + (span * (index + 1)) / conversations);
}

/**
 * Which conversation the same customer had before: one in five is of somebody who came back. Told by the numbers alone,
 * so that any part of the whole can be made without the others.
 */
export function before(index: number): number | undefined {
  return index % 10 === 4 || index % 10 === 8 ? index / 2 : undefined;
}

/** The customer's first conversation, which names the contact. */
export function firstOf(index: number): number {
  let first = index;
  for (let earlier = before(first); earlier !== undefined; earlier = before(first)) first = earlier;
  return first;
}

/** Whether the customer has a later conversation: then this one was closed long ago. */
export function cameBack({ conversations }: SeedPlan, index: number): boolean {
  const later = 2 * index;
  return later > index && later < conversations && before(later) === index;
}

/** The last conversation of the customer who had this one. */
export function lastOf(plan: SeedPlan, index: number): number {
  let last = index;
  while (cameBack(plan, last)) last *= 2;
  return last;
}

/** The one that never ended, with so many more messages than any other. */
export const endless = 0;

/**
 * Most are closed, as after years: open are at most three thousand and pending at most fifteen hundred, nearly all of
 * them among the last that began.
 */
export function stateOf(plan: SeedPlan, index: number): State {
  if (index === endless) return 'assigned';
  if (cameBack(plan, index)) return 'closed';
  const alive = Math.min(4_500, Math.ceil(plan.conversations * 0.15));
  const recent = index >= plan.conversations - Math.ceil(alive * 1.25);
  const drawn = numbersOf(plan.seed + 1, index).next();
  // Some are forgotten: open for months.
  if (!recent) return drawn < 0.0002 ? 'assigned' : 'closed';
  if (drawn < 0.2) return 'closed';
  if (drawn < 0.47) return 'pending';
  return drawn < 0.65 ? 'queued' : 'assigned';
}

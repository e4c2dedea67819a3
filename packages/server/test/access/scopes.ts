import type { RoleKey } from './routes.js';

/** Where a conversation stands, seen from somebody of the team `own`. */
export const places = [
  'queue of the own team',
  'own team, theirs',
  'own team, a colleague’s',
  'queue of another team',
  'another team, somebody’s',
  'another team, theirs',
] as const;
export type Place = (typeof places)[number];

/** What comes of an act: done, refused because the state forbids it, forbidden, or invisible. */
export type Outcome = 'ok' | 'taken' | 'forbidden' | 'unseen';
type Row = readonly [Outcome, Outcome, Outcome, Outcome, Outcome, Outcome];

const all: Row = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok'];

/**
 * The design's table of roles as outcomes, one for each place. Whoever is given a conversation has it, in whatever team
 * it stands: nobody may be given what they can neither see nor answer.
 */
const acts: Record<RoleKey, Row> = {
  admin: all,
  operations_manager: all,
  // Sees all and acts in their own teams.
  manager: ['ok', 'ok', 'ok', 'forbidden', 'forbidden', 'ok'],
  assistant_manager: ['ok', 'ok', 'ok', 'unseen', 'unseen', 'ok'],
  // The queue of their teams is a preview until they take from it.
  agent: ['forbidden', 'ok', 'unseen', 'unseen', 'unseen', 'ok'],
};

const takes: Record<RoleKey, Row> = {
  admin: ['ok', 'ok', 'taken', 'ok', 'taken', 'ok'],
  operations_manager: ['ok', 'ok', 'taken', 'ok', 'taken', 'ok'],
  manager: ['ok', 'ok', 'taken', 'forbidden', 'forbidden', 'ok'],
  assistant_manager: ['ok', 'ok', 'taken', 'unseen', 'unseen', 'ok'],
  // Of several who take at once, those who lose are told who won.
  agent: ['ok', 'ok', 'taken', 'unseen', 'unseen', 'ok'],
};

/** Writing to the customer's address instead of into the conversation. */
const starts: Record<RoleKey, Row> = {
  admin: all,
  operations_manager: all,
  manager: acts.manager,
  assistant_manager: acts.assistant_manager,
  // Of their team they may take up what nobody has; what a colleague has is the colleague's.
  agent: ['ok', 'ok', 'taken', 'unseen', 'unseen', 'ok'],
};

/** Opening a closed one again; an agent hands on their own, and no more: refused before any conversation is looked at. */
const reopens: Record<RoleKey, Row> = {
  admin: all,
  operations_manager: all,
  manager: acts.manager,
  assistant_manager: acts.assistant_manager,
  agent: ['forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden', 'forbidden'],
};

export const outcomes = {
  reply: acts,
  close: acts,
  assign: acts,
  read: acts,
  take: takes,
  start: starts,
  reopen: reopens,
};
export type Act = keyof typeof outcomes;

/** How much of it they see, in the order of `places`. */
export const sights: Record<RoleKey, readonly ('whole' | 'preview' | 'unseen')[]> = {
  admin: ['whole', 'whole', 'whole', 'whole', 'whole', 'whole'],
  operations_manager: ['whole', 'whole', 'whole', 'whole', 'whole', 'whole'],
  manager: ['whole', 'whole', 'whole', 'whole', 'whole', 'whole'],
  assistant_manager: ['whole', 'whole', 'whole', 'unseen', 'unseen', 'whole'],
  agent: ['preview', 'whole', 'unseen', 'unseen', 'unseen', 'whole'],
};

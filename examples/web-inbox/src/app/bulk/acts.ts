import type { Input, Me } from '@tims/sdk';

type Bulk = Input<'conversations.bulk'>;

/** What is done to all that are selected; its `ids` come later. */
export type Act = Bulk extends infer One ? (One extends { ids: unknown } ? Omit<One, 'ids'> : never) : never;
export type ActName = Act['act'];

/** Menus that something more is chosen in. */
export type Step = 'assign' | 'transfer' | 'tag' | 'untag' | 'close';

export interface Offer {
  readonly title: string;
  /** What is chosen next, or what is done at once. */
  readonly next: Step | Act;
  readonly permission: keyof Me['permissions'];
}

export const offers: readonly Offer[] = [
  { title: 'Take', next: { act: 'take' }, permission: 'conversations:take' },
  { title: 'Assign to…', next: 'assign', permission: 'conversations:assign' },
  { title: 'Give to a team…', next: 'transfer', permission: 'conversations:assign' },
  { title: 'Tag…', next: 'tag', permission: 'conversations:tag' },
  { title: 'Remove a tag…', next: 'untag', permission: 'conversations:tag' },
  { title: 'Close…', next: 'close', permission: 'conversations:close' },
  { title: 'Pending', next: { act: 'pend' }, permission: 'conversations:close' },
  { title: 'Reopen', next: { act: 'reopen' }, permission: 'conversations:reopen' },
  { title: 'Mark as read', next: { act: 'read' }, permission: 'conversations:reply' },
];

/** What the role can do somewhere; whether it may in each case, the server says. */
export function offersFor(me: Me): readonly Offer[] {
  return offers.filter(({ permission }) => me.permissions[permission] !== undefined);
}

const done: Readonly<Record<ActName, string>> = {
  take: 'taken',
  assign: 'handed on',
  pend: 'pending',
  close: 'closed',
  reopen: 'reopened',
  read: 'marked as read',
  tag: 'tagged',
  untag: 'freed of the tag',
};

/** What became of so many of them. */
export const saidOf = (act: ActName, count: number) => `${count.toLocaleString()} ${done[act]}`;

import type { ConversationFilter } from '@tims/sdk';

export const lifecycles = ['open', 'pending', 'closed'] as const;
export const statuses = ['new', 'queued', 'assigned', 'pending', 'closed'] as const;
export const followUps = ['due', 'open'] as const;

/** What a list is narrowed by beside its place. It stands in the address. */
export interface Narrowing {
  readonly unread?: true | undefined;
  /** `any` also shows what the place leaves out unless told. */
  readonly lifecycle?: (typeof lifecycles)[number] | 'any' | undefined;
  readonly status?: (typeof statuses)[number] | undefined;
  readonly teamId?: string | undefined;
  readonly assigneeId?: string | undefined;
  readonly tagId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly contactKind?: string | undefined;
  readonly contactId?: string | undefined;
  readonly followUp?: (typeof followUps)[number] | undefined;
  /** Days on the reader's own calendar, both inclusive: `2026-11-21`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly order?: 'waiting' | undefined;
  /** Nothing of a saved view is left: without it the view's own filter would be meant. */
  readonly cleared?: true | undefined;
}

/** What each is called in the address. */
const names = {
  lifecycle: 'lifecycle',
  status: 'status',
  teamId: 'team',
  channelId: 'channel',
  assigneeId: 'assignee',
  tagId: 'tag',
  contactKind: 'kind',
  contactId: 'contact',
  followUp: 'follow-up',
  from: 'from',
  to: 'to',
  order: 'order',
} as const;

export function writeNarrowing(narrowing: Narrowing, query: URLSearchParams): void {
  if (narrowing.unread) query.set('unread', '1');
  for (const key of Object.keys(names) as (keyof typeof names)[]) {
    const value = narrowing[key];
    if (value !== undefined) query.set(names[key], value);
  }
  if (narrowing.cleared) query.set('all', '1');
}

/** Of what somebody typed into the address, what can be understood. */
export function readNarrowing(query: URLSearchParams): Narrowing {
  const text = (key: keyof typeof names) => query.get(names[key]) || undefined;
  const oneOf = <T extends string>(key: keyof typeof names, all: readonly T[]) => all.find((one) => one === text(key));
  return withoutNothing({
    unread: query.get('unread') === '1' ? true : undefined,
    lifecycle: oneOf('lifecycle', [...lifecycles, 'any']),
    status: oneOf('status', statuses),
    teamId: text('teamId'),
    assigneeId: text('assigneeId'),
    tagId: text('tagId'),
    channelId: text('channelId'),
    contactKind: text('contactKind'),
    contactId: text('contactId'),
    followUp: oneOf('followUp', followUps),
    from: dayOf(text('from')),
    to: dayOf(text('to')),
    order: oneOf('order', ['waiting']),
    cleared: query.get('all') === '1' ? true : undefined,
  });
}

/** What the server is asked for by it. */
export function filterBy({ lifecycle, from, to, cleared: _, ...rest }: Narrowing): ConversationFilter {
  const { followUp } = rest;
  return withoutNothing({
    ...rest,
    lifecycle: lifecycle === 'any' ? undefined : lifecycle,
    from: from === undefined ? undefined : startOf(from, 0),
    to: to === undefined ? undefined : startOf(to, 1),
    // What is to be followed up has an order of its own.
    order: followUp === undefined ? rest.order : undefined,
  });
}

/** A saved filter as a narrowing, to be changed. Of its times, the days. */
export function narrowingOf({
  from,
  to,
  unread,
  order,
  lifecycle,
  status,
  q: _q,
  ...rest
}: ConversationFilter): Narrowing {
  return withoutNothing({
    ...rest,
    lifecycle: lifecycles.find((one) => one === lifecycle),
    status: statuses.find((one) => one === status),
    unread: unread ? true : undefined,
    order: order === 'waiting' ? order : undefined,
    from: from === undefined ? undefined : localDay(new Date(from)),
    to: to === undefined ? undefined : localDay(new Date(Date.parse(to) - 1)),
  });
}

/** How many filters are set; an order is none. */
export function countFilters({ order: _, cleared: __, from, to, ...rest }: Narrowing): number {
  return Object.values(rest).filter(Boolean).length + ((from ?? to) ? 1 : 0);
}

/** The day as a calendar on the wall here has it. */
export function localDay(date: Date): string {
  const two = (count: number) => String(count).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When the day begins here, or the one so many days after it. */
function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

function dayOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return localDay(new Date(year, month - 1, date)) === text ? text : undefined;
}

/** Without keys whose value is undefined: what says the same looks the same. */
export function withoutNothing<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

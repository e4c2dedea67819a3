import {
  type ConversationFilter,
  countConversations,
  getConversation,
  listConversations,
  type ReadContext,
  search,
} from '@tims/core';
import type { Seeded } from '@tims/server/operator';
import { questions } from '../search/questions.js';
import type { Cast, Someone } from '../seeded/organization.js';

export const figures = [
  'listAgent',
  'listManager',
  'listTag',
  'listDeep',
  'open',
  'openDeep',
  'counts',
  'countsFiltered',
  'search',
] as const;
export type Figure = (typeof figures)[number];

/** One thing that somebody wants to see: as the database is asked, and as the server is. */
export interface Ask {
  figure: Figure;
  as: Someone;
  path: string;
  run(ctx: ReadContext): Promise<unknown>;
}

type Reading = (someone: Someone) => ReadContext;

/** Everything that is measured, each kind in several shapes, so that no figure is of the same page again and again. */
export async function asksOf(cast: Cast, seeded: Seeded, reading: Reading): Promise<Ask[]> {
  const { manager, lead, newcomer, agents } = cast;
  const everybody = [manager, lead, newcomer, ...agents];
  return [
    ...[newcomer, ...agents].flatMap((as) => listsOfAgent.map((filter) => list('listAgent', as, filter))),
    ...listsOfManager(cast, seeded).map((filter) => list('listManager', manager, filter)),
    ...listsOfTags(seeded).flatMap((filter) => [manager, lead, ...agents].map((as) => list('listTag', as, filter))),
    ...(await deepLists(cast, seeded, reading)),
    ...Array.from({ length: 20 }, (_, index) => open('open', index % 2 ? manager : newcomer, { id: seeded.longest })),
    ...(await deepPages(newcomer, seeded.longest, reading)),
    ...everybody.map((as) => counts('counts', as, {})),
    ...everybody.flatMap((as) => countsByFilter(seeded).map((filter) => counts('countsFiltered', as, filter))),
    ...Object.values(questions(seeded.speech.words))
      .flat()
      .flatMap((q, index) => find(everybody[index % everybody.length] ?? manager, q)),
  ];
}

/** Theirs and the queue of their teams, as the inboxes show them. */
const listsOfAgent: ConversationFilter[] = [
  {},
  { lifecycle: 'open' },
  { status: 'queued' },
  { status: 'assigned' },
  { lifecycle: 'pending' },
  { lifecycle: 'closed' },
  { unread: true },
  { order: 'waiting' },
  { followUp: 'open' },
];

function listsOfManager({ agents: [agent] }: Cast, { place }: Seeded): ConversationFilter[] {
  const teamId = place.teams[0]?.id ?? '';
  const assigneeId = agent?.actor.id ?? '';
  return [
    ...listsOfAgent,
    { teamId },
    { teamId, lifecycle: 'open' },
    { assigneeId },
    { assigneeId, teamId, lifecycle: 'open' },
    { channelId: place.channelId },
    { channelId: place.channelId, lifecycle: 'open', unread: true },
    { contactKind: 'tutor' },
    { followUp: 'due' },
    { order: 'waiting', teamId },
    { from: '2025-06-01T00:00:00Z', to: '2025-06-02T00:00:00Z' },
    { lifecycle: 'closed', from: '2024-06-01T00:00:00Z', to: '2024-06-02T00:00:00Z' },
  ];
}

function listsOfTags({ place: { tags } }: Seeded): ConversationFilter[] {
  const [first, , third, , , , , last] = tags.common;
  const of = [first, third, last, tags.rare, tags.followUp].flatMap((tagId) => (tagId ? { tagId } : []));
  return [...of, ...of.map((filter) => ({ ...filter, lifecycle: 'open' as const }))];
}

function countsByFilter({ place: { tags } }: Seeded): ConversationFilter[] {
  return [{ lifecycle: 'open' }, { status: 'queued' }, { tagId: tags.common[0] ?? '' }, { tagId: tags.rare }];
}

/** Pages a year or two down the list, as somebody gets there who goes on and on. */
async function deepLists({ manager, agents }: Cast, { place }: Seeded, reading: Reading): Promise<Ask[]> {
  const asks: Ask[] = [];
  const filters: ConversationFilter[] = [{}, { lifecycle: 'closed' }, { tagId: place.tags.common[0] ?? '' }];
  for (const as of [manager, ...agents]) {
    for (const filter of filters) {
      for (const to of ['2025-07-01T00:00:00Z', '2024-07-01T00:00:00Z', '2023-03-01T00:00:00Z']) {
        const { nextCursor } = await listConversations(reading(as), { ...filter, to, limit: 1 });
        if (nextCursor) asks.push(list('listDeep', as, { ...filter, cursor: nextCursor }));
      }
    }
  }
  return asks;
}

/** Back through the conversation with thousands of messages. */
async function deepPages(as: Someone, id: string, reading: Reading): Promise<Ask[]> {
  const asks: Ask[] = [];
  for (let before: string | undefined; ; ) {
    const page = await getConversation(reading(as), { id, limit: 100, ...(before ? { before } : {}) });
    if (!page.before) return asks;
    before = page.before;
    if (asks.length < 60) asks.push(open('openDeep', as, { id, before }));
    else return asks;
  }
}

function list(figure: Figure, as: Someone, filter: ConversationFilter): Ask {
  const limited = { ...filter, limit: 50 };
  return { figure, as, path: `/api/conversations?${query(limited)}`, run: (ctx) => listConversations(ctx, limited) };
}

function open(figure: Figure, as: Someone, { id, before }: { id: string; before?: string }): Ask {
  const place = before === undefined ? {} : { before };
  return {
    ...{ figure, as, path: `/api/conversations/${id}?${query(place)}` },
    run: (ctx) => getConversation(ctx, { id, ...place }),
  };
}

function counts(figure: Figure, as: Someone, filter: ConversationFilter): Ask {
  return {
    ...{ figure, as, path: `/api/conversations/counts?${query(filter)}` },
    run: (ctx) => countConversations(ctx, filter),
  };
}

function find(as: Someone, q: string): Ask[] {
  return (['newest', 'relevance'] as const).map((order) => ({
    ...{ figure: 'search', as, path: `/api/search?${query({ q, order })}` },
    run: (ctx) => search(ctx, { q, order }),
  }));
}

function query(values: Record<string, string | number | boolean | undefined>): string {
  const texts = Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(texts).toString();
}

import { readNarrowing, writeNarrowing } from './narrowing.js';
import { type Group, groups, type Narrowing, type Place } from './places.js';
import { readQuestion, type SearchQuestion, writeQuestion } from './search/question.js';

/** Where the reader is. All of it stands in the address. */
export interface Route {
  readonly place: Place;
  readonly conversationId?: string | undefined;
  /** The message of the conversation that is meant. */
  readonly messageId?: string | undefined;
  readonly narrowing: Narrowing;
  /** What is looked for, where the place is a search. */
  readonly question?: SearchQuestion | undefined;
}

export const home: Route = { place: { kind: 'group', group: 'mine' }, narrowing: {} };

/** Reads an address; undefined for one that is none of ours. */
export function parseRoute(pathname: string, search = ''): Route | undefined {
  const [kind, ...parts] = pathname.split('/').filter(Boolean).map(decoded);
  if (kind === undefined) return home;
  // Of what was found, there is only one list.
  const [name, conversationId, ...rest] = kind === 'search' ? ['', ...parts] : parts;
  const place = placeOf(kind, name);
  if (!place || rest.length > 0) return undefined;
  const query = new URLSearchParams(search);
  const messageId = query.get('message');
  return {
    place,
    ...(conversationId ? { conversationId } : {}),
    ...(conversationId && messageId ? { messageId } : {}),
    narrowing: place.kind === 'search' ? {} : readNarrowing(query),
    ...(place.kind === 'search' ? { question: readQuestion(query) } : {}),
  };
}

/** The address of a route. */
export function hrefOf({ place, conversationId, messageId, narrowing, question }: Route): string {
  const path = [...pathOf(place), ...(conversationId ? [conversationId] : [])].map(encodeURIComponent).join('/');
  const query = new URLSearchParams();
  writeNarrowing(narrowing, query);
  if (question && place.kind === 'search') writeQuestion(question, query);
  if (conversationId && messageId) query.set('message', messageId);
  return `/${path}${query.size > 0 ? `?${query}` : ''}`;
}

/** Whether two places are the same list. */
export function samePlace(a: Place, b: Place): boolean {
  return pathOf(a).join('/') === pathOf(b).join('/');
}

function pathOf(place: Place): string[] {
  switch (place.kind) {
    case 'group':
      return ['inbox', place.group];
    case 'team':
      return ['teams', place.key];
    case 'channel':
      return ['channels', place.id];
    case 'view':
      return ['views', place.id];
    case 'search':
      return ['search'];
    case 'workload':
      return ['workload', place.key];
  }
}

function placeOf(kind: string, name: string | undefined): Place | undefined {
  if (kind === 'inbox' && name === undefined) return home.place;
  if (kind === 'inbox' && isGroup(name)) return { kind: 'group', group: name };
  if (kind === 'search') return { kind: 'search' };
  if (!name) return undefined;
  if (kind === 'teams') return { kind: 'team', key: name };
  if (kind === 'channels') return { kind: 'channel', id: name };
  if (kind === 'views') return { kind: 'view', id: name };
  if (kind === 'workload') return { kind: 'workload', key: name };
  return undefined;
}

function isGroup(name: string | undefined): name is Group {
  return groups.some((group) => group === name);
}

/** A part of a path that cannot be read stands for itself: then nothing is found under it. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

import { type Group, groups, type Narrowing, type Place } from './places.js';

/** Where the reader is. All of it stands in the address. */
export interface Route {
  readonly place: Place;
  readonly conversationId?: string | undefined;
  readonly narrowing: Narrowing;
}

export const home: Route = { place: { kind: 'group', group: 'mine' }, narrowing: {} };

/** Reads an address; undefined for one that is none of ours. */
export function parseRoute(pathname: string, search = ''): Route | undefined {
  const [kind, name, conversationId, ...rest] = pathname.split('/').filter(Boolean).map(decoded);
  if (kind === undefined) return home;
  const place = placeOf(kind, name);
  if (!place || rest.length > 0) return undefined;
  return { place, ...(conversationId ? { conversationId } : {}), narrowing: parseNarrowing(search) };
}

/** The address of a route. */
export function hrefOf({ place, conversationId, narrowing }: Route): string {
  const path = [...pathOf(place), ...(conversationId ? [conversationId] : [])].map(encodeURIComponent).join('/');
  const query = new URLSearchParams();
  if (narrowing.unread) query.set('unread', '1');
  if (narrowing.channelId) query.set('channel', narrowing.channelId);
  if (narrowing.assigneeId) query.set('assignee', narrowing.assigneeId);
  return `/${path}${query.size > 0 ? `?${query}` : ''}`;
}

/** Whether two places are the same list. */
export function samePlace(a: Place, b: Place): boolean {
  return pathOf(a).join('/') === pathOf(b).join('/');
}

function pathOf(place: Place): [string, string] {
  switch (place.kind) {
    case 'group':
      return ['inbox', place.group];
    case 'team':
      return ['teams', place.key];
    case 'channel':
      return ['channels', place.id];
  }
}

function placeOf(kind: string, name: string | undefined): Place | undefined {
  if (kind === 'inbox' && name === undefined) return home.place;
  if (kind === 'inbox' && isGroup(name)) return { kind: 'group', group: name };
  if (kind === 'teams' && name) return { kind: 'team', key: name };
  if (kind === 'channels' && name) return { kind: 'channel', id: name };
  return undefined;
}

function parseNarrowing(search: string): Narrowing {
  const query = new URLSearchParams(search);
  const [channelId, assigneeId] = [query.get('channel'), query.get('assignee')];
  return {
    ...(query.get('unread') === '1' ? { unread: true } : {}),
    ...(channelId ? { channelId } : {}),
    ...(assigneeId ? { assigneeId } : {}),
  };
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

import type { EphemeralItem } from '@tims/core';
import type { Client } from './client.js';

const typingMs = 6_000;

/** Who looks at what and types where, and what of it was not told yet. It knows nothing of who may. */
export interface Whereabouts {
  look(client: Client, conversationId: string | undefined): void;
  type(client: Client, conversationId: string | undefined): void;
  viewedBy(client: Client): string | undefined;
  typedInBy(client: Client): string | undefined;
  /** Those who look at something, or type. */
  clients(): Client[];
  /** Those who were not heard typing for a while. */
  silent(): Client[];
  /** Somebody looks or types there, or it was told that somebody does. */
  isInUse(conversationId: string): boolean;
  /** Who looks on is told anew with the next changes: for some of those who see it then it is the first time. */
  tellAnew(conversationId: string): void;
  /** What is not as it was told last; from here on it is. */
  changes(): EphemeralItem[];
  everything(): EphemeralItem[];
}

export function createWhereabouts(): Whereabouts {
  const viewing = new Map<Client, string>();
  const typing = new Map<Client, { conversationId: string; until: number }>();
  const told = new Map<string, { viewers: string; typists: ReadonlySet<string> }>();
  const dirty = new Set<string>();

  const viewersOf = (conversationId: string): string[] => {
    const users = new Set<string>();
    for (const [client, at] of viewing) if (at === conversationId) users.add(client.actor.id);
    return [...users].sort();
  };

  const typistsOf = (conversationId: string): Set<string> => {
    const users = new Set<string>();
    for (const [client, at] of typing) if (at.conversationId === conversationId) users.add(client.actor.id);
    return users;
  };

  const changed = (conversationId: string): EphemeralItem[] => {
    const before = told.get(conversationId) ?? { viewers: '', typists: new Set<string>() };
    const userIds = viewersOf(conversationId);
    const typists = typistsOf(conversationId);
    if (userIds.length + typists.size > 0) told.set(conversationId, { viewers: userIds.join(), typists });
    else told.delete(conversationId);
    const typed = (userId: string, on: boolean): EphemeralItem => ({ type: 'typing', conversationId, userId, on });
    return [
      ...(before.viewers === userIds.join() ? [] : [{ type: 'viewing' as const, conversationId, userIds }]),
      ...[...typists].filter((id) => !before.typists.has(id)).map((id) => typed(id, true)),
      ...[...before.typists].filter((id) => !typists.has(id)).map((id) => typed(id, false)),
    ];
  };

  return {
    look(client, conversationId) {
      const before = viewing.get(client);
      if (before !== undefined) dirty.add(before);
      viewing.delete(client);
      if (conversationId === undefined) return;
      dirty.add(conversationId);
      viewing.set(client, conversationId);
    },
    type(client, conversationId) {
      const before = typing.get(client);
      if (before) dirty.add(before.conversationId);
      typing.delete(client);
      if (conversationId === undefined) return;
      dirty.add(conversationId);
      typing.set(client, { conversationId, until: performance.now() + typingMs });
    },
    viewedBy: (client) => viewing.get(client),
    typedInBy: (client) => typing.get(client)?.conversationId,
    clients: () => [...new Set([...viewing.keys(), ...typing.keys()])],
    silent() {
      const now = performance.now();
      return [...typing].flatMap(([client, { until }]) => (until <= now ? client : []));
    },
    isInUse: (conversationId) => told.has(conversationId) || dirty.has(conversationId),
    tellAnew(conversationId) {
      const before = told.get(conversationId);
      // No list of ids is this.
      if (before) told.set(conversationId, { ...before, viewers: '?' });
      dirty.add(conversationId);
    },
    changes() {
      const items = [...dirty].flatMap(changed);
      dirty.clear();
      return items;
    },
    everything() {
      const conversations = new Set([...viewing.values(), ...[...typing.values()].map((one) => one.conversationId)]);
      return [...conversations].flatMap((conversationId): EphemeralItem[] => {
        const userIds = viewersOf(conversationId);
        return [
          ...(userIds.length > 0 ? [{ type: 'viewing' as const, conversationId, userIds }] : []),
          ...[...typistsOf(conversationId)].map((userId) => ({
            type: 'typing' as const,
            conversationId,
            userId,
            on: true,
          })),
        ];
      });
    },
  };
}

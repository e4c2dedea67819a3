import { getOwned, type Installation, type LoggedEvent, type Owned, reading } from '@tims/core';

const actor = { type: 'system', id: 'realtime' } as const;
const atOnce = 500;
const mostKept = 10_000;

/** Who sees the conversations of one organization that are looked at right now: read once, kept true by the log. */
export interface Sightings {
  /** Undefined for what was not loaded, and for what there is not. */
  of(conversationId: string): Owned | undefined;
  /** Reads those that are not known yet, in batches. */
  load(conversationIds: Iterable<string>): Promise<void>;
  /** Takes in what the log says of known ones; answers with those for whom somebody else may look from now on. */
  note(events: readonly LoggedEvent[]): Set<string>;
}

export function createSightings(
  installation: Installation,
  organization: string,
  isInUse: (conversationId: string) => boolean,
): Sightings {
  const ctx = reading(installation, organization, actor);
  const known = new Map<string, Owned>();
  /** What is being read: the log may tell of it before the answer is here, which is then older. */
  const asked = new Set<string>();
  return {
    of: (id) => known.get(id),
    async load(ids) {
      const missing = [...new Set(ids)].filter((id) => !known.has(id));
      if (known.size + missing.length > mostKept) for (const id of known.keys()) if (!isInUse(id)) known.delete(id);
      for (let start = 0; start < missing.length; start += atOnce) {
        const ids = missing.slice(start, start + atOnce);
        for (const id of ids) asked.add(id);
        const read = await getOwned(ctx, ids).finally(() => {
          for (const id of ids) asked.delete(id);
        });
        for (const [id, owned] of read) if (!known.has(id)) known.set(id, owned);
      }
    },
    note(events) {
      const moved = new Set<string>();
      for (const { conversationId, after } of events) {
        if (!conversationId || !after) continue;
        if (!known.has(conversationId) && !asked.has(conversationId)) continue;
        const { teamId, assigneeId, lifecycle, handler } = after;
        const owned = { teamId, assigneeId, lifecycle, handler };
        if (JSON.stringify(known.get(conversationId)) !== JSON.stringify(owned)) moved.add(conversationId);
        known.set(conversationId, owned);
      }
      return moved;
    },
  };
}

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
  return {
    of: (id) => known.get(id),
    async load(ids) {
      const missing = [...new Set(ids)].filter((id) => !known.has(id));
      if (known.size + missing.length > mostKept) for (const id of known.keys()) if (!isInUse(id)) known.delete(id);
      for (let start = 0; start < missing.length; start += atOnce) {
        const read = await getOwned(ctx, missing.slice(start, start + atOnce));
        // What the log told meanwhile is at least as new.
        for (const [id, owned] of read) if (!known.has(id)) known.set(id, owned);
      }
    },
    note(events) {
      const moved = new Set<string>();
      for (const { conversationId, after } of events) {
        if (!conversationId || !after || !known.has(conversationId)) continue;
        const { teamId, assigneeId, lifecycle, handler } = after;
        const owned = { teamId, assigneeId, lifecycle, handler };
        if (JSON.stringify(known.get(conversationId)) !== JSON.stringify(owned)) moved.add(conversationId);
        known.set(conversationId, owned);
      }
      return moved;
    },
  };
}

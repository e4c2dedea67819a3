import { type Draft, isTimsError, type Realtime, type Tims } from '@tims/sdk';
import { clean } from '../text/clean.js';
import type { Drafts } from './drafts.js';

/** Takes drafts of answers to the user's other devices, and theirs to this one. What is kept here stands first. */
export interface ServerDrafts {
  /** A conversation is open, and may be answered. */
  look(conversationId: string): void;
  close(): void;
}

interface Needs {
  readonly tims: Pick<Tims, 'drafts'>;
  readonly live: Pick<Realtime, 'subscribe'>;
  readonly drafts: Drafts;
  /** Somebody writes there at the moment: nothing changes under their fingers. */
  readonly isWriting: (conversationId: string) => boolean;
  readonly changed: () => void;
}

/** What the server has, as far as it told. */
interface Known {
  version: number;
  text: string;
}

/** So long after the last key a draft is taken along. */
const afterMs = 1_500;

export function openServerDrafts({ tims, live, drafts, isWriting, changed }: Needs): ServerDrafts {
  const known = new Map<string, Known>();
  const asked = new Set<string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function later(id: string): void {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => {
        timers.delete(id);
        // It is kept in the file: the next change, or the next start, takes it along.
        push(id).catch(() => asked.delete(id));
      }, afterMs),
    );
  }

  async function push(id: string): Promise<void> {
    const text = drafts.get(id);
    const before = known.get(id) ?? take(id, await tims.drafts.get({ id }, { retries: 0 }));
    if (text.trim() === before.text.trim()) return;
    if (text.trim() === '') {
      await tims.drafts.discard({ id }, { retries: 0 });
      before.text = '';
    } else take(id, await save(id, text, before.version));
  }

  /** Who writes here has seen more than who wrote there: the other one is told. */
  async function save(id: string, text: string, version: number): Promise<Draft> {
    try {
      return await tims.drafts.save({ id, text, version }, { retries: 0 });
    } catch (error) {
      if (!isTimsError(error, 'conflict')) throw error;
      const { version: newer } = await tims.drafts.get({ id }, { retries: 0 });
      return tims.drafts.save({ id, text, version: newer }, { retries: 0 });
    }
  }

  function take(id: string, { version, text }: Draft): Known {
    const next = { version, text };
    known.set(id, next);
    return next;
  }

  /** What another device wrote comes in where this one has nothing of its own. */
  async function pull(id: string): Promise<void> {
    const before = known.get(id)?.text ?? '';
    const draft = await tims.drafts.get({ id }, { retries: 0 });
    // One that is gone has no version of its own; else an older answer came late.
    if (draft.text !== '' && draft.version < (known.get(id)?.version ?? 0)) return;
    take(id, draft);
    const mine = drafts.get(id);
    if (mine.trim() === draft.text.trim() || isWriting(id)) return;
    if (mine.trim() !== '' && mine.trim() !== before.trim()) return later(id);
    // A program may have written it: what is edited here is shown as it is.
    drafts.set(id, clean(draft.text));
    changed();
  }

  const stopDrafts = drafts.subscribe((key) => {
    if (key.startsWith('cnv_') && drafts.get(key).trim() !== known.get(key)?.text.trim()) later(key);
  });
  const stopLive = live.subscribe((items) => {
    for (const item of items) {
      if (item.type !== 'event' || item.event.type !== 'draft.updated') continue;
      const { entityId, entityVersion } = item.event;
      if (entityVersion <= (known.get(entityId)?.version ?? 0)) continue;
      // Somebody who comes back to it later asks anew.
      if (known.has(entityId)) pull(entityId).catch(() => known.delete(entityId));
    }
  });

  return {
    look(id) {
      if (asked.has(id)) return;
      asked.add(id);
      pull(id).catch(() => asked.delete(id));
    },
    close() {
      stopDrafts();
      stopLive();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

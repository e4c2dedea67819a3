import { join } from 'node:path';
import type { Writing } from '../state/state.js';
import { readKept, writeKept } from './file.js';

/** What was begun and not sent, by conversation. Kept in a file, so that nothing that ends the program loses it. */
export interface Drafts {
  get(conversationId: string): string;
  /** Kept within a tenth of a second; an empty text forgets the draft. */
  set(conversationId: string, text: string): void;
  has(conversationId: string): boolean;
  /** Called with the key of each draft that was changed here. */
  subscribe(listener: (key: string) => void): () => void;
  /** Writes what is not in the file yet. */
  flush(): void;
}

/**
 * Under what a draft is kept: the answer under the conversation, a note beside it, a changed note by itself; feedback by
 * whom it is for, a note about a contact by the contact.
 */
export function draftKey(conversationId: string, { as, noteId, about }: Pick<Writing, 'as' | 'noteId' | 'about'>) {
  if (noteId) return `note:${noteId}`;
  if (about?.kind === 'feedback') return `feedback:${conversationId}:${about.userId}`;
  if (about) return `note:${about.contactId}`;
  return as === 'note' ? `note:${conversationId}` : conversationId;
}

/** How many are kept; the ones that were not touched for longest go first. */
const most = 200;
const delayMs = 100;

export function openDrafts(folder: string, onError: (error: unknown) => void = () => {}): Drafts {
  const path = join(folder, 'drafts.json');
  const drafts = read(path);
  const changed = new Set<string>();
  const listeners = new Set<(key: string) => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (changed.size === 0) return;
    // Another inbox of the same user may have written its own since.
    const kept = read(path);
    for (const id of changed) {
      const text = drafts.get(id);
      kept.delete(id);
      if (text) kept.set(id, text);
    }
    try {
      writeKept(path, JSON.stringify({ v: 1, drafts: [...kept].slice(-most) }));
      changed.clear();
    } catch (error) {
      onError(error);
    }
  }

  return {
    get: (id) => drafts.get(id) ?? '',
    has: (id) => (drafts.get(id) ?? '').trim() !== '',
    set(id, text) {
      if ((drafts.get(id) ?? '') === text) return;
      drafts.delete(id);
      if (text !== '') drafts.set(id, text);
      changed.add(id);
      timer ??= setTimeout(flush, delayMs);
      for (const listener of [...listeners]) listener(id);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    flush,
  };
}

function read(path: string): Map<string, string> {
  try {
    const kept: unknown = JSON.parse(readKept(path) ?? 'null');
    const list = typeof kept === 'object' && kept !== null && 'drafts' in kept ? kept.drafts : [];
    return new Map(Array.isArray(list) ? list.filter(isDraft) : []);
  } catch {
    return new Map();
  }
}

function isDraft(entry: unknown): entry is [string, string] {
  return Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string');
}

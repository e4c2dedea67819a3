import type { Outgoing } from './outbox.js';

const format = 1;

/** What is kept of the entries: the ones that the server may not have yet. */
export function writeEntries(entries: readonly Outgoing[]): string {
  return JSON.stringify({ v: format, entries: entries.filter(({ state }) => state !== 'sent') });
}

/** What was kept; nothing where it cannot be read. What was being sent is asked again, under its key. */
export function readEntries(text: string | null | undefined): readonly Outgoing[] {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (!isObject(kept) || kept.v !== format || !Array.isArray(kept.entries)) return [];
    return kept.entries
      .filter(isEntry)
      .map((entry) => (entry.state === 'sending' ? { ...entry, state: 'queued' } : entry));
  } catch {
    return [];
  }
}

/** The storage is the user's: anything may stand in it. */
function isEntry(value: unknown): value is Outgoing {
  return (
    isObject(value) &&
    ['key', 'conversationId', 'text', 'createdAt'].every((name) => typeof value[name] === 'string') &&
    ['queued', 'sending', 'refused'].includes(String(value.state))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

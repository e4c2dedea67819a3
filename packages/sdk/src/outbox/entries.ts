import type { Outgoing } from './outgoing.js';

const format = 1;

/** What is kept of the entries: the ones that the server may not have yet. */
export function writeEntries(entries: readonly Outgoing[]): string {
  return JSON.stringify({ v: format, entries: entries.filter(({ state }) => state !== 'sent') });
}

/**
 * What was kept; nothing where it cannot be read. What was being sent is asked again, under its key: it may have arrived,
 * and like everything that was tried it has an error.
 */
export function readEntries(text: string | null | undefined): readonly Outgoing[] {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (!isObject(kept) || kept.v !== format || !Array.isArray(kept.entries)) return [];
    // Who merges what several programs left may have one entry twice.
    return [...new Map(kept.entries.filter(isEntry).map((entry) => [entry.key, restored(entry)])).values()];
  } catch {
    return [];
  }
}

const interrupted = { code: 'interrupted', message: 'The program ended while it was being sent.' };

function restored({ key, conversationId, text, replyTo, after, force, createdAt, state, error }: Outgoing): Outgoing {
  const told = isError(error) ? error : state === 'sending' || error ? interrupted : undefined;
  return {
    key,
    conversationId,
    text,
    ...(typeof replyTo === 'string' ? { replyTo } : {}),
    after: typeof after === 'string' ? after : undefined,
    ...(force === true ? { force } : {}),
    createdAt,
    state: state === 'refused' ? 'refused' : 'queued',
    ...(told ? { error: told } : {}),
  };
}

/** What the server takes as an idempotency key; with another, no request could be made. */
const keyPattern = /^[\x21-\x7e]{1,128}$/;

/** The storage is the user's: anything may stand in it. */
function isEntry(value: unknown): value is Outgoing {
  return (
    isObject(value) &&
    ['key', 'conversationId', 'text', 'createdAt'].every((name) => typeof value[name] === 'string') &&
    keyPattern.test(String(value.key)) &&
    ['queued', 'sending', 'refused'].includes(String(value.state))
  );
}

function isError(value: unknown): boolean {
  return isObject(value) && typeof value.code === 'string' && typeof value.message === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import { isTimsError, type RealtimeItem, type Draft as ServerDraft, type Tims, TimsApiError } from '@tims/sdk';
import { type Draft, emptyDraft, isEmpty, isSameDraft, type KeptDraft } from './drafts.js';

export interface DraftSyncOptions {
  conversationId: string;
  tims: Pick<Tims, 'drafts'>;
  live: { subscribe(listener: (items: readonly RealtimeItem[]) => void): () => void };
  storage: { load(): KeptDraft; save(draft: KeptDraft): void };
  /** Something is on its way into the conversation: its arrival ends the draft at the server, so nothing is saved before. */
  isSending(): boolean;
  /** How long a pause in typing is, in milliseconds. */
  pauseMs?: number | undefined;
}

/**
 * A draft that follows its writer from device to device. What was typed stands in the browser at once and at the server
 * after a pause. The rule where two devices differ: what comes from elsewhere shows here as long as everything typed
 * here has been saved; what was typed here in the meantime (offline, or in the same second) is put behind what the
 * other device had. Nothing that was typed is lost, and what was sent or thrown away elsewhere goes away here.
 */
export interface DraftSync {
  getSnapshot(): Draft;
  subscribe(listener: () => void): () => void;
  write(draft: Draft): void;
  /** What stands was given to be sent. */
  sent(): void;
  /** Another tab of this browser wrote, and saves it itself. */
  adopt(draft: KeptDraft): void;
  /** Follows the server until the returned function is called. */
  start(): () => void;
  /** Saves at once what waits to be saved: what is on its way may have arrived, or the page goes. */
  flush(): void;
}

const retryMs = 5_000;

export function createDraftSync(options: DraftSyncOptions): DraftSync {
  const { conversationId: id, tims, live, storage, isSending, pauseMs = 800 } = options;
  const listeners = new Set<() => void>();
  let draft = storage.load();
  let shown: Draft = contentOf(draft);
  let following = false;
  let busy = false;
  /** The server has none. */
  let gone = false;
  /** The highest version that was told of. */
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function enter(change: Partial<KeptDraft> & Draft): void {
    draft = { version: draft.version, unsaved: draft.unsaved, ...change };
    // The version of one that is gone is worth nothing to a later page.
    storage.save(gone && isEmpty(draft) ? { ...draft, version: 0 } : draft);
    show();
  }

  function show(): void {
    if (isSameDraft(draft, shown)) return;
    shown = contentOf(draft);
    for (const listener of [...listeners]) listener();
  }

  /** One request after the other: an answer is never about something older than the one before. */
  async function inTurn(work: () => Promise<void>): Promise<void> {
    if (busy || !following) return;
    busy = true;
    let again = pauseMs;
    try {
      await work();
    } catch (error) {
      const stands = isTimsError(error, 'conflict') && 'members' in error ? asDraft(error.members.draft) : undefined;
      if (stands) take(stands);
      // What is refused stays in the browser, until another key or another connection.
      else again = mayPass(error) ? retryMs : Number.POSITIVE_INFINITY;
    }
    busy = false;
    if (!following || again === Number.POSITIVE_INFINITY) return;
    if (again === pauseMs && told > draft.version) void inTurn(load);
    else if (draft.unsaved && timer === undefined) later(again);
  }

  async function load(): Promise<void> {
    const upTo = told;
    take(await tims.drafts.get({ id }));
    // One that is gone does not say which version it had.
    if (draft.version < upTo) enter({ ...contentOf(draft), version: upTo });
  }

  function take({ text, replyTo, version }: Pick<ServerDraft, 'text' | 'replyTo' | 'version'>): void {
    const theirs: Draft = { text, ...(replyTo === null ? {} : { replyTo }) };
    gone = version === 0;
    if (gone) {
      if (!draft.unsaved) enter(emptyDraft);
    } else if (version > draft.version) {
      if (isSameDraft(theirs, draft)) enter({ ...theirs, version, unsaved: false });
      else if (!draft.unsaved) enter({ ...theirs, version });
      else enter({ ...joined(theirs, draft), version });
    }
  }

  async function save(): Promise<void> {
    const saved = contentOf(draft);
    if (isEmpty(saved)) {
      if (!gone) await tims.drafts.discard({ id });
      gone = true;
      if (isEmpty(draft)) enter({ ...emptyDraft, unsaved: false });
      return;
    }
    const { text, replyTo = null } = saved;
    const { version } = await tims.drafts.save({ id, text, replyTo, version: draft.version });
    gone = false;
    enter({ ...contentOf(draft), version, unsaved: !isSameDraft(saved, draft) });
  }

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(flush, ms);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (draft.unsaved && !isSending()) void inTurn(save);
  }

  function hear(item: RealtimeItem): void {
    if (item.type === 'resync_required' || item.type === 'ready') {
      void inTurn(load);
    } else if (item.type === 'event' && item.event.type === 'draft.updated' && item.event.entityId === id) {
      told = Math.max(told, item.event.entityVersion);
      // While something is saved, its own event comes before its answer.
      if (told > draft.version) void inTurn(load);
    }
  }

  return {
    getSnapshot: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    write(next) {
      if (isSameDraft(next, draft)) return;
      enter({ ...next, unsaved: true });
      later(pauseMs);
    },
    sent() {
      clearTimeout(timer);
      timer = undefined;
      enter({ ...emptyDraft, unsaved: false });
    },
    adopt(next) {
      draft = { ...next, unsaved: false };
      show();
    },
    start() {
      following = true;
      const end = live.subscribe((items) => items.forEach(hear));
      void inTurn(load);
      return () => {
        flush();
        following = false;
        end();
      };
    },
    flush,
  };
}

/** Whether the same request may succeed later. A session that ended comes back with another connection. */
function mayPass(error: unknown): boolean {
  return !(error instanceof TimsApiError) || error.status >= 500 || error.status === 429;
}

function contentOf({ text, replyTo }: Draft): Draft {
  return { text, ...(replyTo === undefined ? {} : { replyTo }) };
}

/** What was typed here behind what another device had, unless one goes on where the other stopped. */
function joined(theirs: Draft, mine: Draft): Draft {
  const replyTo = mine.replyTo ?? theirs.replyTo;
  const quoting = replyTo === undefined ? {} : { replyTo };
  if (mine.text.startsWith(theirs.text)) return { text: mine.text, ...quoting };
  if (theirs.text.startsWith(mine.text)) return { text: theirs.text, ...quoting };
  return { text: `${theirs.text}\n\n${mine.text}`, ...quoting };
}

function asDraft(value: unknown): Pick<ServerDraft, 'text' | 'replyTo' | 'version'> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { text, replyTo, version }: { text?: unknown; replyTo?: unknown; version?: unknown } = value;
  if (typeof text !== 'string' || typeof version !== 'number') return undefined;
  return { text, replyTo: typeof replyTo === 'string' ? replyTo : null, version };
}

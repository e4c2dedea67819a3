import { type Draft, type Input, type RealtimeItem, TimsApiError, TimsNetworkError } from '@tims/sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDraftSync, type DraftSync } from '../src/inbox-kit/thread/composer/draft-sync.js';
import { type KeptDraft, parse } from '../src/inbox-kit/thread/composer/drafts.js';

/** The drafts of one user, as the server keeps them, and the sockets of their devices. */
let stored: { text: string; replyTo: string | null; version: number } | undefined;
let listeners: Set<(items: readonly RealtimeItem[]) => void>;
let saves: string[];
let down: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  [stored, listeners, saves, down] = [undefined, new Set(), [], false];
});
afterEach(() => {
  vi.useRealTimers();
});

const pause = () => vi.advanceTimersByTimeAsync(1_000);

function device(kept: KeptDraft = parse(undefined)) {
  let [disk, deaf, sending] = [kept, false, false];
  const sync: DraftSync = createDraftSync({
    conversationId: 'cnv_1',
    tims: { drafts: { get, save, discard, list: () => Promise.reject(new Error('not here')) } as never },
    live: {
      subscribe(listener) {
        const hear = (items: readonly RealtimeItem[]) => void (deaf || listener(items));
        listeners.add(hear);
        return () => {
          listeners.delete(hear);
        };
      },
    },
    storage: {
      load: () => disk,
      save: (draft) => {
        disk = draft;
      },
    },
    isSending: () => sending,
  });
  const stop = sync.start();
  return {
    sync,
    stop,
    text: () => sync.getSnapshot().text,
    write: (text: string) => sync.write({ ...sync.getSnapshot(), text }),
    disk: () => disk,
    hears(on: boolean) {
      deaf = !on;
    },
    sends(on: boolean) {
      sending = on;
    },
  };
}

async function get(): Promise<Draft> {
  if (down) throw new TimsNetworkError(new Error('socket hang up'));
  return shown();
}

async function save({ text, replyTo, version }: Input<'drafts.save'>): Promise<Draft> {
  if (down) throw new TimsNetworkError(new Error('socket hang up'));
  if (stored && version < stored.version) {
    throw new TimsApiError(new Response(null, { status: 409 }), {
      code: 'conflict',
      title: 'Written on',
      draft: shown(),
    });
  }
  saves.push(text);
  stored = { text, replyTo: replyTo ?? null, version: Math.max(version, stored?.version ?? 0) + 1 };
  tell(stored.version);
  return shown();
}

async function discard(): Promise<undefined> {
  if (!stored) return;
  const { version } = stored;
  stored = undefined;
  tell(version + 1);
}

function shown(): Draft {
  const draft = stored ?? { text: '', replyTo: null, version: 0 };
  return { conversationId: 'cnv_1', ...draft, updatedAt: null };
}

function tell(entityVersion: number): void {
  const event = { type: 'draft.updated', entityId: 'cnv_1', entityVersion };
  for (const listener of listeners) listener([{ type: 'event', event } as never]);
}

describe('a draft', () => {
  it('is saved after a pause, once, and shows on the other device', async () => {
    const [here, there] = [device(), device()];
    await pause();
    for (const text of ['G', 'Go', 'Good']) here.write(text);
    await pause();
    expect(saves).toEqual(['Good']);
    expect(there.text()).toBe('Good');
    there.write('Good morning');
    await pause();
    expect(here.text()).toBe('Good morning');
  });

  it('is there where a device comes later, and goes when it was sent elsewhere', async () => {
    const here = device();
    here.write('Good');
    await pause();
    const there = device();
    await pause();
    expect(there.text()).toBe('Good');
    there.sync.sent();
    await discard();
    await pause();
    expect([here.text(), there.text(), stored]).toEqual(['', '', undefined]);
    expect(here.disk()).toEqual({ text: '', version: 0, unsaved: false });
  });

  it('goes where somebody throws it away', async () => {
    const [here, there] = [device(), device()];
    here.write('Good');
    await pause();
    there.write('');
    await pause();
    expect([here.text(), stored]).toEqual(['', undefined]);
  });

  it('keeps what both devices wrote while they could not hear each other', async () => {
    const [here, there] = [device(), device()];
    here.hears(false);
    there.write('From the train');
    await pause();
    here.write('From the desk');
    await pause();
    await pause();
    expect(here.text()).toBe('From the train\n\nFrom the desk');
    expect(there.text()).toBe(here.text());
  });

  it('takes the longer one where one goes on from the other', async () => {
    const [here, there] = [device(), device()];
    here.hears(false);
    there.write('Good');
    await pause();
    here.write('Good morning');
    await pause();
    await pause();
    expect([here.text(), there.text()]).toEqual(['Good morning', 'Good morning']);
  });

  it('waits in the browser while the server cannot be reached, over a reload', async () => {
    const here = device();
    down = true;
    here.write('Good');
    await pause();
    here.stop();
    expect(here.disk()).toEqual({ text: 'Good', version: 0, unsaved: true });
    down = false;
    const again = device(here.disk());
    await pause();
    await pause();
    expect([again.text(), stored?.text]).toEqual(['Good', 'Good']);
  });

  it('does not come back from the server while what it said is on its way', async () => {
    const here = device();
    here.write('Good morning');
    await pause();
    here.sends(true);
    here.sync.sent();
    here.write('And');
    await pause();
    expect(saves).toEqual(['Good morning']);
    // A reload before it has arrived.
    const again = device({ text: '', version: stored?.version ?? 0, unsaved: false });
    await pause();
    expect(again.text()).toBe('');
    await discard();
    here.sends(false);
    here.sync.flush();
    await pause();
    expect([here.text(), stored?.text]).toEqual(['And', 'And']);
  });

  it('stands still where the server refuses it', async () => {
    const here = device();
    await pause();
    const refused = vi
      .fn()
      .mockRejectedValue(new TimsApiError(new Response(null, { status: 403 }), { code: 'forbidden', title: 'No' }));
    const sync = createDraftSync({
      conversationId: 'cnv_1',
      tims: { drafts: { get: refused, save: refused, discard: refused } as never },
      live: { subscribe: () => () => {} },
      storage: { load: () => parse(undefined), save: () => {} },
      isSending: () => false,
    });
    sync.start();
    sync.write({ text: 'Good' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refused.mock.calls.length).toBeLessThanOrEqual(2);
    expect(sync.getSnapshot().text).toBe('Good');
    here.stop();
  });
});

describe('what is kept', () => {
  it('of a browser that has never saved it is saved', () => {
    expect(parse('{"text":"Good","replyTo":"msg_1"}')).toEqual({
      text: 'Good',
      replyTo: 'msg_1',
      version: 0,
      unsaved: true,
    });
  });

  it.each(['null', '[]', '{', '{"text":1,"version":"x"}', '{"version":-1.5}'])('survives %s', (kept) => {
    expect(parse(kept)).toEqual({ text: '', version: 0, unsaved: false });
  });
});

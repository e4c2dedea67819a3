import { isCollision, openCollision } from './acts/colliding.js';
import { whatOf } from './acts/notifying.js';
import type { Controls } from './controls.js';
import { openServerDrafts } from './keep/server-drafts.js';
import { writingOf } from './state/state.js';

/** What goes on between this inbox and those of colleagues: who looks where, who was faster, what they tell. */
export interface Company {
  look(): void;
  /** Somebody is there. */
  touched(): void;
  close(): void;
}

/** So long without a key, and nobody is there. */
const awayMs = 5 * 60_000;

/** @param changed to be called when there is something else to see */
export function createCompany(controls: Controls, changed: () => void): Company {
  const { feed, terminal, keymap, tims, drafts } = controls;
  const asked = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const { state, data } = controls;
    const sees = state.pane === 'thread' && data.page !== undefined && !data.page.preview;
    feed.live.view(sees ? (state.open ?? null) : null);
    if (sees && state.open) serverDrafts.look(state.open);
    if (state.mode.name === 'browse' && state.pane === 'thread' && data.page) askOnCollision();
  }

  /** Once for each answer that was overtaken; later the key for sending again asks. */
  function askOnCollision(): void {
    const { open } = controls.state;
    const overtaken = feed.outbox
      .getSnapshot()
      .find((one) => one.conversationId === open && isCollision(one) && !asked.has(one.key));
    if (!overtaken) return;
    asked.add(overtaken.key);
    openCollision(controls, overtaken);
  }

  function touched(): void {
    feed.live.presence('online');
    clearTimeout(timer);
    timer = setTimeout(() => feed.live.presence('away'), awayMs);
  }

  const serverDrafts = openServerDrafts({
    tims,
    live: feed.live,
    drafts,
    isWriting: (id) => controls.state.open === id && writingOf(controls.state.mode)?.as === 'answer',
    changed,
  });
  const stop = feed.notifications.subscribe((fresh) => {
    const last = fresh.at(-1);
    if (!last) return;
    terminal.bell();
    controls.say(`${whatOf(last, controls.data.people)}. ${keymap.keyOf('notifications')} shows it.`);
  });
  touched();

  return {
    look,
    touched,
    close() {
      clearTimeout(timer);
      stop();
      serverDrafts.close();
    },
  };
}

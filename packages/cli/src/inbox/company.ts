import { isCollision, openCollision } from './acts/colliding.js';
import { whatOf } from './acts/notifying.js';
import type { Controls } from './controls.js';

/** What goes on between this inbox and those of colleagues: who looks where, who was faster, what they tell. */
export interface Company {
  look(): void;
  /** Somebody is there. */
  touched(): void;
  close(): void;
}

/** So long without a key, and nobody is there. */
const awayMs = 5 * 60_000;

export function createCompany(controls: Controls): Company {
  const { feed, terminal, keymap } = controls;
  const asked = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const { state, data } = controls;
    const sees = state.pane === 'thread' && data.page !== undefined && !data.page.preview;
    feed.live.view(sees ? (state.open ?? null) : null);
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
    },
  };
}

import type { Notice, State } from './state/state.js';

/** The one line about what just happened: it stays for a while, and goes with the next key after it could be read. */
export interface Notices {
  say(text: string, tone?: Notice['tone']): void;
  /** A key is pressed. */
  pass(): void;
  close(): void;
}

const noticeMs = 6_000;
/** A notice stays at least so long, and goes with the next key after. */
const readMs = 700;

interface Holder {
  state: State;
}

/** @param tell called when it went by itself */
export function createNotices(holder: Holder, tell: () => void, now: () => number): Notices {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let noticedAt = 0;
  return {
    say(text, tone = 'said') {
      holder.state = { ...holder.state, notice: { text, tone } };
      noticedAt = now();
      clearTimeout(timer);
      timer = setTimeout(() => {
        holder.state = { ...holder.state, notice: undefined };
        tell();
      }, noticeMs);
    },
    pass() {
      if (holder.state.notice && now() - noticedAt > readMs) holder.state = { ...holder.state, notice: undefined };
    },
    close: () => clearTimeout(timer),
  };
}

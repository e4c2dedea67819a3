import type { State } from './state.js';

/** A line of the conversation belongs to an item: a message, or what is on its way to become one. */
export interface ItemLine {
  readonly item: string;
}

/** Where the window over the lines begins. Older messages that are put before do not move what is shown. */
export function topLine({ scroll }: State, lines: readonly ItemLine[], height: number): number {
  const bottom = Math.max(0, lines.length - height);
  if (!scroll) return bottom;
  const first = lines.findIndex(({ item }) => item === scroll.item);
  return first === -1 ? bottom : Math.min(first + scroll.line, bottom);
}

/** Scrolls so many lines. Reaching the end follows the newest again. */
export function scrollBy(state: State, lines: readonly ItemLine[], height: number, by: number): State {
  const bottom = Math.max(0, lines.length - height);
  const top = Math.max(0, Math.min(topLine(state, lines, height) + by, bottom));
  if (top >= bottom) return state.scroll ? { ...state, scroll: undefined } : state;
  const item = lines[top]?.item ?? '';
  const first = lines.findIndex((line) => line.item === item);
  return { ...state, scroll: { item, line: top - first } };
}

import type { State } from './state.js';

interface Row {
  readonly id: string;
}

/**
 * The cursor after the rows changed: it stays with its conversation wherever that went; when it is gone, what came in
 * its place is selected.
 */
export function followRows(state: State, rows: readonly Row[], height: number): State {
  const { selected } = state;
  const found =
    rows[selected.index]?.id === selected.id ? selected.index : rows.findIndex(({ id }) => id === selected.id);
  const index = found >= 0 ? found : Math.max(0, Math.min(selected.index, rows.length - 1));
  return inView(withSelected(state, rows, index), rows.length, height);
}

/** Moves the cursor so many rows, as far as there are any. */
export function moveSelection(state: State, rows: readonly Row[], height: number, by: number): State {
  return selectIndex(state, rows, height, state.selected.index + by);
}

export function selectIndex(state: State, rows: readonly Row[], height: number, index: number): State {
  const inside = Math.max(0, Math.min(index, rows.length - 1));
  return inView(withSelected(state, rows, inside), rows.length, height);
}

/** Scrolls the list without the cursor, which is taken along only when it would go out of sight. */
export function scrollList(state: State, rows: readonly Row[], height: number, by: number): State {
  const listTop = clampTop(state.listTop + by, rows.length, height);
  const index = Math.max(listTop, Math.min(state.selected.index, listTop + height - 1, rows.length - 1));
  return { ...withSelected(state, rows, Math.max(0, index)), listTop };
}

function withSelected(state: State, rows: readonly Row[], index: number): State {
  const id = rows[index]?.id;
  if (state.selected.id === id && state.selected.index === index) return state;
  return { ...state, selected: { id, index } };
}

function inView(state: State, count: number, height: number): State {
  const { index } = state.selected;
  const least = Math.max(0, index - height + 1);
  const listTop = clampTop(Math.max(least, Math.min(state.listTop, index)), count, height);
  return listTop === state.listTop ? state : { ...state, listTop };
}

function clampTop(top: number, count: number, height: number): number {
  return Math.max(0, Math.min(top, count - height));
}

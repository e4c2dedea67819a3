import type { Controls } from '../controls.js';
import { rowsShown } from '../state/layout.js';
import { newPick } from '../state/pick.js';
import { moveSelection, selectIndex } from '../state/selection.js';
import { lookInto, type State } from '../state/state.js';
import { openPick } from './opening.js';

export function move(controls: Controls, by: number) {
  const { state, data, layout } = controls;
  if (state.mode.name === 'help') return controls.set(scrollHelp(state, by));
  if (state.pane === 'thread') return controls.scrollThread(by);
  const height = rowsShown(layout);
  const next = Number.isFinite(by)
    ? moveSelection(state, data.rows, height, by)
    : selectIndex(state, data.rows, height, by < 0 ? 0 : data.rows.length - 1);
  controls.set(next);
}

export function page(controls: Controls, by: 1 | -1) {
  const { state, layout } = controls;
  const inThread = state.pane === 'thread' || state.mode.name === 'write';
  const height =
    state.mode.name === 'help' ? layout.height - 4 : inThread ? (layout.messages?.height ?? 1) : rowsShown(layout);
  const lines = by * Math.max(1, height - 1);
  if (state.mode.name === 'write') controls.scrollThread(lines);
  else move(controls, lines);
}

function scrollHelp(state: State, by: number): State {
  if (state.mode.name !== 'help') return state;
  // The view holds it inside of what there is.
  const top = Math.max(0, Math.min(1_000, state.mode.top + (Number.isFinite(by) ? by : Math.sign(by) * 1_000)));
  return { ...state, mode: { name: 'help', top } };
}

/** To the last; in a list, all of it is loaded on the way. */
export function moveToLast(controls: Controls) {
  move(controls, Number.POSITIVE_INFINITY);
  if (controls.state.pane === 'list' && controls.state.mode.name === 'browse') controls.loadAll();
}

export function openSelected(controls: Controls) {
  const { id } = controls.state.selected;
  if (id) controls.openConversation(id, 'thread');
}

export function goBack(controls: Controls) {
  const { state } = controls;
  if (state.pane === 'thread') controls.set({ ...state, pane: 'list' });
  else if (state.marked.size > 0) controls.set({ ...state, marked: new Set() });
  else if (state.query !== '') controls.set(lookInto(state, { query: '' }));
}

export function switchPane(controls: Controls) {
  const { state } = controls;
  if (state.pane === 'thread') controls.set({ ...state, pane: 'list' });
  else openSelected(controls);
}

export function stepGroup(controls: Controls, by: 1 | -1) {
  const { state, data } = controls;
  const at = data.groups.findIndex(({ id }) => id === data.group.id);
  const next = data.groups[(at + by + data.groups.length) % data.groups.length];
  if (next) controls.set({ ...lookInto(state, { group: next.id }), pane: 'list' });
}

export function chooseGroup(controls: Controls, key: string, argument?: string) {
  const { state, data, keymap } = controls;
  const keys = keymap.bindings.find(({ act }) => act === 'group')?.keys ?? [];
  const word = argument?.toLowerCase();
  const found = word
    ? data.groups.find(({ name }) => name.toLowerCase().startsWith(word))
    : data.groups[keys.indexOf(key)];
  if (found) controls.set({ ...lookInto(state, { group: found.id }), pane: 'list' });
  else if (word) controls.say(`There is no group "${argument}".`, 'bad');
  else if (key === '') {
    const options = data.groups.map(({ id, name, count }) => ({
      id,
      label: name,
      detail: count ? String(count.total) : '',
    }));
    openPick(controls, newPick({ kind: 'group', title: 'Go to', options }));
  }
}

export function nextUnread(controls: Controls) {
  const { state, data, layout } = controls;
  const { index } = state.selected;
  const order = [...data.rows.keys()].map((offset) => (index + 1 + offset) % data.rows.length);
  const found = order.find((at) => (data.rows[at]?.unreadCount ?? 0) > 0);
  const row = found === undefined ? undefined : data.rows[found];
  if (found === undefined || !row) return controls.say('Nothing is unread here.');
  controls.set(selectIndex(state, data.rows, rowsShown(layout), found));
  if (state.pane === 'thread') controls.openConversation(row.id, 'thread');
}

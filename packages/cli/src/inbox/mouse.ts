import type { Controls } from './controls.js';
import { contains, rowsShown } from './state/layout.js';
import { matching, movePick } from './state/pick.js';
import { scrollList, selectIndex } from './state/selection.js';
import { lookInto } from './state/state.js';
import { firstOption } from './view/drawer-lines.js';
import { groupRows, tabsOf } from './view/groups-lines.js';

interface Place {
  readonly x: number;
  readonly y: number;
}

const wheelLines = 3;

/** The wheel moves what is under the pointer, wherever the keys go. */
export function wheel(controls: Controls, { x, y, by }: Place & { by: 1 | -1 }) {
  const { state, data, layout } = controls;
  if (state.mode.name === 'help') return controls.run(by > 0 ? 'down' : 'up');
  if (state.mode.name === 'pick' && contains(layout.drawer, x, y)) {
    return controls.set({ ...state, mode: { ...state.mode, pick: movePick(state.mode.pick, by) } });
  }
  if (contains(layout.thread, x, y)) controls.scrollThread(by * wheelLines);
  else if (contains(layout.list, x, y)) controls.set(scrollList(state, data.rows, rowsShown(layout), by * wheelLines));
}

/** A click goes where it points; on the row at the cursor it opens the conversation. */
export function click(controls: Controls, { x, y }: Place) {
  const { state, data, layout } = controls;
  const { groups, tabs, list, thread, composer, drawer } = layout;
  if (state.mode.name === 'help') return controls.run('close-help');
  if (contains(drawer, x, y)) return clickDrawer(controls, y - drawer.y);
  if (state.mode.name === 'pick' || state.mode.name === 'filter' || state.mode.name === 'ask') controls.run('leave');
  if (contains(tabs, x, y)) {
    const tab = tabsOf(data.groups, { current: data.group.id, width: tabs.width }).findLast((one) => one.x <= x);
    if (tab) look(controls, tab.group.id);
  } else if (contains(groups, x, y)) {
    const row = groupRows(data.groups)[y - groups.y];
    if (row && 'group' in row) look(controls, row.group.id);
  } else if (contains(list, x, y)) {
    clickList(controls, state.listTop + Math.floor((y - list.y) / layout.rowHeight));
  } else if (contains(composer, x, y) && state.mode.name !== 'write') {
    controls.run('reply');
  } else if (contains(thread, x, y) && state.open && state.mode.name === 'browse') {
    controls.set({ ...controls.state, pane: 'thread' });
  }
}

function look(controls: Controls, group: string) {
  if (controls.state.mode.name === 'write') controls.run('leave');
  controls.set({ ...lookInto(controls.state, { group }), pane: 'list' });
}

function clickList(controls: Controls, index: number) {
  const { data, layout } = controls;
  const row = data.rows[index];
  if (!row) return;
  if (controls.state.mode.name === 'write') controls.run('leave');
  const again = controls.state.selected.id === row.id && controls.state.pane === 'list';
  controls.set({ ...selectIndex(controls.state, data.rows, rowsShown(layout), index), pane: 'list' });
  if (again) controls.run('open');
}

function clickDrawer(controls: Controls, row: number) {
  const { state, layout } = controls;
  if (state.mode.name === 'write' && row > 0) {
    controls.set({ ...state, mode: { ...state.mode, completion: row - 1 } });
    return controls.run('complete');
  }
  if (state.mode.name !== 'pick' || !layout.drawer || row < 2) return;
  const { pick } = state.mode;
  const chosen = firstOption(pick, layout.drawer.height) + row - 2;
  if (!matching(pick)[chosen]) return;
  controls.set({ ...state, mode: { ...state.mode, pick: { ...pick, chosen } } });
  controls.run('choose');
}

import { layField } from '../text/field.js';
import { matching } from './pick.js';
import { type State, writingOf } from './state.js';

/** A part of the screen, in columns and rows from the upper left. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything stands. What is undefined is not shown at this size. */
export interface Layout {
  readonly width: number;
  /** One less than the terminal has: Ink clears the whole screen when it is full. */
  readonly height: number;
  readonly banner: boolean;
  readonly tabs: Area | undefined;
  /** The line with the titles. */
  readonly titles: Area;
  readonly groups: Area | undefined;
  readonly list: Area | undefined;
  /** Rows of the list that one conversation takes. */
  readonly rowHeight: 1 | 2;
  /** The whole column of the conversation: facts, messages, and what is written. */
  readonly thread: Area | undefined;
  readonly messages: Area | undefined;
  /** The pinned note has a line between facts and messages. */
  readonly pinned: boolean;
  readonly composer: Area | undefined;
  /** Where is chosen or the filter is written, over the whole width. */
  readonly drawer: Area | undefined;
  readonly status: Area;
  /** Too small to draw anything useful. */
  readonly tooSmall: boolean;
}

/** From so many columns on, list and conversation stand side by side; from so many, the groups beside them. */
const sideBySideFrom = 100;
const groupsFrom = 116;

export function isWide(state: { columns: number }): boolean {
  return state.columns >= sideBySideFrom;
}

export interface Parts {
  readonly banner: boolean;
  /** A line of its own for the pinned note. */
  readonly pinned?: boolean;
  /** How many things there are that complete what is being written. */
  readonly completions?: number;
}

export function layOut(state: State, { banner, pinned = false, completions = 0 }: Parts): Layout {
  const { columns: width, rows, pane, mode } = state;
  const height = Math.max(1, rows - 1);
  const wide = isWide(state);
  const withGroups = width >= groupsFrom;
  const showThread = wide || pane === 'thread';
  const showList = wide || pane === 'list';
  const tabsY = banner ? 1 : 0;
  const withTabs = !withGroups && showList;
  const titlesY = tabsY + (withTabs ? 1 : 0);
  const top = titlesY + 1;
  const drawerHeight = drawerRows(state, height, completions);
  const body = Math.max(1, height - top - 1 - drawerHeight);

  const groupsWidth = width >= 132 ? 26 : 20;
  const groups = withGroups ? { x: 0, y: top, width: groupsWidth, height: body } : undefined;
  const left = groups ? groupsWidth + 1 : 0;
  const listWidth = wide ? Math.min(56, Math.max(36, Math.floor((width - left) * 0.4))) : width;
  const list = showList ? { x: left, y: top, width: listWidth, height: body } : undefined;
  const threadX = wide ? left + listWidth + 1 : 0;
  const thread = showThread ? { x: threadX, y: top, width: width - threadX, height: body } : undefined;
  const written = writingOf(mode);
  const writing = written && thread ? layField(written.field, thread.width - 4).lines.length : 1;
  const composerHeight = Math.max(1, Math.min(writing, 10, Math.floor(body / 3)));
  const head = pinned && body - composerHeight >= 8 ? 2 : 1;
  const messages = thread && { ...thread, y: top + head, height: Math.max(1, body - composerHeight - 1 - head) };
  return {
    width,
    height,
    banner,
    tabs: withTabs ? { x: 0, y: tabsY, width, height: 1 } : undefined,
    titles: { x: 0, y: titlesY, width, height: 1 },
    groups,
    list,
    rowHeight: listWidth >= 64 ? 1 : 2,
    thread,
    messages,
    pinned: head === 2,
    composer: thread && { ...thread, y: top + body - composerHeight, height: composerHeight },
    drawer: drawerHeight > 0 ? { x: 0, y: top + body, width, height: drawerHeight } : undefined,
    status: { x: 0, y: height - 1, width, height: 1 },
    tooSmall: width < 24 || rows < 10,
  };
}

function drawerRows({ mode }: State, height: number, completions: number): number {
  if (mode.name === 'filter' || mode.name === 'ask') return 2;
  if (mode.name === 'write' && completions > 0) return Math.min(completions + 1, Math.floor(height / 3));
  if (mode.name !== 'pick') return 0;
  const options = Math.max(1, matching(mode.pick).length);
  if (mode.pick.found) return Math.max(3, height - 8);
  if (mode.pick.tall) return Math.max(3, Math.min(2 + options, height - 8));
  return Math.min(2 + options, 2 + 10, Math.max(3, Math.floor(height / 2)));
}

/** How many conversations the list shows at once. */
export function rowsShown({ list, rowHeight }: Layout): number {
  return list ? Math.max(1, Math.floor(list.height / rowHeight)) : 1;
}

export function contains(area: Area | undefined, x: number, y: number): area is Area {
  return area !== undefined && x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

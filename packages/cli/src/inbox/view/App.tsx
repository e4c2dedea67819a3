import { Box } from 'ink';
import type { View } from '../inbox.js';
import type { Keymap } from '../keys/keymap.js';
import { completionOf } from '../state/completion.js';
import { type Area, isWide, rowsShown } from '../state/layout.js';
import { askLines, completionLines, filterLines, pickLines } from './drawer-lines.js';
import { groupLine, groupRows, tabsLine } from './groups-lines.js';
import { helpLines } from './help-lines.js';
import { Lines, ThemeContext } from './Lines.js';
import { fitLine, type Line, span } from './line.js';
import { rowLines } from './list-lines.js';
import { pinnedLine } from './note-lines.js';
import { statusLine } from './status-line.js';
import type { Theme } from './theme.js';
import { composerLines, composerRule, factsLine, messageLines } from './thread-parts.js';
import { titleLine } from './titles.js';

interface Props {
  view: View;
  keymap: Keymap;
  theme: Theme;
}

/** The whole screen. Only what is visible is made: lists and conversations are cut to their windows before. */
export function App({ view, keymap, theme }: Props) {
  const { state, layout, banner } = view;
  const { width, height } = layout;
  if (layout.tooSmall) {
    return <Lines lines={[[span('Too small to draw.')]]} width={width} height={height} />;
  }
  return (
    <ThemeContext value={theme}>
      <Box flexDirection="column" width={width} height={height}>
        {banner !== undefined && (
          <Lines lines={[fitLine([span(` ${banner}`, 'banner')], width, 'banner')]} width={width} height={1} />
        )}
        {state.mode.name === 'help' ? (
          <Help view={view} keymap={keymap} top={state.mode.top} />
        ) : (
          <Desk view={view} keymap={keymap} />
        )}
        <Lines lines={[statusLine(view, keymap)]} width={width} height={1} />
      </Box>
    </ThemeContext>
  );
}

function Desk({ view, keymap }: { view: View; keymap: Keymap }) {
  const { state, data, layout } = view;
  const { width, tabs, groups, list, thread, drawer } = layout;
  const body = list?.height ?? thread?.height ?? 1;
  return (
    <>
      {tabs && <Lines lines={[tabsLine(data.groups, { current: data.group.id, width })]} width={width} height={1} />}
      <Lines lines={[titleLine(view)]} width={width} height={1} />
      <Box height={body}>
        {groups && (
          <Lines
            lines={groupRows(data.groups).map((row) => groupLine(row, { current: data.group.id, width: groups.width }))}
            width={groups.width}
            height={body}
          />
        )}
        {groups && <Separator height={body} />}
        {list && <List view={view} keymap={keymap} />}
        {isWide(state) && <Separator height={body} />}
        {thread && <Thread view={view} keymap={keymap} />}
      </Box>
      {drawer && <Lines lines={drawerLines(view, drawer)} width={width} height={drawer.height} />}
    </>
  );
}

function drawerLines({ state, data }: View, { width, height }: Area): Line[] {
  const { mode } = state;
  if (mode.name === 'pick') return pickLines(mode.pick, width, height);
  if (mode.name === 'ask') return askLines(mode.ask, width);
  if (mode.name === 'filter') return filterLines(mode.field, width);
  const completion = completionOf(mode, data.people, data.page?.conversation.teamId);
  return completion ? completionLines(completion, width, height) : [];
}

const bar: Line = [span('│', 'dim')];

function Separator({ height }: { height: number }) {
  return <Lines lines={Array.from({ length: height }, () => bar)} width={1} height={height} />;
}

function List({ view, keymap }: { view: View; keymap: Keymap }) {
  const { state, data, layout } = view;
  const { list, rowHeight } = layout;
  if (!list) return null;
  const { width, height } = list;
  const shown = data.rows.slice(state.listTop, state.listTop + rowsShown(layout));
  const focused = state.pane === 'list' && state.mode.name !== 'write';
  const lines = shown.flatMap((conversation, index) =>
    rowLines(conversation, {
      width,
      rowHeight,
      people: data.people,
      now: data.now,
      selected: state.listTop + index === state.selected.index,
      focused,
      hasDraft: data.hasDraft(conversation.id),
      marked: state.marked.has(conversation.id),
    }),
  );
  const below = belowText(view, keymap);
  if (shown.length === 0) lines.push([], fitLine([span(`  ${emptyText(view, keymap)}`, 'dim')], width));
  else if (below && lines.length < height) lines.push(fitLine([span(`   ${below}`, 'dim')], width));
  return <Lines lines={lines.slice(0, height)} width={width} height={height} />;
}

/** Behind the last row: that it goes on, or that it may. */
function belowText({ data }: View, keymap: Keymap): string {
  const { words, list, search } = data;
  if (words.length > 0) {
    if (search.failed) return 'What is loaded; the server could not be asked.';
    if (search.looking) return 'The server is looking …';
    if (search.resting) return `${keymap.keyOf('last')} looks further back.`;
  }
  return list.hasMore && list.loading ? `Loading … ${list.loaded} so far` : '';
}

function emptyText(view: View, keymap: Keymap): string {
  const { state, data } = view;
  const { words, search } = data;
  if (data.list.problem) return data.list.problem;
  if (words.length > 0 && search.looking) return 'The server is looking …';
  if (data.list.loading) return 'Loading …';
  if (words.length > 0 && search.failed) return 'Nothing of what is loaded fits; the server could not be asked.';
  if (words.length > 0 && search.resting) return `Nothing fits yet. ${keymap.keyOf('last')} looks further back.`;
  if (state.query !== '') return `Nothing fits the filter. Esc ends it; ${keymap.keyOf('search')} looks everywhere.`;
  switch (data.group.id) {
    case 'mine':
      return 'Nothing is yours. The queue may have something.';
    case 'queue':
      return 'Nobody waits.';
    case 'due':
      return 'Nothing is due.';
    default:
      return 'Nothing here.';
  }
}

function Thread({ view, keymap }: { view: View; keymap: Keymap }) {
  const { data } = view;
  const { thread, messages, composer } = view.layout;
  if (!thread || !messages || !composer) return null;
  const pinned = view.layout.pinned && data.pinned ? [pinnedLine(data.pinned, data.people, thread.width)] : [];
  const lines = [
    factsLine(view),
    ...pinned,
    ...messageLines(view),
    composerRule(view, keymap),
    ...composerLines(view, keymap),
  ];
  return <Lines lines={lines} width={thread.width} height={thread.height} />;
}

function Help({ view, keymap, top }: { view: View; keymap: Keymap; top: number }) {
  const { width, height, banner } = view.layout;
  const room = height - 2 - (banner ? 1 : 0);
  const lines = helpLines(keymap, width);
  const first = Math.max(0, Math.min(top, lines.length - room));
  const title = `Keys${lines.length > room ? `  ${first + 1}–${Math.min(lines.length, first + room)} of ${lines.length}` : ''}`;
  return (
    <>
      <Lines
        lines={[
          fitLine(
            [
              span('─ ', 'dim'),
              span(title, 'title'),
              span(` ${'─'.repeat(Math.max(0, width - title.length - 3))}`, 'dim'),
            ],
            width,
          ),
        ]}
        width={width}
        height={1}
      />
      <Lines lines={lines.slice(first, first + room)} width={width} height={room} />
    </>
  );
}

import { assign, close, demandReply, reopen, sendAgain, take, takeBack } from './answering.js';
import type { Controls } from './controls.js';
import type { Act } from './keys/table.js';
import { runPick } from './picks.js';
import { rowsShown } from './state/layout.js';
import { argumentOf, chosenOption, movePick, newPick, type Pick, typeInto } from './state/pick.js';
import { readQuery } from './state/query.js';
import { moveSelection, selectIndex } from './state/selection.js';
import { browse, lookInto, type State } from './state/state.js';
import { oneLineOf } from './tell.js';
import { edits, type Field, fieldOf, insert, moveRow } from './text/field.js';

type Run = (controls: Controls, key: string, argument?: string) => void;

/** What each act does; one for every name in the key table. */
export const acts: Readonly<Record<Act, Run>> = {
  down: (controls) => move(controls, 1),
  up: (controls) => move(controls, -1),
  'page-down': (controls) => page(controls, 1),
  'page-up': (controls) => page(controls, -1),
  first: (controls) => move(controls, Number.NEGATIVE_INFINITY),
  last(controls) {
    move(controls, Number.POSITIVE_INFINITY);
    if (controls.state.pane === 'list' && controls.state.mode.name === 'browse') controls.loadAll();
  },
  open(controls) {
    const { id } = controls.state.selected;
    if (id) controls.openConversation(id, 'thread');
  },
  back(controls) {
    const { state } = controls;
    if (state.pane === 'thread') controls.set({ ...state, pane: 'list' });
    else if (state.query !== '') controls.set(lookInto(state, { query: '' }));
  },
  'switch-pane'(controls) {
    const { state } = controls;
    if (state.pane === 'thread') controls.set({ ...state, pane: 'list' });
    else acts.open(controls, '');
  },
  'next-group': (controls) => stepGroup(controls, 1),
  'previous-group': (controls) => stepGroup(controls, -1),
  group: chooseGroup,
  'next-unread': nextUnread,

  reply: (controls) => withSubject(controls, ({ id }) => controls.beginReply(id, false)),
  'reply-in-editor': (controls) => withSubject(controls, ({ id }) => controls.beginReply(id, true)),
  take: (controls) => withSubject(controls, (conversation) => take(controls, conversation)),
  assign: (controls, _key, argument) =>
    withSubject(controls, (conversation) => assign(controls, conversation, argument)),
  close: (controls, _key, argument) => withSubject(controls, (conversation) => close(controls, conversation, argument)),
  reopen: (controls) => withSubject(controls, (conversation) => reopen(controls, conversation)),
  'mark-read': markRead,
  'send-again': (controls) => withSubject(controls, (conversation) => sendAgain(controls, conversation)),
  'take-back': (controls) => withSubject(controls, (conversation) => takeBack(controls, conversation)),

  filter(controls, _key, argument) {
    const { state } = controls;
    if (argument) return applyFilter(controls, argument);
    controls.set({
      ...state,
      pane: 'list',
      mode: { name: 'filter', field: fieldOf(state.query), before: state.query },
    });
  },
  palette: openPalette,
  help: (controls) => controls.set({ ...controls.state, mode: { name: 'help', top: 0 } }),
  redraw: ({ terminal }) => terminal.redraw(),
  suspend: ({ terminal }) => terminal.suspend(),
  quit: ({ terminal }) => terminal.quit(),

  send,
  'new-line': (controls) => editField(controls, (field) => insert(field, '\n')),
  'to-editor'(controls) {
    const { open } = controls.state;
    if (open) controls.beginReply(open, true);
  },
  leave,
  'row-up': (controls) => editField(controls, (field) => moveRow(field, composerWidth(controls), -1)),
  'row-down': (controls) => editField(controls, (field) => moveRow(field, composerWidth(controls), 1)),
  left: (controls) => editField(controls, edits.left),
  right: (controls) => editField(controls, edits.right),
  'word-left': (controls) => editField(controls, edits['word-left']),
  'word-right': (controls) => editField(controls, edits['word-right']),
  'line-start': (controls) => editField(controls, edits['line-start']),
  'line-end': (controls) => editField(controls, edits['line-end']),
  'delete-back': (controls) => editField(controls, edits['delete-back']),
  'delete-forward': (controls) => editField(controls, edits['delete-forward']),
  'delete-word': (controls) => editField(controls, edits['delete-word']),
  'delete-to-start': (controls) => editField(controls, edits['delete-to-start']),
  'delete-to-end': (controls) => editField(controls, edits['delete-to-end']),

  choose,
  'pick-down': (controls) => changePick(controls, (pick) => movePick(pick, 1)),
  'pick-up': (controls) => changePick(controls, (pick) => movePick(pick, -1)),
  'close-help': (controls) => controls.set({ ...controls.state, mode: browse }),
};

/** Puts what was typed or pasted where the cursor is. */
export function type(controls: Controls, text: string) {
  editField(controls, (field) => insert(field, text));
}

/** The columns of an answer; two more are left for its margin. */
export function composerWidth({ layout }: Controls): number {
  return Math.max(4, (layout.composer?.width ?? layout.width) - 4);
}

function withSubject(controls: Controls, work: (conversation: NonNullable<ReturnType<Controls['subject']>>) => void) {
  const conversation = controls.subject();
  if (conversation) work(conversation);
  else controls.say('No conversation is selected.');
}

function move(controls: Controls, by: number) {
  const { state, data, layout } = controls;
  if (state.mode.name === 'help') return controls.set(scrollHelp(state, by));
  if (state.pane === 'thread') return controls.scrollThread(by);
  const height = rowsShown(layout);
  const next = Number.isFinite(by)
    ? moveSelection(state, data.rows, height, by)
    : selectIndex(state, data.rows, height, by < 0 ? 0 : data.rows.length - 1);
  controls.set(next);
}

function page(controls: Controls, by: 1 | -1) {
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

function stepGroup(controls: Controls, by: 1 | -1) {
  const { state, data } = controls;
  const at = data.groups.findIndex(({ id }) => id === data.group.id);
  const next = data.groups[(at + by + data.groups.length) % data.groups.length];
  if (next) controls.set({ ...lookInto(state, { group: next.id }), pane: 'list' });
}

function chooseGroup(controls: Controls, key: string, argument?: string) {
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

function nextUnread(controls: Controls) {
  const { state, data, layout } = controls;
  const { index } = state.selected;
  const order = [...data.rows.keys()].map((offset) => (index + 1 + offset) % data.rows.length);
  const found = order.find((at) => (data.rows[at]?.unreadCount ?? 0) > 0);
  const row = found === undefined ? undefined : data.rows[found];
  if (found === undefined || !row) return controls.say('Nothing is unread here.');
  controls.set(selectIndex(state, data.rows, rowsShown(layout), found));
  if (state.pane === 'thread') controls.openConversation(row.id, 'thread');
}

function markRead(controls: Controls) {
  withSubject(controls, ({ id, unreadCount }) => {
    if (unreadCount === 0) return controls.say('Nothing is unread in it.');
    const { tims, say, data } = controls;
    tims.conversations.read({ id }, { retries: 0 }).then(
      () => say('Marked read.', 'good'),
      (error: unknown) => say(oneLineOf(error, data.people), 'bad'),
    );
  });
}

function openPalette(controls: Controls) {
  const { keymap } = controls;
  const named = keymap.bindings.filter(({ keyOnly }) => !keyOnly);
  const options = named.map(({ act, does, argument }) => ({
    id: act,
    label: act,
    detail: [argument ? `<${argument}>` : '', does, keymap.keyOf(act) ? `(${keymap.keyOf(act)})` : '']
      .filter(Boolean)
      .join('  '),
  }));
  const withArgument = named.flatMap(({ act, argument }) => (argument ? [act] : []));
  openPick(controls, newPick({ kind: 'palette', title: ':', options, withArgument }));
}

function openPick(controls: Controls, pick: Pick) {
  controls.set({ ...controls.state, mode: { name: 'pick', pick } });
}

function send(controls: Controls) {
  const { state, data, feed, drafts } = controls;
  if (state.mode.name !== 'write' || !state.open) return;
  const text = state.mode.field.text.replace(/\s+$/, '');
  if (text.trim() === '') return controls.say('There is nothing to send yet.');
  const refusal = demandReply(data.people, data.page, controls.keymap);
  if (refusal) return controls.say(refusal, 'bad');
  feed.outbox.send({ conversationId: state.open, text });
  // Only after the outbox has it: whatever happens in between, it is in one of the two.
  drafts.set(state.open, '');
  drafts.flush();
  controls.set({ ...controls.state, mode: browse, scroll: undefined });
  if (data.connection.state !== 'live') controls.say('It waits for the connection and is sent once.');
}

function leave(controls: Controls) {
  const { state, drafts } = controls;
  if (state.mode.name === 'filter') return controls.set({ ...state, mode: browse });
  if (state.mode.name === 'write') {
    drafts.flush();
    if (state.open && drafts.has(state.open)) controls.say('Kept as a draft.');
  }
  controls.set({ ...controls.state, mode: browse });
}

function choose(controls: Controls) {
  const { state } = controls;
  if (state.mode.name === 'filter') return applyFilter(controls, state.mode.field.text);
  if (state.mode.name !== 'pick') return;
  const { pick } = state.mode;
  const option = chosenOption(pick);
  if (!option) return controls.say('Nothing fits what you typed.');
  controls.set({ ...state, mode: browse });
  if (pick.kind !== 'palette') return runPick(controls, pick, option);
  const act = controls.keymap.bindings.find((binding) => binding.act === option.id)?.act;
  const [, argument] = argumentOf(pick);
  if (act) acts[act](controls, '', argument || undefined);
}

function applyFilter(controls: Controls, text: string) {
  const { state, data } = controls;
  const { problem } = readQuery(text, data.people);
  if (problem) return controls.say(`${problem}.`, 'bad');
  controls.set({ ...lookInto(state, { query: text.trim() }), mode: browse, pane: 'list' });
}

function editField(controls: Controls, change: (field: Field) => Field) {
  const { state, drafts } = controls;
  const { mode } = state;
  if (mode.name === 'write') {
    const field = change(mode.field);
    if (state.open) drafts.set(state.open, field.text);
    controls.set({ ...state, mode: { name: 'write', field } });
  } else if (mode.name === 'pick') {
    changePick(controls, (pick) => typeInto(pick, onLine(change(pick.field))));
  } else if (mode.name === 'filter') {
    controls.set({ ...state, mode: { ...mode, field: onLine(change(mode.field)) } });
  }
}

/** Fields for choosing have one line. */
function onLine(field: Field): Field {
  return { ...field, text: field.text.replaceAll('\n', ' ') };
}

function changePick(controls: Controls, change: (pick: Pick) => Pick) {
  const { state } = controls;
  if (state.mode.name === 'pick') controls.set({ ...state, mode: { name: 'pick', pick: change(state.mode.pick) } });
}

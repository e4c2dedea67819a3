import type { Act } from '../keys/table.js';
import { movePick } from '../state/pick.js';
import { browse } from '../state/state.js';
import { edits, insert } from '../text/field.js';
import { assign } from './assigning.js';
import { close, reopen, take } from './changing.js';
import { changePick, choose, openFilter, openPalette } from './choosing.js';
import { editField, leave, moveInField } from './editing.js';
import {
  chooseGroup,
  goBack,
  move,
  moveToLast,
  nextUnread,
  openSelected,
  page,
  stepGroup,
  switchPane,
} from './moving.js';
import { type Run, withSubject } from './run.js';
import { markRead, send, sendAgain, takeBack } from './sending.js';

/** What each act does; one for every name in the key table. */
export const acts: Readonly<Record<Act, Run>> = {
  down: (controls) => move(controls, 1),
  up: (controls) => move(controls, -1),
  'page-down': (controls) => page(controls, 1),
  'page-up': (controls) => page(controls, -1),
  first: (controls) => move(controls, Number.NEGATIVE_INFINITY),
  last: moveToLast,
  open: openSelected,
  back: goBack,
  'switch-pane': switchPane,
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
  'mark-read': (controls) => withSubject(controls, (conversation) => markRead(controls, conversation)),
  'send-again': (controls) => withSubject(controls, (conversation) => sendAgain(controls, conversation)),
  'take-back': (controls) => withSubject(controls, (conversation) => takeBack(controls, conversation)),

  filter: (controls, _key, argument) => openFilter(controls, argument),
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
  'row-up': (controls) => moveInField(controls, -1),
  'row-down': (controls) => moveInField(controls, 1),
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

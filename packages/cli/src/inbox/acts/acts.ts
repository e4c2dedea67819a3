import type { Act } from '../keys/table.js';
import { movePick } from '../state/pick.js';
import { browse } from '../state/state.js';
import { edits, insert } from '../text/field.js';
import { assign, assignMany, transfer } from './assigning.js';
import { changeMany, mark, markAll, withSubjects } from './bulk.js';
import { openCanned } from './canned.js';
import { close, closeMany, idsOf, reopen, reopenMany, take, takeMany } from './changing.js';
import { changePick, choose, openFilter, openPalette } from './choosing.js';
import { openContactOf } from './contact.js';
import { complete, editField, leave, moveInField } from './editing.js';
import { askFeedback } from './feedback.js';
import { openSearch } from './finding.js';
import { openFollowUps, pend, remindMe } from './following-up.js';
import { chooseMessage } from './message-tags.js';
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
import { openNotifications } from './notifying.js';
import { openNotes, switchNote } from './noting.js';
import { type Run, withOpen, withSubject } from './run.js';
import { markRead, send, sendAgain, takeBack } from './sending.js';
import { tag, tagMany } from './tagging.js';
import { askToSaveView, chooseViewToRemove, chooseViewToShare } from './views.js';
import { openWatchers, watch } from './watching.js';

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

  reply: (controls) => withSubject(controls, ({ id }) => controls.beginWriting(id, { as: 'answer' })),
  'reply-in-editor': (controls) =>
    withSubject(controls, ({ id }) => controls.beginWriting(id, { as: 'answer', editor: true })),
  note: (controls) => withSubject(controls, ({ id }) => controls.beginWriting(id, { as: 'note' })),
  feedback: (controls, _key, argument) => withSubject(controls, (one) => askFeedback(controls, one, argument)),
  notes: (controls) => withOpen(controls, openNotes),
  canned: (controls, _key, argument) => withSubject(controls, (one) => openCanned(controls, one, argument)),
  take: (controls) =>
    withSubjects(
      controls,
      (one) => take(controls, one),
      (many) => takeMany(controls, many),
    ),
  assign: (controls, _key, argument) =>
    withSubjects(
      controls,
      (one) => assign(controls, one, argument),
      (many) => assignMany(controls, many, argument),
    ),
  transfer: (controls, _key, argument) => withSubject(controls, (one) => transfer(controls, one, argument)),
  close: (controls, _key, argument) =>
    withSubjects(
      controls,
      (one) => close(controls, one, argument),
      (many) => closeMany(controls, many, argument),
    ),
  reopen: (controls) =>
    withSubjects(
      controls,
      (one) => reopen(controls, one),
      (many) => reopenMany(controls, many),
    ),
  pend: (controls) =>
    withSubjects(
      controls,
      (one) => pend(controls, one),
      (many) => changeMany(controls, { act: 'pend', ids: idsOf(many) }, 'are pending'),
    ),
  tag: (controls, _key, argument) =>
    withSubjects(
      controls,
      (one) => tag(controls, one, argument),
      (many) => tagMany(controls, many, argument),
    ),
  'tag-message': (controls) => withOpen(controls, chooseMessage),
  remind: (controls, _key, argument) => withSubject(controls, (one) => remindMe(controls, one, argument)),
  'follow-ups': (controls) => withSubject(controls, (one) => openFollowUps(controls, one)),
  'mark-read': (controls) =>
    withSubjects(
      controls,
      (one) => markRead(controls, one),
      (many) => changeMany(controls, { act: 'read', ids: idsOf(many) }, 'are read'),
    ),
  'send-again': (controls) => withSubject(controls, (one) => sendAgain(controls, one)),
  'take-back': (controls) => withSubject(controls, (one) => takeBack(controls, one)),
  watch: (controls) => withSubject(controls, (one) => watch(controls, one)),
  watchers: (controls) => withSubject(controls, (one) => openWatchers(controls, one)),
  mark,
  'mark-all': markAll,

  search: (controls, _key, argument) => openSearch(controls, argument),
  notifications: openNotifications,
  contact: (controls) => withSubject(controls, (one) => openContactOf(controls, one)),
  'save-view': (controls, _key, argument) => askToSaveView(controls, argument),
  'share-view': chooseViewToShare,
  'delete-view': chooseViewToRemove,
  filter: (controls, _key, argument) => openFilter(controls, argument),
  palette: openPalette,
  help: (controls) => controls.set({ ...controls.state, mode: { name: 'help', top: 0 } }),
  redraw: ({ terminal }) => terminal.redraw(),
  suspend: ({ terminal }) => terminal.suspend(),
  quit: ({ terminal }) => terminal.quit(),

  send,
  'new-line': (controls) => editField(controls, (field) => insert(field, '\n')),
  'to-editor'(controls) {
    const { open, mode } = controls.state;
    if (mode.name !== 'write' || !open) return;
    const { as, noteId, about } = mode;
    controls.beginWriting(open, { as, editor: true, about, ...(noteId ? { noteId } : {}) });
  },
  'switch-note': switchNote,
  'insert-canned': (controls) => withSubject(controls, (one) => openCanned(controls, one)),
  complete: (controls) => void complete(controls),
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

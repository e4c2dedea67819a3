import type { Controls } from '../controls.js';
import type { Option, Pick, PickKind } from '../state/pick.js';
import { lookInto } from '../state/state.js';
import { askToTransfer, assignTo } from './assigning.js';
import { insertCanned } from './canned.js';
import { closeWith } from './changing.js';
import { decideCollision } from './colliding.js';
import { decideBlock } from './contact-blocking.js';
import { chooseValue } from './contact-changes.js';
import { openOfContact } from './contact-choice.js';
import { changeContactNote, chooseContactNote } from './contact-notes.js';
import { toggleContactTag } from './contact-tags.js';
import { beginFeedback } from './feedback.js';
import { openHit } from './finding.js';
import { changeFollowUp, chooseFollowUp, pendUntil, remind } from './following-up.js';
import { openMessageTags, toggleMessageTag } from './message-tags.js';
import { openNotification } from './notifying.js';
import { changeNote, chooseNote } from './noting.js';
import { toggleTag } from './tagging.js';
import { askAudience, removeView, saveViewFor, shareView } from './views.js';
import { toggleWatcher } from './watching.js';

type Chosen = (controls: Controls, pick: Pick, option: Option) => void;

const chosen: Readonly<Record<Exclude<PickKind, 'palette'>, Chosen>> = {
  assign: (controls, { ids = [] }, option) => assignTo(controls, ids, option),
  canned: (controls, { conversationId = '' }, { id }) => insertCanned(controls, conversationId, id),
  close: (controls, { ids = [] }, { id }) => closeWith(controls, ids, id),
  collision: (controls, { subject = '' }, { id }) => decideCollision(controls, subject, id),
  contact: (controls, pick, { id }) => openOfContact(controls, pick, id),
  'contact-block': (controls, pick, { id }) => decideBlock(controls, pick, id),
  'contact-note': (controls, pick, { id }) => changeContactNote(controls, pick, id),
  'contact-notes': chooseContactNote,
  'contact-tags': toggleContactTag,
  'contact-value': chooseValue,
  'delete-view': (controls, _pick, { id }) => removeView(controls, id),
  feedback: (controls, { conversationId = '' }, { id }) => beginFeedback(controls, conversationId, id),
  'follow-up': (controls, { subject = '', conversationId = '' }, { id }) =>
    changeFollowUp(controls, conversationId, subject, id),
  'follow-ups': (controls, { conversationId = '' }, option) => chooseFollowUp(controls, conversationId, option),
  group: (controls, _pick, { id }) => controls.set({ ...lookInto(controls.state, { group: id }), pane: 'list' }),
  'message-tag': toggleMessageTag,
  messages: (controls, { conversationId = '' }, { id }) => openMessageTags(controls, conversationId, id),
  note: (controls, { subject = '', conversationId = '' }, { id }) => changeNote(controls, conversationId, subject, id),
  notes: (controls, { conversationId = '' }, option) => chooseNote(controls, conversationId, option),
  notifications: (controls, _pick, { id }) => openNotification(controls, id),
  pend: (controls, { conversationId = '' }, { id }) => pendUntil(controls, conversationId, id),
  remind: (controls, { conversationId = '' }, { id }) => remind(controls, conversationId, id),
  search: (controls, _pick, { id }) => openHit(controls, id),
  'share-view': (controls, _pick, { id }) => askAudience(controls, id),
  tag: toggleTag,
  transfer: (controls, { conversationId = '' }, option) => askToTransfer(controls, conversationId, option),
  'view-audience': (controls, { subject, name = '' }, { id }) =>
    subject ? shareView(controls, subject, id) : saveViewFor(controls, name, id),
  watchers: toggleWatcher,
};

/** Does what was chosen. */
export function runPick(controls: Controls, pick: Pick, option: Option): void {
  if (pick.kind !== 'palette') chosen[pick.kind](controls, pick, option);
}

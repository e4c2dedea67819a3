import type { Controls } from '../controls.js';
import { draftKey } from '../keep/drafts.js';
import { type Completion, completionOf } from '../state/completion.js';
import { typeInto } from '../state/pick.js';
import { browse, type Writing } from '../state/state.js';
import { type Field, insert, moveRow } from '../text/field.js';
import { insertCanned } from './canned.js';
import { changePick } from './choosing.js';

/** Puts what was typed or pasted where the cursor is. */
export function type(controls: Controls, text: string) {
  editField(controls, (field) => insert(field, text));
}

export function editField(controls: Controls, change: (field: Field) => Field) {
  const { state } = controls;
  const { mode } = state;
  if (mode.name === 'write') writeField(controls, mode, change(mode.field));
  else if (mode.name === 'pick') changePick(controls, (pick) => typeInto(pick, onLine(change(pick.field))));
  else if (mode.name === 'filter') controls.set({ ...state, mode: { ...mode, field: onLine(change(mode.field)) } });
  else if (mode.name === 'ask') {
    controls.set({ ...state, mode: { ...mode, ask: { ...mode.ask, field: onLine(change(mode.ask.field)) } } });
  }
}

function writeField(controls: Controls, mode: Writing, field: Field) {
  const { state, drafts, feed } = controls;
  if (state.open && field.text !== mode.field.text) {
    drafts.set(draftKey(state.open, mode), field.text);
    if (mode.as === 'answer') feed.live.typing(state.open);
  }
  controls.set({ ...state, mode: { ...mode, field, completion: 0 } });
}

/** A line up or down; where something completes what is written, the one before or after it. */
export function moveInField(controls: Controls, by: 1 | -1) {
  const { mode } = controls.state;
  const found = completionNow(controls);
  if (mode.name !== 'write' || !found) {
    return editField(controls, (field) => moveRow(field, composerWidth(controls), by));
  }
  const count = found.options.length;
  controls.set({ ...controls.state, mode: { ...mode, completion: (found.chosen + by + count) % count } });
}

/** Puts in what completes it; false where nothing does. */
export function complete(controls: Controls): boolean {
  const { mode, open } = controls.state;
  const found = completionNow(controls);
  const option = found?.options[found.chosen];
  if (mode.name !== 'write' || !found || !option || !open) return false;
  if (found.kind === 'canned') insertCanned(controls, open, option.id);
  else {
    const { text, cursor } = mode.field;
    const before = `${text.slice(0, found.from)}@${option.label} `;
    writeField(controls, mode, { text: before + text.slice(cursor).replace(/^ /, ''), cursor: before.length });
  }
  return true;
}

function completionNow({ state, data }: Controls): Completion | undefined {
  return completionOf(state.mode, data.people, data.page?.conversation.teamId);
}

/** Ends writing or choosing; what was written is kept. */
export function leave(controls: Controls) {
  const { state, drafts, feed } = controls;
  const { mode } = state;
  if (mode.name === 'write' && state.open) {
    drafts.flush();
    feed.live.typing(state.open, false);
    if (drafts.has(draftKey(state.open, mode))) controls.say('Kept as a draft.');
  }
  const back = mode.name === 'pick' || mode.name === 'ask' ? mode.back : undefined;
  controls.set({ ...controls.state, mode: back ?? browse });
}

/** The columns of an answer; two more are left for its margin. */
function composerWidth({ layout }: Controls): number {
  return Math.max(4, (layout.composer?.width ?? layout.width) - 4);
}

/** Fields for choosing have one line. */
function onLine(field: Field): Field {
  return { ...field, text: field.text.replaceAll('\n', ' ') };
}

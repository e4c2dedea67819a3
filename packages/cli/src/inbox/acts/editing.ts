import type { Controls } from '../controls.js';
import { typeInto } from '../state/pick.js';
import { browse } from '../state/state.js';
import { type Field, insert, moveRow } from '../text/field.js';
import { changePick } from './choosing.js';

/** Puts what was typed or pasted where the cursor is. */
export function type(controls: Controls, text: string) {
  editField(controls, (field) => insert(field, text));
}

export function editField(controls: Controls, change: (field: Field) => Field) {
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

export function moveInField(controls: Controls, by: 1 | -1) {
  editField(controls, (field) => moveRow(field, composerWidth(controls), by));
}

/** Ends writing or choosing; what was written is kept. */
export function leave(controls: Controls) {
  const { state, drafts } = controls;
  if (state.mode.name === 'filter') return controls.set({ ...state, mode: browse });
  if (state.mode.name === 'write') {
    drafts.flush();
    if (state.open && drafts.has(state.open)) controls.say('Kept as a draft.');
  }
  controls.set({ ...controls.state, mode: browse });
}

/** The columns of an answer; two more are left for its margin. */
function composerWidth({ layout }: Controls): number {
  return Math.max(4, (layout.composer?.width ?? layout.width) - 4);
}

/** Fields for choosing have one line. */
function onLine(field: Field): Field {
  return { ...field, text: field.text.replaceAll('\n', ' ') };
}

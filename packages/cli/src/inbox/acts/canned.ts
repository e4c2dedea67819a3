import type { Conversation } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { draftKey } from '../keep/drafts.js';
import { type Ask, newAsk } from '../state/ask.js';
import { cannedOptions, completionOf } from '../state/completion.js';
import { newPick } from '../state/pick.js';
import { type Writing, writing } from '../state/state.js';
import { clean } from '../text/clean.js';
import { type Field, fieldOf } from '../text/field.js';
import { openAsk, openPick } from './opening.js';

/** Answers with a canned response; while something is written it goes where the cursor is. */
export function openCanned(controls: Controls, conversation: Conversation, shortcut?: string) {
  const { mode } = controls.state;
  const options = cannedOptions(controls.data.people, conversation.teamId);
  if (options.length === 0) return controls.say('There are no canned responses yet. `tims canned create` makes one.');
  const pick = { kind: 'canned', title: 'Canned response', options, conversationId: conversation.id } as const;
  openPick(controls, newPick(pick, fieldOf(shortcut ?? '')), mode.name === 'write' ? mode : undefined);
}

/** The server fills it in for the conversation; what it could not fill is asked for before anything is sent. */
export function insertCanned(controls: Controls, conversationId: string, id: string) {
  controls.perform(
    'canned',
    () => controls.tims.cannedResponses.render({ id, conversationId }, { retries: 0 }),
    ({ text, missing }) => {
      put(controls, conversationId, clean(text));
      if (missing.length > 0) controls.say(`Not known: ${missing.join(', ')}. It is asked for when you send.`, 'bad');
    },
  );
}

function put(controls: Controls, conversationId: string, text: string) {
  const { state } = controls;
  const { mode } = state;
  if (mode.name !== 'write' || mode.as !== 'answer' || state.open !== conversationId) {
    return controls.beginWriting(conversationId, { as: 'answer', insert: text });
  }
  const { field } = mode;
  const completion = completionOf(mode, controls.data.people, controls.data.page?.conversation.teamId);
  const from = completion?.kind === 'canned' ? completion.from : field.cursor;
  const before = field.text.slice(0, from) + text;
  rewrite(controls, mode, { text: before + field.text.slice(field.cursor), cursor: before.length });
}

function rewrite(controls: Controls, mode: Writing, field: Field) {
  const { state, drafts } = controls;
  if (state.open) drafts.set(draftKey(state.open, mode), field.text);
  controls.set({ ...state, mode: { ...mode, field } });
}

/** What a canned response still has of its variables. Other curly brackets are what somebody meant to write. */
const variable = /\{\{\s*((?:contact|user|team|organization)\.[\w.-]+)\s*\}\}/;

/** Asks for the first variable that is still in it; false where there is none. */
export function askForMissing(controls: Controls, mode: Writing, text: string): boolean {
  const [, name] = variable.exec(text) ?? [];
  const { open } = controls.state;
  if (name === undefined || !open) return false;
  const title = `${name} is not known: what is to stand there?`;
  const hint = 'empty sends it as it stands';
  openAsk(controls, newAsk({ kind: 'fill', title, hint, conversationId: open, subject: name }), mode);
  return true;
}

export function fillVariable(controls: Controls, { subject }: Ask, value: string) {
  const { mode } = controls.state;
  if (mode.name !== 'write') return;
  if (value === '') return controls.sendNow();
  const pattern = new RegExp(variable.source, 'g');
  const text = mode.field.text.replace(pattern, (whole, name) => (name === subject ? value : whole));
  const next = writing({ as: 'answer' }, text);
  rewrite(controls, next, next.field);
  askForMissing(controls, next, text);
}

import type { Aside, Conversation, Note } from '@tims/sdk';
import type { Controls } from '../controls.js';
import { draftKey } from '../keep/drafts.js';
import { mentionedIn } from '../state/mentions.js';
import { userName } from '../state/people.js';
import { newPick, type Option } from '../state/pick.js';
import { type About, browse, type Writing, writing } from '../state/state.js';
import { capital } from '../tell.js';
import { clean, cleanLine } from '../text/clean.js';
import { shortAge } from '../text/clock.js';
import { demandNote, demandReply } from './answering.js';
import { openPick } from './opening.js';

/** Answer or note: what was written goes along where the other is empty. */
export function switchNote(controls: Controls) {
  const { state, data, drafts, keymap } = controls;
  const { mode, open } = state;
  if (mode.name !== 'write' || !open) return;
  if (mode.noteId) return controls.say('A note that is there stays a note.', 'bad');
  if (mode.about) return controls.say('What is about somebody stays a note.', 'bad');
  const as = mode.as === 'note' ? 'answer' : 'note';
  const refusal = (as === 'note' ? demandNote : demandReply)(data.people, data.page, keymap);
  if (refusal) return controls.say(refusal, 'bad');
  const other = drafts.get(draftKey(open, { as }));
  if (other !== '') return controls.set({ ...state, mode: writing({ as }, other) });
  drafts.set(draftKey(open, mode), '');
  drafts.set(draftKey(open, { as }), mode.field.text);
  controls.set({ ...state, mode: { ...mode, as, completion: 0 } });
}

/** The draft is kept until the server has the note. */
export function saveNote(controls: Controls, mode: Writing, text: string) {
  const { state, drafts, tims } = controls;
  const { people } = controls.data;
  const { open: id } = state;
  if (!id) return;
  const mentions = mentionedIn(text, people);
  const key = draftKey(id, mode);
  drafts.flush();
  controls.set({ ...state, mode: browse, scroll: undefined });
  controls.say('The note is being saved …');
  controls.perform(
    `note:${id}`,
    () => save(tims, id, mode, { text, mentions }),
    (note) => {
      if (drafts.get(key).trim() === text.trim()) drafts.set(key, '');
      drafts.flush();
      if (note.conversationId === id) show(controls, id, note);
      const ids = note.aboutUserId && !mode.noteId ? [...new Set([note.aboutUserId, ...mentions])] : mentions;
      const told = ids.map((one) => userName(people, one)).join(', ');
      const where = mode.about?.kind === 'contact' ? `Noted with ${mode.about.name}` : 'Noted';
      controls.say(told ? `${where}; ${told} ${ids.length > 1 ? 'are' : 'is'} told.` : `${where}.`, 'good');
    },
    'The note is kept as a draft.',
  );
}

function save(
  { notes }: Controls['tims'],
  id: string,
  { noteId, about }: Writing,
  said: { text: string; mentions: string[] },
): PromiseLike<Note> {
  if (noteId) return notes.update({ id: noteId, ...said });
  if (about?.kind === 'contact') return notes.createOfContact({ id: about.contactId, ...said });
  return notes.create({ id, ...said, ...(about ? { kind: 'feedback', aboutUserId: about.userId } : {}) });
}

function show(controls: Controls, conversationId: string, note: Note) {
  controls.feed.asides.change(conversationId, (aside) => ({ ...aside, notes: withNote(aside, note) }));
}

function withNote({ notes }: Aside, note: Note): Note[] {
  const others = notes.filter(({ id }) => id !== note.id);
  return [...others, note].sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
}

/** The notes of the conversation, the pinned ones first. */
export function openNotes(controls: Controls, { id }: Conversation) {
  const { data } = controls;
  const notes = [...(controls.feed.asides.getSnapshot().get(id)?.notes ?? [])].reverse();
  if (notes.length === 0) return controls.say(`There are no notes. ${controls.keymap.keyOf('note')} writes one.`);
  const pinnedFirst = [...notes].sort((a, b) => Number(b.pinnedAt !== null) - Number(a.pinnedAt !== null));
  const options = pinnedFirst.map((note) => ({
    id: note.id,
    label: capital(userName(data.people, note.authorId)),
    detail: `${shortAge(note.createdAt, data.now)} · ${cleanLine(note.text)}`,
    mark: note.pinnedAt === null ? ' ' : '▲',
  }));
  openPick(controls, newPick({ kind: 'notes', title: 'Notes', options, conversationId: id }));
}

export function chooseNote(controls: Controls, conversationId: string, option: Option) {
  const note = noteOf(controls, conversationId, option.id);
  if (!note) return controls.say('The note is gone.', 'bad');
  const mine = note.authorId === controls.data.people.me.id;
  const options = [
    { id: 'read', label: 'Show it', detail: 'where it stands in the conversation' },
    ...(note.kind === 'note'
      ? [
          note.pinnedAt === null
            ? { id: 'pin', label: 'Pin it', detail: 'to the top' }
            : { id: 'unpin', label: 'Unpin it' },
        ]
      : []),
    ...(mine ? [{ id: 'edit', label: 'Change what it says' }] : []),
    { id: 'remove', label: 'Remove it', detail: mine ? '' : 'if you lead here' },
  ];
  const title = cleanLine(note.text);
  openPick(controls, newPick({ kind: 'note', title, options, conversationId, subject: note.id }));
}

export function changeNote(controls: Controls, conversationId: string, id: string, act: string) {
  const { tims, drafts } = controls;
  const note = noteOf(controls, conversationId, id);
  if (!note) return controls.say('The note is gone.', 'bad');
  if (act === 'read') return controls.jump(conversationId, id);
  if (act === 'edit') {
    const key = draftKey(conversationId, { as: 'note', noteId: id });
    if (!drafts.has(key)) drafts.set(key, clean(note.text));
    return controls.beginWriting(conversationId, { as: 'note', noteId: id, about: aboutOf(note) });
  }
  if (act === 'remove') {
    return controls.perform(
      `note:${id}`,
      () => tims.notes.remove({ id }, { retries: 0 }),
      () => {
        const without = ({ notes }: Aside) => notes.filter((one) => one.id !== id);
        controls.feed.asides.change(conversationId, (aside) => ({ ...aside, notes: without(aside) }));
        controls.say('The note is removed.', 'good');
      },
    );
  }
  const pinned = act === 'pin';
  controls.perform(
    `note:${id}`,
    () => tims.notes.update({ id, pinned }, { retries: 0 }),
    (after) => {
      show(controls, conversationId, after);
      controls.say(pinned ? 'Pinned.' : 'No longer pinned.', 'good');
    },
  );
}

function aboutOf({ aboutUserId }: Note): About | undefined {
  return aboutUserId === null ? undefined : { kind: 'feedback', userId: aboutUserId };
}

function noteOf({ feed }: Controls, conversationId: string, id: string): Note | undefined {
  return feed.asides
    .getSnapshot()
    .get(conversationId)
    ?.notes.find((note) => note.id === id);
}

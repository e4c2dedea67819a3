import type { Input, Note } from '@tims/sdk';
import { useMemo } from 'react';
import { refused } from '../../contact/refused.js';
import { useInbox } from '../../inbox.js';

/** What a note says, and whom it tells. */
export type NewNote = Omit<Input<'notes.create'>, 'id'>;
type NoteChange = Omit<Input<'notes.update'>, 'id'>;

export interface NoteActions {
  /** Rejects with what the server says. */
  add(note: NewNote, idempotencyKey: string): Promise<void>;
  /** Changes what it says; rejects with what the server says. */
  save(id: string, change: NoteChange): Promise<void>;
  /** Pins it or not; what went wrong is told. */
  pin(id: string, pinned: boolean): void;
  remove(id: string): void;
}

/** Where notes are shown: what is done with them shows there without waiting for its event. */
export interface NotePlace {
  create(note: NewNote, idempotencyKey: string): Promise<Note>;
  show(note: Note): void;
  drop(id: string): void;
}

/** What can be done with the notes of a conversation. */
export function useNotes(conversationId: string): NoteActions {
  const { tims, asides } = useInbox();
  const place = useMemo<NotePlace>(
    () => ({
      create: (note, idempotencyKey) => tims.notes.create({ id: conversationId, ...note }, { idempotencyKey }),
      show: (note) =>
        asides.change(conversationId, (aside) => ({
          ...aside,
          notes: [...aside.notes.filter(({ id }) => id !== note.id), note].sort((a, b) =>
            a.createdAt + a.id < b.createdAt + b.id ? -1 : 1,
          ),
        })),
      drop: (gone) =>
        asides.change(conversationId, (aside) => ({ ...aside, notes: aside.notes.filter(({ id }) => id !== gone) })),
    }),
    [tims, asides, conversationId],
  );
  return useNoteActions(place);
}

/** What can be done with notes, wherever they stand. */
export function useNoteActions(place: NotePlace): NoteActions {
  const { tims } = useInbox();
  return useMemo(
    () => ({
      async add(note, idempotencyKey) {
        place.show(await place.create(note, idempotencyKey));
      },
      async save(id, change) {
        place.show(await tims.notes.update({ id, ...change }));
      },
      pin(id, pinned) {
        tims.notes
          .update({ id, pinned })
          .then(place.show, (error: unknown) =>
            refused(pinned ? 'The note could not be pinned' : 'The note could not be unpinned', error),
          );
      },
      remove(id) {
        tims.notes.remove({ id }).then(
          () => place.drop(id),
          (error: unknown) => refused('The note could not be deleted', error),
        );
      },
    }),
    [tims, place],
  );
}

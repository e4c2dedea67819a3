import type { Input, Note } from '@tims/sdk';
import { useMemo } from 'react';
import { errorText } from '../../error-text.js';
import { useInbox } from '../../inbox.js';
import { toast } from '../../ui.js';

export interface NoteActions {
  /** Rejects with what the server says. */
  add(note: Omit<Input<'notes.create'>, 'id'>, idempotencyKey: string): Promise<void>;
  /** Whether it could be done; what went wrong is told. */
  change(id: string, patch: Omit<Input<'notes.update'>, 'id'>): Promise<boolean>;
  remove(id: string): void;
}

/** What can be done with the notes of a conversation; it shows without waiting for its event. */
export function useNotes(conversationId: string): NoteActions {
  const { tims, asides } = useInbox();
  return useMemo(() => {
    function show(note: Note): void {
      asides.change(conversationId, (aside) => ({
        ...aside,
        notes: [...aside.notes.filter(({ id }) => id !== note.id), note].sort((a, b) =>
          a.createdAt + a.id < b.createdAt + b.id ? -1 : 1,
        ),
      }));
    }
    return {
      async add(note, idempotencyKey) {
        show(await tims.notes.create({ id: conversationId, ...note }, { idempotencyKey }));
      },
      async change(id, patch) {
        try {
          show(await tims.notes.update({ id, ...patch }));
          return true;
        } catch (error) {
          refused('The note could not be changed', error);
          return false;
        }
      },
      remove(id) {
        tims.notes.remove({ id }).then(
          () =>
            asides.change(conversationId, (aside) => ({
              ...aside,
              notes: aside.notes.filter((note) => note.id !== id),
            })),
          (error: unknown) => refused('The note could not be deleted', error),
        );
      },
    };
  }, [tims, asides, conversationId]);
}

function refused(title: string, error: unknown): void {
  const { title: what, help } = errorText(error);
  toast({ title, description: `${what.replace(/\.$/, '')}. ${help}`, tone: 'danger' });
}

import type { Contact, Me, Note } from '@tims/sdk';
import { Plus } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useCommands } from '../commands.js';
import { useInbox } from '../inbox.js';
import { keyTable } from '../keys.js';
import type { FieldHandle } from '../thread/composer/Field.js';
import { NoteComposer } from '../thread/composer/NoteComposer.js';
import { hasNoteDraft } from '../thread/composer/use-note-draft.js';
import { NoteCard } from '../thread/notes/NoteCard.js';
import type { NoteRights } from '../thread/notes/note-rights.js';
import { Button } from '../ui.js';
import { NotLoaded } from './NotLoaded.js';
import { useContactNotes } from './use-contact-notes.js';
import { type ContactRights, useContactRights } from './use-contact-rights.js';

/** What colleagues noted about the person, whatever is talked about with them; the pinned ones first. */
export function ContactNotes({ contact, conversationId }: { contact: Contact; conversationId: string }) {
  const { me } = useInbox();
  const rights = useContactRights(contact.id, conversationId);
  const { notes, actions, isPending, isError, isFetching, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useContactNotes(contact.id);
  const [writing, setWriting] = useState(() => hasNoteDraft(me.id, contact.id));
  const field = useRef<FieldHandle>(null);
  const add = useRef<HTMLButtonElement>(null);
  const mayWrite = rights.note && contact.mergedInto === null;
  const write = useCallback(() => {
    setWriting(true);
    requestAnimationFrame(() => field.current?.focus());
  }, []);
  const leave = useCallback(() => {
    setWriting(false);
    requestAnimationFrame(() => add.current?.focus());
  }, []);
  useCommands(mayWrite ? [{ ...command, run: write }] : []);
  if (notes?.length === 0 && !mayWrite) return null;
  return (
    <section aria-label="Notes about the contact" className="border-border border-t px-4 py-4">
      <div className="mb-2 flex min-h-7 items-center justify-between gap-2">
        <h3 className="font-semibold text-text-muted text-xs">Notes</h3>
        {mayWrite && !writing && (
          <Button
            ref={add}
            variant="ghost"
            size="sm"
            title="Note about the contact (Shift N)"
            onClick={write}
            className="-me-2 pointer-coarse:h-11"
          >
            <Plus aria-hidden="true" className="size-3.5" />
            Add a note
          </Button>
        )}
      </div>
      {mayWrite && writing && (
        <div className="mb-3">
          <NoteComposer
            ref={field}
            about={{ type: 'contact', id: contact.id }}
            slim
            onAdd={actions.add}
            onAdded={leave}
            onLeave={leave}
          />
        </div>
      )}
      {notes?.length === 0 && !writing && <p className="text-text-muted">Nothing is noted about them yet.</p>}
      {notes && notes.length > 0 && (
        <ul className="space-y-2">
          {notes.map((note) => (
            <li key={note.id}>
              <NoteCard note={note} rights={rightsOf(note, me, rights)} actions={actions} active listed />
            </li>
          ))}
        </ul>
      )}
      {isPending && (
        <div role="status">
          <span className="sr-only">Loading the notes</span>
          <span aria-hidden="true" className="block h-14 animate-shimmer rounded-xl bg-hover" />
        </div>
      )}
      {isError && !isFetchingNextPage && (
        <NotLoaded
          says={
            notes ? 'They may have changed: the notes could not be loaded again.' : 'The notes could not be loaded.'
          }
          busy={isFetching}
          onRetry={() => void refetch()}
          className="mt-2"
        />
      )}
      {hasNextPage && (
        <Button size="sm" className="mt-2" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older notes
        </Button>
      )}
      <Arrivals notes={notes} me={me} />
    </section>
  );
}

const command = {
  id: 'contact.note',
  title: keyTable.find(({ id }) => id === 'contact.note')?.title ?? '',
  group: 'Conversation',
};

/** As the server decides it. */
function rightsOf({ authorId }: Note, me: Me, { note, lead }: ContactRights): NoteRights {
  const own = authorId === me.id;
  return { edit: own, pin: own || note, remove: own || lead };
}

/** Tells those who listen that somebody else noted something. */
function Arrivals({ notes, me }: { notes: readonly Note[] | undefined; me: Me }) {
  const [said, setSaid] = useState('');
  const newest =
    notes &&
    (notes
      .map(({ id }) => id)
      .sort()
      .at(-1) ??
      '');
  const known = useRef(newest);
  useEffect(() => {
    const before = known.current;
    known.current = newest;
    if (before === undefined || newest === undefined || newest <= before) return;
    const note = notes?.find(({ id }) => id === newest);
    if (note && note.authorId !== me.id) setSaid(`A note about the contact was added: ${note.text.slice(0, 200)}`);
  }, [newest, notes, me.id]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}

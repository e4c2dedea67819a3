import type { Conversation, Note } from '@tims/sdk';
import { ChevronDown, Pin } from 'lucide-react';
import { useState } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { cx } from '../../ui.js';
import { fullTime } from '../dates.js';
import { colleagueName } from '../names.js';
import { NoteText } from './NoteText.js';
import { rightsOf } from './note-rights.js';
import type { NoteActions } from './use-notes.js';

export interface PinnedNotesProps {
  notes: readonly Note[];
  conversation: Conversation;
  actions: NoteActions;
}

/** What colleagues pinned, above everything that was said. The newest is in sight, the others one press away. */
export function PinnedNotes({ notes, conversation, actions }: PinnedNotesProps) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const [open, setOpen] = useState(false);
  const pinned = notes.filter(({ pinnedAt }) => pinnedAt !== null).toReversed();
  const [first] = pinned;
  if (!first) return null;
  return (
    <section
      aria-label="Pinned notes"
      className="shrink-0 border-note-edge border-b border-dashed bg-note px-3 py-1.5 text-xs"
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-2 rounded-md py-0.5 text-start"
      >
        <Pin aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="min-w-0 flex-1 truncate">
          <span className="sr-only">Pinned note: </span>
          {open ? (
            <span className="font-semibold">
              {pinned.length === 1 ? 'Pinned note' : `${pinned.length} pinned notes`}
            </span>
          ) : (
            <bdi>{first.text}</bdi>
          )}
        </span>
        {!open && pinned.length > 1 && <span className="shrink-0 font-medium">+{pinned.length - 1}</span>}
        <ChevronDown
          aria-hidden="true"
          className={cx('size-3.5 shrink-0 transition-transform', open && 'rotate-180')}
        />
      </button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <ul tabIndex={0} className="max-h-[30dvh] space-y-2 overflow-y-auto overscroll-contain py-1.5 ps-5.5">
          {pinned.map((note) => (
            <li key={note.id}>
              <NoteText text={note.text} mentions={note.mentions} />
              <p className="text-2xs" title={fullTime(note.createdAt)}>
                {note.kind === 'feedback' ? 'Feedback by ' : ''}
                <bdi>{colleagueName(colleagues, me, note.authorId)}</bdi>
                {rightsOf(note, me, conversation).pin && (
                  <button
                    type="button"
                    onClick={() => actions.pin(note.id, false)}
                    className="ms-2 rounded font-medium underline underline-offset-2 pointer-coarse:min-h-9"
                  >
                    Unpin
                  </button>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

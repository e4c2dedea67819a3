import type { Note } from '@tims/sdk';
import { Lock, MessageSquareHeart, Pencil, Pin, PinOff, StickyNote, Trash2 } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { Button, cx } from '../../ui.js';
import { clockTime, fullTime } from '../dates.js';
import { colleagueName } from '../names.js';
import { NoteEditor } from './NoteEditor.js';
import { NoteText } from './NoteText.js';
import type { NoteRights } from './note-rights.js';
import type { NoteActions } from './use-notes.js';

export interface NoteBubbleProps {
  note: Note;
  rights: NoteRights;
  actions: NoteActions;
  /** The arrow keys stand on it: its buttons are next. */
  active: boolean;
}

/** What colleagues tell each other: it never looks like a message. */
export const NoteBubble = memo(function NoteBubble({ note, rights, actions, active }: NoteBubbleProps) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const [doing, setDoing] = useState<'edit' | 'remove'>();
  const nameOf = (id: string | null) => colleagueName(colleagues, me, id);
  const feedback = note.kind === 'feedback';
  const pinned = note.pinnedAt !== null;
  const Icon = feedback ? MessageSquareHeart : StickyNote;
  return (
    <div className="flex flex-col items-end px-4 pt-2.5">
      <div
        className={cx(
          'min-w-0 max-w-[min(38rem,92cqw)] rounded-xl border border-dashed px-3 py-2 text-sm leading-5',
          feedback ? 'border-feedback-edge bg-feedback' : 'border-note-edge bg-note',
          doing === 'edit' && 'w-full',
        )}
      >
        <div className="mb-1 flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-2xs">
          <span className="inline-flex items-center gap-1 font-semibold">
            <Icon aria-hidden="true" className="size-3.5" />
            {feedback ? 'Feedback' : 'Internal note'}
          </span>
          {feedback && (
            <span>
              for <bdi>{note.aboutUserId === me.id ? 'you' : nameOf(note.aboutUserId)}</bdi>
            </span>
          )}
          <span>
            · <bdi>{nameOf(note.authorId)}</bdi>
          </span>
          <time dateTime={note.createdAt} title={fullTime(note.createdAt)} className="tabular-nums">
            · {clockTime(note.createdAt)}
          </time>
          {note.editedAt !== null && <span title={`Edited ${fullTime(note.editedAt)}`}>· edited</span>}
          {pinned && (
            <span className="inline-flex items-center gap-0.5">
              · <Pin aria-hidden="true" className="size-3" /> pinned
            </span>
          )}
        </div>
        {doing === 'edit' ? (
          <NoteEditor note={note} onSave={actions.change} onDone={() => setDoing(undefined)} />
        ) : (
          <NoteText text={note.text} mentions={note.mentions} />
        )}
        {feedback && (
          <p className="mt-1 flex items-center gap-1 text-2xs">
            <Lock aria-hidden="true" className="size-3" />
            Only {note.aboutUserId === me.id ? 'you' : nameOf(note.aboutUserId)}, their leads and the author see this
          </p>
        )}
        {doing === 'remove' && (
          <div role="alert" className="mt-2 flex flex-wrap items-center gap-2 text-xs">
            <span>Delete this note for everybody?</span>
            <Button size="sm" variant="danger" autoFocus onClick={() => actions.remove(note.id)}>
              Delete
            </Button>
            <Button size="sm" onClick={() => setDoing(undefined)}>
              Keep it
            </Button>
          </div>
        )}
      </div>
      {doing === undefined && (rights.pin || rights.edit || rights.remove) && (
        <div
          className={cx(
            'flex items-center transition-opacity duration-100 focus-within:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100',
            active ? 'opacity-100' : 'opacity-0',
          )}
        >
          {rights.pin && (
            <Tool
              label={pinned ? 'Unpin the note' : 'Pin the note'}
              active={active}
              onClick={() => void actions.change(note.id, { pinned: !pinned })}
            >
              {pinned ? <PinOff className="size-3.5" /> : <Pin className="size-3.5" />}
            </Tool>
          )}
          {rights.edit && (
            <Tool label="Edit the note" active={active} onClick={() => setDoing('edit')}>
              <Pencil className="size-3.5" />
            </Tool>
          )}
          {rights.remove && (
            <Tool label="Delete the note" active={active} onClick={() => setDoing('remove')}>
              <Trash2 className="size-3.5" />
            </Tool>
          )}
        </div>
      )}
    </div>
  );
});

interface ToolProps {
  label: string;
  active: boolean;
  onClick(): void;
  children: ReactNode;
}

function Tool({ label, active, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      tabIndex={active ? 0 : -1}
      onClick={onClick}
      className="flex size-7 items-center justify-center rounded-full text-text-muted hover:bg-hover hover:text-text pointer-coarse:size-9"
    >
      {children}
    </button>
  );
}

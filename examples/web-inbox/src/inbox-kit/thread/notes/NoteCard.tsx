import type { Note } from '@tims/sdk';
import { Lock, MessageSquareHeart, Pin, StickyNote } from 'lucide-react';
import { useRef, useState } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { Button, cx, RelativeTime } from '../../ui.js';
import { clockTime, fullTime } from '../dates.js';
import { colleagueName } from '../names.js';
import { NoteEditor } from './NoteEditor.js';
import { NoteText } from './NoteText.js';
import { Tools } from './NoteTools.js';
import type { NoteRights } from './note-rights.js';
import type { NoteActions } from './use-notes.js';

export interface NoteCardProps {
  note: Note;
  rights: NoteRights;
  actions: NoteActions;
  /** Its buttons are in sight and next: the arrow keys stand on it. */
  active: boolean;
  /** Among notes alone, of any day: it need not say that it is one, but when it was. */
  listed?: boolean | undefined;
}

/** A note: who wrote what, and what can be done with it. */
export function NoteCard({ note, rights, actions, active, listed }: NoteCardProps) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const [doing, setDoing] = useState<'edit' | 'remove'>();
  const nameOf = (id: string | null) => colleagueName(colleagues, me, id);
  const feedback = note.kind === 'feedback';
  const pinned = note.pinnedAt !== null;
  const card = useRef<HTMLDivElement>(null);
  const Icon = feedback ? MessageSquareHeart : StickyNote;

  /** What was begun is over, and whoever goes by keys goes on where they were. */
  function settle(): void {
    setDoing(undefined);
    requestAnimationFrame(() => card.current?.querySelector<HTMLElement>('[data-note-tool]')?.focus());
  }

  return (
    <div
      ref={card}
      className={cx(
        'min-w-0 rounded-xl border border-dashed px-3 py-2 text-sm leading-5',
        feedback ? 'border-feedback-edge bg-feedback' : 'border-note-edge bg-note',
        listed || doing === 'edit' ? 'w-full' : 'max-w-[min(38rem,92cqw)]',
      )}
    >
      <div className="mb-1 flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-2xs">
        {!listed && (
          <span className="inline-flex items-center gap-1 font-semibold">
            <Icon aria-hidden="true" className="size-3.5" />
            {feedback ? 'Feedback' : 'Internal note'}
          </span>
        )}
        {feedback && (
          <span>
            for <bdi>{note.aboutUserId === me.id ? 'you' : nameOf(note.aboutUserId)}</bdi>
          </span>
        )}
        <span className={cx(listed && 'font-semibold')}>
          {!listed && '· '}
          <bdi>{nameOf(note.authorId)}</bdi>
        </span>
        {listed ? (
          <RelativeTime at={note.createdAt} />
        ) : (
          <time dateTime={note.createdAt} title={fullTime(note.createdAt)} className="tabular-nums">
            · {clockTime(note.createdAt)}
          </time>
        )}
        {note.editedAt !== null && <span title={`Edited ${fullTime(note.editedAt)}`}>· edited</span>}
        {pinned && (
          <span className="inline-flex items-center gap-0.5">
            · <Pin aria-hidden="true" className="size-3" /> pinned
          </span>
        )}
        {doing === undefined && <Tools note={note} rights={rights} actions={actions} active={active} onDo={setDoing} />}
      </div>
      {doing === 'edit' ? (
        <NoteEditor note={note} onSave={actions.save} onDone={settle} />
      ) : (
        <NoteText text={note.text} mentions={note.mentions} />
      )}
      {feedback && (
        <p className="mt-1 flex items-center gap-1 text-2xs">
          <Lock aria-hidden="true" className="size-3" />
          {note.aboutUserId === me.id
            ? 'Only you, your leads and the author see this'
            : `Only ${nameOf(note.aboutUserId)}, their leads and the author see this`}
        </p>
      )}
      {doing === 'remove' && (
        <div role="alert" className="mt-2 flex flex-wrap items-center gap-2 text-xs">
          <span>Delete this note for everybody?</span>
          <Button size="sm" variant="danger" autoFocus onClick={() => actions.remove(note.id)}>
            Delete
          </Button>
          <Button size="sm" onClick={settle}>
            Keep it
          </Button>
        </div>
      )}
    </div>
  );
}

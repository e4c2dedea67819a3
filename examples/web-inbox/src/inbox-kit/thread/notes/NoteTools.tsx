import type { Note } from '@tims/sdk';
import { Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../ui.js';
import type { NoteRights } from './note-rights.js';
import type { NoteActions } from './use-notes.js';

export interface ToolsProps {
  note: Note;
  rights: NoteRights;
  actions: NoteActions;
  /** The arrow keys stand on the note. */
  active: boolean;
  onDo(what: 'edit' | 'remove'): void;
}

/** What can be done with a note, at the end of its heading. */
export function Tools({ note: { id, pinnedAt }, rights, actions, active, onDo }: ToolsProps) {
  const pinned = pinnedAt !== null;
  if (!rights.pin && !rights.edit && !rights.remove) return null;
  return (
    <span
      className={cx(
        '-my-1 -me-1.5 ms-auto flex ps-2 transition-opacity duration-100 focus-within:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100',
        active ? 'opacity-100' : 'opacity-0',
      )}
    >
      {rights.pin && (
        <Tool
          label={pinned ? 'Unpin the note' : 'Pin the note'}
          active={active}
          onClick={() => actions.pin(id, !pinned)}
        >
          {pinned ? <PinOff className="size-3.5" /> : <Pin className="size-3.5" />}
        </Tool>
      )}
      {rights.edit && (
        <Tool label="Edit the note" active={active} onClick={() => onDo('edit')}>
          <Pencil className="size-3.5" />
        </Tool>
      )}
      {rights.remove && (
        <Tool label="Delete the note" active={active} onClick={() => onDo('remove')}>
          <Trash2 className="size-3.5" />
        </Tool>
      )}
    </span>
  );
}

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
      data-note-tool=""
      aria-label={label}
      title={label}
      tabIndex={active ? 0 : -1}
      onClick={onClick}
      className="flex size-6 items-center justify-center rounded-md hover:bg-surface pointer-coarse:size-9"
    >
      {children}
    </button>
  );
}

import { MessageSquare, StickyNote } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../ui.js';

/** What is being written: an answer to the customer, or a note for the team. */
export type Mode = 'answer' | 'note';

export interface ModeBarProps {
  mode: Mode;
  onMode(mode: Mode): void;
  /** Who else is here. */
  children?: ReactNode;
}

const modes = [
  { mode: 'answer', label: 'Answer', icon: MessageSquare, title: 'Answer the customer (R)' },
  { mode: 'note', label: 'Note', icon: StickyNote, title: 'Write a note for the team (N)' },
] as const;

/** Switches between the answer and the note, above where they are written. */
export function ModeBar({ mode, onMode, children }: ModeBarProps) {
  return (
    <div className="mx-3 mt-1 mb-1.5 flex min-h-7 items-center gap-1">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be drawn with a frame */}
      <div role="group" aria-label="What is written" className="flex gap-1">
        {modes.map(({ mode: one, label, icon: Icon, title }) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === mode}
            title={title}
            onClick={() => onMode(one)}
            className={cx(
              'inline-flex h-7 items-center gap-1.5 rounded-lg px-2 font-medium text-xs pointer-coarse:h-9',
              one !== mode && 'text-text-muted hover:bg-hover hover:text-text',
              one === mode && (one === 'note' ? 'bg-note text-text' : 'bg-selected text-text'),
            )}
          >
            <Icon aria-hidden="true" className="size-3.5" />
            {label}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}

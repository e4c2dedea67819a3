import type { Note } from '@tims/sdk';
import { useEffect, useRef, useState } from 'react';
import { useColleagues } from '../../inbox.js';
import { Button } from '../../ui.js';
import { Field, type FieldHandle } from '../composer/Field.js';
import { noteLimit } from '../composer/limits.js';
import { mentionedIn } from './mentions.js';
import { useMentions } from './use-mentions.js';
import type { NoteActions } from './use-notes.js';

export interface NoteEditorProps {
  note: Note;
  onSave: NoteActions['change'];
  onDone(): void;
}

/** Changes what a note says, where it stands. */
export function NoteEditor({ note, onSave, onDone }: NoteEditorProps) {
  const [text, setText] = useState(note.text);
  const [busy, setBusy] = useState(false);
  const field = useRef<FieldHandle>(null);
  const colleagues = useColleagues();
  const { suggest, chosen } = useMentions(note.mentions);
  useEffect(() => field.current?.focus(), []);

  async function save(): Promise<void> {
    const said = text.trim();
    if (said === '' || busy) return;
    setBusy(true);
    const mentions = mentionedIn(said, [...colleagues.values()], chosen);
    if (said === note.text || (await onSave(note.id, { text: said, mentions }))) onDone();
    else setBusy(false);
  }

  return (
    <div className="relative">
      <div className="rounded-lg border border-border-strong bg-surface px-2.5">
        <Field
          ref={field}
          text={text}
          onText={setText}
          label="What the note says"
          placeholder="What the note says"
          maxLength={noteLimit}
          onEnter={() => void save()}
          onEscape={onDone}
          suggest={suggest}
          suggestionsLabel="Colleagues to mention"
        />
      </div>
      <div className="mt-2 flex gap-2">
        <Button size="sm" variant="primary" busy={busy} disabled={text.trim() === ''} onClick={() => void save()}>
          Save
        </Button>
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

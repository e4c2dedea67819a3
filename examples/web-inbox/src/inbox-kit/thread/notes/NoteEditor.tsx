import type { Note } from '@tims/sdk';
import { useEffect, useRef, useState } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { Button } from '../../ui.js';
import { Field, type FieldHandle } from '../composer/Field.js';
import { noteLimit } from '../composer/limits.js';
import { colleagueName } from '../names.js';
import { mentionedIn } from './mentions.js';
import { type NoteProblem, noteProblem } from './note-problem.js';
import { useMentions } from './use-mentions.js';
import type { NoteActions } from './use-notes.js';

export interface NoteEditorProps {
  note: Note;
  onSave: NoteActions['save'];
  onDone(): void;
}

/** Changes what a note says, where it stands. What could not be saved stays, with the reason. */
export function NoteEditor({ note, onSave, onDone }: NoteEditorProps) {
  const { me } = useInbox();
  const [text, setText] = useState(note.text);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<NoteProblem>();
  const field = useRef<FieldHandle>(null);
  const colleagues = useColleagues();
  const { suggest, chosen } = useMentions(note.mentions);
  useEffect(() => field.current?.focus(), []);

  /** @param silent not told of it, although they are named */
  async function save(silent: readonly string[] = []): Promise<void> {
    const said = text.trim();
    if (said === '' || busy) return;
    if (said === note.text) return onDone();
    setBusy(true);
    const mentions = mentionedIn(said, [...colleagues.values()], chosen).filter((id) => !silent.includes(id));
    try {
      await onSave(note.id, { text: said, mentions });
      onDone();
    } catch (error) {
      const subject = note.contactId === null ? 'conversation' : 'contact';
      const nameOf = (id: string) => colleagueName(colleagues, me, id);
      setProblem(noteProblem(error, 'The note could not be changed', subject, nameOf));
      setBusy(false);
      field.current?.focus();
    }
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
      {problem && (
        <p role="alert" className="mt-1.5 text-danger text-xs [overflow-wrap:anywhere]">
          {problem.text}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" variant="primary" busy={busy} disabled={text.trim() === ''} onClick={() => void save()}>
          Save
        </Button>
        {problem && problem.unseen.length > 0 && (
          <Button size="sm" disabled={busy} onClick={() => void save(problem.unseen)}>
            Save without telling them
          </Button>
        )}
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

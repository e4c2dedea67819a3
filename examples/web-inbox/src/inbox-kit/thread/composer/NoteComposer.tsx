import type { Conversation } from '@tims/sdk';
import { MessageSquareHeart, StickyNote } from 'lucide-react';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { Button, cx } from '../../ui.js';
import { colleagueName } from '../names.js';
import { mentionedIn } from '../notes/mentions.js';
import { type NoteProblem, type NoteSubject, noteProblem } from '../notes/note-problem.js';
import { useMentions } from '../notes/use-mentions.js';
import type { NoteActions } from '../notes/use-notes.js';
import { FeedbackChoice } from './FeedbackChoice.js';
import { Field, type FieldHandle } from './Field.js';
import { noteLimit } from './limits.js';
import { useNoteDraft } from './use-note-draft.js';

export interface NoteComposerProps {
  /** What the note is about. */
  about: { readonly type: NoteSubject; readonly id: string };
  /** The conversation about which feedback may be given here. */
  feedbackOn?: Conversation | undefined;
  /** There is little room: the button stands under the field. */
  slim?: boolean | undefined;
  onAdd: NoteActions['add'];
  /** It was added: it is to be seen. */
  onAdded(): void;
  /** Away from it. */
  onLeave(): void;
  ref?: Ref<FieldHandle> | undefined;
}

/** Where a note is written: it looks like nothing that is sent, and has no way to the customer. */
export function NoteComposer({ about, feedbackOn, slim, onAdd, onAdded, onLeave, ref }: NoteComposerProps) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const [text, setText] = useNoteDraft(about.id);
  const [aboutUserId, setAbout] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<NoteProblem>();
  const { suggest, chosen } = useMentions();
  const field = useRef<FieldHandle>(null);
  const sent = useRef({ text: '', key: '' });
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));
  const feedback = aboutUserId !== undefined;
  const said = text.trim();
  const Icon = feedback ? MessageSquareHeart : StickyNote;
  const nameOf = (id: string) => colleagueName(colleagues, me, id);

  /** @param silent not told of it, although they are named */
  async function add(silent: readonly string[] = []): Promise<void> {
    if (said === '' || busy) return;
    setBusy(true);
    const mentions = mentionedIn(said, [...colleagues.values()], chosen).filter((id) => !silent.includes(id));
    const body = { text: said, mentions, ...(feedback ? { kind: 'feedback' as const, aboutUserId } : {}) };
    // The same once more after an answer that was lost is the same note.
    const whole = JSON.stringify(body);
    if (sent.current.text !== whole)
      sent.current = { text: whole, key: `note-${Date.now()}-${Math.random().toString(36).slice(2)}` };
    try {
      await onAdd(body, sent.current.key);
      sent.current = { text: '', key: '' };
      setText('');
      setAbout(undefined);
      setProblem(undefined);
      onAdded();
    } catch (error) {
      setProblem(noteProblem(error, 'The note was not added', about.type, nameOf));
    }
    setBusy(false);
    field.current?.focus();
  }

  return (
    <form
      aria-label={feedback ? 'Feedback' : 'Internal note'}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
      className={cx(
        'relative rounded-2xl border border-dashed',
        !slim && 'mx-3 mb-3 shadow-low',
        feedback ? 'border-feedback-edge bg-feedback' : 'border-note-edge bg-note',
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 pt-2 text-2xs">
        <span className="inline-flex items-center gap-1 font-semibold">
          <Icon aria-hidden="true" className="size-3.5" />
          {feedback ? `Feedback for ${nameOf(aboutUserId)}` : 'Internal note'}
        </span>
        <span>{feedback ? 'Only they and their leads see it' : 'Your team sees it, the customer never does'}</span>
        {feedbackOn && <FeedbackChoice conversation={feedbackOn} aboutUserId={aboutUserId} onChange={setAbout} />}
      </div>
      <div className={cx('flex gap-2 p-1.5 ps-3', slim ? 'flex-col items-end' : 'items-end')}>
        <Field
          ref={field}
          text={text}
          onText={setText}
          label={feedback ? 'Feedback' : 'Internal note'}
          placeholder={feedback ? 'What was good, and what could be better?' : 'Write a note. @ mentions a colleague'}
          maxLength={noteLimit}
          onEnter={() => void add()}
          onEscape={said === '' ? onLeave : undefined}
          suggest={suggest}
          suggestionsLabel="Colleagues to mention"
        />
        <Button type="submit" busy={busy} disabled={said === ''} title="Add (Enter)" className="pointer-coarse:h-11">
          {feedback ? 'Add feedback' : 'Add note'}
        </Button>
      </div>
      {problem && (
        <div role="alert" className="flex flex-wrap items-center gap-2 px-3 pb-2 text-danger text-xs">
          <span>{problem.text}</span>
          {problem.unseen.length > 0 && (
            <Button size="sm" onClick={() => void add(problem.unseen)}>
              Add without telling them
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

import { isTimsError, type OpenConversation } from '@tims/sdk';
import { MessageSquareHeart, StickyNote } from 'lucide-react';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { errorText } from '../../error-text.js';
import { useColleagues, useInbox } from '../../inbox.js';
import { Button, cx } from '../../ui.js';
import { colleagueName } from '../names.js';
import { mentionedIn } from '../notes/mentions.js';
import { useMentions } from '../notes/use-mentions.js';
import type { NoteActions } from '../notes/use-notes.js';
import { FeedbackChoice } from './FeedbackChoice.js';
import { Field, type FieldHandle } from './Field.js';
import { noteLimit } from './limits.js';
import { useNoteDraft } from './use-note-draft.js';

export interface NoteComposerProps {
  conversation: OpenConversation['conversation'];
  mayGiveFeedback: boolean;
  onAdd: NoteActions['add'];
  /** It was added: it is to be seen. */
  onAdded(): void;
  /** Back to the answer. */
  onLeave(): void;
  ref?: Ref<FieldHandle> | undefined;
}

/** Where a note is written: it looks like nothing that is sent, and has no way to the customer. */
export function NoteComposer({ conversation, mayGiveFeedback, onAdd, onAdded, onLeave, ref }: NoteComposerProps) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const [text, setText] = useNoteDraft(conversation.id);
  const [aboutUserId, setAbout] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ text: string; unseen: readonly string[] }>();
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
      setProblem(problemOf(error, nameOf));
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
        'relative mx-3 mb-3 rounded-2xl border border-dashed shadow-low',
        feedback ? 'border-feedback-edge bg-feedback' : 'border-note-edge bg-note',
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 pt-2 text-2xs">
        <span className="inline-flex items-center gap-1 font-semibold">
          <Icon aria-hidden="true" className="size-3.5" />
          {feedback ? `Feedback for ${nameOf(aboutUserId)}` : 'Internal note'}
        </span>
        <span>{feedback ? 'Only they and their leads see it' : 'Your team sees it, the customer never does'}</span>
        {mayGiveFeedback && (
          <FeedbackChoice conversation={conversation} aboutUserId={aboutUserId} onChange={setAbout} />
        )}
      </div>
      <div className="flex items-end gap-2 p-1.5 ps-3">
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

function problemOf(error: unknown, nameOf: (id: string) => string) {
  if (isTimsError(error, 'mention_out_of_sight') && 'members' in error) {
    const ids: unknown = error.members.userIds;
    const unseen = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
    return { text: `${unseen.map(nameOf).join(', ')} cannot see this conversation, and would not be told.`, unseen };
  }
  const { title, help } = errorText(error);
  return { text: `The note was not added. ${title.replace(/\.$/, '')}. ${help}`, unseen: [] };
}

import type { Conversation, Message } from '@tims/sdk';
import { SendHorizontal } from 'lucide-react';
import { type Ref, useCallback, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useInbox } from '../../inbox.js';
import { Button, cx } from '../../ui.js';
import { MissingValues } from '../canned/MissingValues.js';
import { useCanned } from '../canned/use-canned.js';
import { fillIn, openVariables } from '../canned/variables.js';
import type { Draft } from './drafts.js';
import { Field, type FieldHandle } from './Field.js';
import { roomFor } from './limits.js';
import { ReplyChip } from './ReplyChip.js';

export interface ComposerProps {
  /** To whom. */
  name: string;
  conversation: Conversation;
  draft: Draft;
  onDraft(draft: Draft): void;
  onSend(draft: Draft): void;
  /** The message that the draft answers, where it is loaded, and whose it is. */
  quoted?: { readonly message: Message; readonly author: string } | undefined;
  placeholder: string;
  /** Stands at the foot, e.g. how long the channel's window is still open. */
  hint?: React.ReactNode;
  ref?: Ref<FieldHandle> | undefined;
}

/** Where an answer is written: Enter sends, Shift and Enter break the line, and nothing typed is lost. */
export function Composer(props: ComposerProps) {
  const { conversation, name, draft, onDraft, onSend, quoted, placeholder, hint, ref } = props;
  const { telling } = useInbox();
  const field = useRef<FieldHandle>(null);
  const latest = useRef(draft);
  useLayoutEffect(() => {
    latest.current = draft;
  });
  const limitId = useId();
  const room = roomFor(conversation.channel.kind, draft.text);
  const tooLong = room !== undefined && room < 0;
  const missing = openVariables(draft.text);
  const unfit = draft.text.trim() === '' || tooLong || missing.length > 0;
  const suggest = useCanned(
    conversation,
    useCallback(
      (filled: string) => {
        // What was typed while it was filled in stays.
        const { text, replyTo } = latest.current;
        onDraft({ text: text.startsWith('/') ? filled : text + filled, replyTo });
      },
      [onDraft],
    ),
  );
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));

  function write(text: string): void {
    onDraft({ ...draft, text });
    telling.typing(conversation.id, text !== '');
  }

  function send(): void {
    if (!unfit) {
      onSend({ ...draft, text: draft.text.trim() });
      telling.typing(conversation.id, false);
    }
    field.current?.focus();
  }

  return (
    <form
      aria-label="Answer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className={cx(
        'relative mx-3 mb-3 rounded-2xl border bg-surface shadow-low transition-colors focus-within:border-accent',
        tooLong ? 'border-danger' : 'border-border-strong',
      )}
    >
      {draft.replyTo !== undefined && <ReplyChip quoted={quoted} onRemove={() => onDraft({ text: draft.text })} />}
      <div className="flex items-end gap-2 p-1.5 ps-3">
        <Field
          ref={field}
          text={draft.text}
          onText={write}
          label={`Message to ${name}`}
          placeholder={placeholder}
          invalid={tooLong}
          describedBy={room !== undefined && room < 400 ? limitId : undefined}
          onEnter={send}
          suggest={suggest}
          suggestionsLabel="Canned responses"
          onEscape={draft.replyTo === undefined ? undefined : () => onDraft({ text: draft.text })}
        />
        <Button
          type="submit"
          variant="primary"
          size="icon"
          aria-label="Send"
          title="Send (Enter)"
          disabled={unfit}
          className="pointer-coarse:size-11"
        >
          <SendHorizontal aria-hidden="true" className="size-4.5" />
        </Button>
      </div>
      {missing.length > 0 && (
        <MissingValues names={missing} onFill={(name, value) => write(fillIn(draft.text, name, value))} />
      )}
      <div className="flex items-center justify-between gap-3 px-3 pb-2 text-2xs text-text-muted empty:hidden">
        {hint}
        {room !== undefined && room < 400 && <Room id={limitId} room={room} />}
      </div>
    </form>
  );
}

function Room({ id, room }: { id: string; room: number }) {
  const over = room < 0;
  return (
    <span
      id={id}
      role={over ? 'alert' : undefined}
      className={cx('ms-auto tabular-nums', over && 'font-medium text-danger')}
    >
      {over
        ? `${(-room).toLocaleString()} characters too many: shorten it, or send it in parts`
        : `${room.toLocaleString()} characters left`}
    </span>
  );
}

import type { Message } from '@tims/sdk';
import { SendHorizontal } from 'lucide-react';
import { type Ref, useId, useImperativeHandle, useRef } from 'react';
import { Button, cx } from '../../ui.js';
import type { Draft } from './drafts.js';
import { Field, type FieldHandle } from './Field.js';
import { roomFor } from './limits.js';
import { ReplyChip } from './ReplyChip.js';

export interface ComposerProps {
  /** The channel's kind: it has a limit. */
  kind: string;
  /** To whom. */
  name: string;
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
export function Composer({ kind, name, draft, onDraft, onSend, quoted, placeholder, hint, ref }: ComposerProps) {
  const field = useRef<FieldHandle>(null);
  const limitId = useId();
  const room = roomFor(kind, draft.text);
  const tooLong = room !== undefined && room < 0;
  const empty = draft.text.trim() === '';
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));

  function send(): void {
    if (!empty && !tooLong) onSend({ ...draft, text: draft.text.trim() });
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
          onText={(text) => onDraft({ ...draft, text })}
          label={`Message to ${name}`}
          placeholder={placeholder}
          invalid={tooLong}
          describedBy={room !== undefined && room < 400 ? limitId : undefined}
          onEnter={send}
          onEscape={draft.replyTo === undefined ? undefined : () => onDraft({ text: draft.text })}
        />
        <Button
          type="submit"
          variant="primary"
          size="icon"
          aria-label="Send"
          title="Send (Enter)"
          disabled={empty || tooLong}
          className="pointer-coarse:size-11"
        >
          <SendHorizontal aria-hidden="true" className="size-4.5" />
        </Button>
      </div>
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

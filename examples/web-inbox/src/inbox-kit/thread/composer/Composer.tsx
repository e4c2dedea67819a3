import type { Message } from '@tims/sdk';
import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { Button, cx } from '../../ui.js';
import type { Draft } from './drafts.js';
import { roomFor } from './limits.js';
import { ReplyChip } from './ReplyChip.js';

export interface ComposerHandle {
  focus(): void;
}

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
  ref?: Ref<ComposerHandle> | undefined;
}

/** Where an answer is written: Enter sends, Shift and Enter break the line, and nothing typed is lost. */
export function Composer({ kind, name, draft, onDraft, onSend, quoted, placeholder, hint, ref }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const limitId = useId();
  const room = roomFor(kind, draft.text);
  const tooLong = room !== undefined && room < 0;
  const empty = draft.text.trim() === '';
  useImperativeHandle(ref, () => ({ focus: () => focusEnd(field.current) }));
  useGrowth(field, draft.text);

  function send(): void {
    if (!empty && !tooLong) onSend({ ...draft, text: draft.text.trim() });
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // Enter that ends a word of an input method sends nothing; Safari tells it by the code alone.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (
      event.key === 'Enter' &&
      (event.ctrlKey || event.metaKey || (!event.shiftKey && !event.altKey && hasKeyboard()))
    ) {
      event.preventDefault();
      if (!event.repeat) send();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (draft.replyTo === undefined) field.current?.blur();
      else onDraft({ text: draft.text });
    }
  }

  return (
    <form
      aria-label="Answer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className={cx(
        'mx-3 mt-1 mb-3 rounded-2xl border bg-surface shadow-low transition-colors focus-within:border-accent',
        tooLong ? 'border-danger' : 'border-border-strong',
      )}
    >
      {draft.replyTo !== undefined && <ReplyChip quoted={quoted} onRemove={() => onDraft({ text: draft.text })} />}
      <div className="flex items-end gap-2 p-1.5 ps-3">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={draft.text}
          aria-label={`Message to ${name}`}
          aria-invalid={tooLong || undefined}
          aria-describedby={room !== undefined && room < 400 ? limitId : undefined}
          placeholder={placeholder}
          enterKeyHint={hasKeyboard() ? 'send' : 'enter'}
          onChange={({ target }) => onDraft({ ...draft, text: target.value })}
          onKeyDown={onKeyDown}
          className="max-h-[min(40vh,18rem)] min-h-9 w-full resize-none bg-transparent py-2 text-sm leading-5 outline-none max-sm:text-base"
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

/** As high as what is written, up to the limit that the style sets. */
function useGrowth(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
    element.style.overflowY = element.scrollHeight > element.clientHeight + 1 ? 'auto' : 'hidden';
  }, [field, text]);
}

function focusEnd(element: HTMLTextAreaElement | null): void {
  element?.focus();
  element?.setSelectionRange(element.value.length, element.value.length);
}

/** On a phone Enter breaks the line, as there is no Shift to go with it; the button sends. */
function hasKeyboard(): boolean {
  return (
    typeof matchMedia !== 'function' ||
    !matchMedia('(pointer: coarse)').matches ||
    matchMedia('(any-pointer: fine)').matches
  );
}

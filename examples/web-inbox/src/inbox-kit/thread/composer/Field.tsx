import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { type Suggestion, Suggestions } from './Suggestions.js';

export interface FieldHandle {
  focus(): void;
}

export interface FieldProps {
  text: string;
  onText(text: string): void;
  label: string;
  placeholder: string;
  invalid?: boolean | undefined;
  describedBy?: string | undefined;
  maxLength?: number | undefined;
  /** Enter, on a machine with a keyboard; Ctrl and Enter everywhere. */
  onEnter(): void;
  /** Escape, where there is something to give up; the field is left otherwise. */
  onEscape?: (() => void) | undefined;
  /** What can be chosen for the text as far as the caret. */
  suggest?: ((before: string) => readonly Suggestion[]) | undefined;
  /** What the suggestions are, for who listens. */
  suggestionsLabel?: string | undefined;
  ref?: Ref<FieldHandle> | undefined;
}

/** Where somebody writes: as high as what is written, with what can be chosen above it. */
export function Field(props: FieldProps) {
  const { text, onText, label, placeholder, invalid, describedBy, maxLength, onEnter, onEscape, suggest, ref } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(text.length);
  const [typed, setTyped] = useState(text);
  // What was not typed here, a draft or the / of a key, ends with the caret: no event of the field tells.
  if (text !== typed) {
    setTyped(text);
    setCaret(text.length);
  }
  const [closedAt, setClosedAt] = useState<string>();
  const [chosen, setChosen] = useState(0);
  const before = text.slice(0, caret);
  const found = closedAt === before ? [] : (suggest?.(before) ?? []);
  const active = Math.min(chosen, found.length - 1);
  useImperativeHandle(ref, () => ({ focus: () => focusEnd(field.current) }));
  useGrowth(field, text);

  function pick(index: number): void {
    const one = found[index];
    if (!one) return;
    setChosen(0);
    one.onChoose?.();
    if (one.insert === undefined) return;
    const start = caret - one.replaces;
    const end = start + one.insert.length;
    const next = text.slice(0, start) + one.insert + text.slice(caret);
    onText(next);
    setTyped(next);
    setCaret(end);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(end, end);
    });
  }

  /** Whether the key was for the suggestions. */
  function steered(event: KeyboardEvent): boolean {
    if (found.length === 0) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : found.length - 1;
      setChosen((active + step) % found.length);
    } else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') pick(active);
    else if (event.key === 'Escape') setClosedAt(before);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // Enter that ends a word of an input method sends nothing; Safari tells it by the code alone.
    if (event.nativeEvent.isComposing || event.keyCode === 229 || steered(event)) return;
    const withModifier = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && (withModifier || (!event.shiftKey && !event.altKey && hasKeyboard()))) {
      event.preventDefault();
      if (!event.repeat) onEnter();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (onEscape) onEscape();
      else field.current?.blur();
    }
  }

  return (
    <>
      {found.length > 0 && (
        <Suggestions
          id={listId}
          label={props.suggestionsLabel ?? 'Suggestions'}
          items={found}
          active={active}
          onPick={pick}
        />
      )}
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        value={text}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        aria-autocomplete={suggest ? 'list' : undefined}
        aria-controls={found.length > 0 ? listId : undefined}
        aria-activedescendant={found.length > 0 ? `${listId}-${active}` : undefined}
        placeholder={placeholder}
        maxLength={maxLength}
        enterKeyHint={hasKeyboard() ? 'send' : 'enter'}
        onChange={({ target }) => {
          setCaret(target.selectionStart);
          setTyped(target.value);
          setChosen(0);
          onText(target.value);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="max-h-[min(40vh,18rem)] min-h-9 w-full resize-none bg-transparent py-2 text-sm leading-5 outline-none max-sm:text-base"
      />
    </>
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

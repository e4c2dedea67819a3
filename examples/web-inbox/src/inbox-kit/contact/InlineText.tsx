import { Pencil } from 'lucide-react';
import { type HTMLInputTypeAttribute, useId, useRef, useState } from 'react';
import { cx, Spinner } from '../ui.js';
import type { ContactValue, Refusal } from './use-contact-changes.js';

export interface InlineTextProps {
  label: string;
  value: ContactValue;
  /** What stands there where there is none. */
  empty: string;
  type?: Extract<HTMLInputTypeAttribute, 'text' | 'date' | 'email' | 'url'> | undefined;
  inputMode?: 'decimal' | undefined;
  maxLength: number;
  /** What was written as it is saved, or why it cannot be. */
  read(text: string): { value: ContactValue } | { fault: string };
  save(value: ContactValue, began: ContactValue): Promise<Refusal | undefined>;
  /** As a headline. */
  large?: boolean | undefined;
}

/** A text that becomes a field when it is pressed: Enter and leaving it save, Escape does not. */
export function InlineText(props: InlineTextProps) {
  const { label, value, empty, type = 'text', inputMode, maxLength, read, save, large } = props;
  const [draft, setDraft] = useState<string>();
  const [began, setBegan] = useState<ContactValue>(null);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  const faultId = useId();
  const shown = value === null ? undefined : String(value);

  function leave(refocus: boolean): void {
    setDraft(undefined);
    setFault(undefined);
    if (refocus) requestAnimationFrame(() => button.current?.focus());
  }

  async function commit(input: HTMLInputElement, refocus: boolean): Promise<void> {
    if (running.current || draft === undefined) return;
    if (input.validity.badInput) return setFault('That is not a whole date yet.');
    const text = draft.trim();
    if (text === (began === null ? '' : String(began))) return leave(refocus);
    const written = read(text);
    if ('fault' in written) return setFault(written.fault);
    running.current = true;
    setBusy(true);
    const refusal = await save(written.value, began);
    running.current = false;
    setBusy(false);
    if (!refusal) return leave(refocus);
    setFault(refusal.message);
    if (refusal.now) setBegan(refusal.now.value);
  }

  if (draft === undefined) {
    return (
      <button
        ref={button}
        type="button"
        aria-label={`${label}: ${shown ?? empty}. Change`}
        title={`Change: ${label}`}
        onClick={() => {
          setBegan(value);
          setDraft(shown ?? '');
        }}
        className={cx(
          'group inline-flex min-h-7 min-w-0 max-w-full items-center gap-1.5 rounded-md px-1.5 py-0.5 hover:bg-hover pointer-coarse:min-h-11',
          large ? 'text-center font-semibold text-lg leading-6' : 'text-start',
        )}
      >
        <bdi className={cx('min-w-0 [overflow-wrap:anywhere]', shown === undefined && 'text-text-muted')}>
          {shown ?? empty}
        </bdi>
        <Pencil
          aria-hidden="true"
          className="size-3 shrink-0 text-text-muted opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 pointer-coarse:opacity-100"
        />
      </button>
    );
  }
  return (
    <span className="block w-full min-w-0">
      <span className="relative block">
        <input
          // biome-ignore lint/a11y/noAutofocus: whoever pressed the text wants to write
          autoFocus
          type={type === 'date' ? 'date' : 'text'}
          inputMode={inputMode ?? (type === 'email' || type === 'url' ? type : undefined)}
          aria-label={label}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : faultId}
          dir="auto"
          value={draft}
          maxLength={maxLength}
          readOnly={busy}
          onChange={({ target }) => {
            setDraft(target.value);
            setFault(undefined);
          }}
          onFocus={({ target }) => type !== 'date' && target.select()}
          onBlur={({ target }) => void commit(target, false)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter') void commit(event.currentTarget, true);
            if (event.key === 'Escape' && !busy) leave(true);
          }}
          className={cx(
            'h-8 w-full min-w-0 rounded-md border border-border-strong bg-surface px-1.5 max-sm:text-base pointer-coarse:h-11',
            large ? 'text-center font-semibold text-base' : 'text-sm',
          )}
        />
        {busy && (
          <span className="absolute inset-y-0 end-2 flex items-center">
            <Spinner label="Saving" />
          </span>
        )}
      </span>
      {fault !== undefined && (
        <span id={faultId} role="alert" className="mt-1 block text-start text-danger text-xs">
          {fault}
        </span>
      )}
    </span>
  );
}

import { type ReactNode, useId } from 'react';
import { cx } from '../inbox-kit/class-names.js';

export const controlClass =
  'w-full rounded-lg border border-border-strong bg-surface px-3 text-sm text-text disabled:cursor-not-allowed disabled:bg-background disabled:text-text-muted [&[readonly]]:bg-background focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-danger pointer-coarse:text-base';

export interface FieldFrame {
  label: string;
  /** What it is for, or what it has to look like. */
  hint?: ReactNode;
  /** It may be left empty, and says so. */
  optional?: boolean | undefined;
}

interface FieldProps extends FieldFrame {
  fault: string | undefined;
  /** Draws the input with what ties it to its label and texts. */
  children(ties: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }): ReactNode;
}

/** An input under its name, with its hint and what is wrong with it. */
export function Field({ label, hint, optional, fault, children }: FieldProps) {
  const id = useId();
  const [hintId, faultId] = [`${id}-hint`, `${id}-fault`];
  const described = [hint !== undefined && hintId, fault !== undefined && faultId].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex items-baseline gap-2 font-medium text-xs">
        {label}
        {optional && <span className="font-normal text-text-muted">optional</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': fault === undefined ? undefined : true,
      })}
      {fault !== undefined && <Fault id={faultId} text={fault} />}
      {hint !== undefined && (
        <p id={hintId} className="text-pretty text-text-muted text-xs leading-4.5">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a field. */
export function Fault({ id, text, className }: { id?: string; text: string; className?: string }) {
  return (
    <p id={id} className={cx('text-pretty text-danger text-xs leading-4.5', className)}>
      {text}
    </p>
  );
}

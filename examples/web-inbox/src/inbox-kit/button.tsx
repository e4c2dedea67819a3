import type { ComponentProps } from 'react';
import { cx } from './class-names.js';
import { capsOf } from './keys.js';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg' | 'icon';

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Keys that do the same, as in the key table: shown where there is room. */
  shortcut?: string | undefined;
  /** The work is under way: a spinner, and no second press. */
  busy?: boolean | undefined;
}

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary: 'bg-brand text-on-brand shadow-low hover:brightness-110',
  secondary: 'border border-border-strong bg-surface text-text hover:bg-hover',
  ghost: 'text-text-muted hover:bg-hover hover:text-text',
  danger: 'border border-danger/50 bg-danger-soft text-danger hover:border-danger',
};

const sizes: Readonly<Record<ButtonSize, string>> = {
  sm: 'h-7 gap-1.5 rounded-md px-2 text-xs',
  md: 'h-9 gap-2 rounded-lg px-3 text-sm',
  lg: 'h-11 gap-2 rounded-lg px-4 text-base',
  icon: 'size-9 rounded-lg pointer-coarse:size-11',
};

/** A button; `icon` is a square one, which needs an `aria-label`. */
export function Button({
  variant = 'secondary',
  size = 'md',
  shortcut,
  busy,
  type = 'button',
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cx(
        'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap font-medium transition-[background-color,filter,border-color] duration-100',
        'disabled:cursor-not-allowed disabled:opacity-55',
        variants[variant],
        sizes[size],
        className,
      )}
      {...rest}
    >
      {busy && <Spinner />}
      {children}
      {shortcut !== undefined && <Kbd keys={shortcut} className="opacity-80 pointer-coarse:hidden" />}
    </button>
  );
}

/** Key caps: `r`, `mod+k`, `g m`. */
export function Kbd({ keys, className }: { keys: string; className?: string | undefined }) {
  return (
    <kbd className={cx('inline-flex items-center gap-1 font-sans', className)}>
      {capsOf(keys).map((press) => (
        <span key={press.join('+')} className="inline-flex gap-px">
          {press.map((cap) => (
            <span
              key={cap}
              className="min-w-4.5 rounded border border-current/30 px-1 text-center font-medium text-[0.6875rem] leading-4"
            >
              {cap}
            </span>
          ))}
        </span>
      ))}
    </kbd>
  );
}

/** Work under way. With a label it is told; without one it is decoration. */
export function Spinner({ label, className }: { label?: string | undefined; className?: string | undefined }) {
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'status', 'aria-label': label };
  return (
    <span
      {...said}
      className={cx(
        'inline-block size-4 animate-spin rounded-full border-2 border-current border-t-transparent',
        className,
      )}
    />
  );
}

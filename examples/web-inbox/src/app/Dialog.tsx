import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cx } from '../inbox-kit/class-names.js';
import { Button } from '../inbox-kit/ui.js';

export interface DialogProps {
  title: string;
  description?: string | undefined;
  /** Without it the dialog stays until what it asks for is done. */
  onClose?: (() => void) | undefined;
  /** There is only something to read: it is wide, and keys scroll it. */
  reading?: boolean | undefined;
  /** What it asks for needs room. */
  wide?: boolean | undefined;
  children: ReactNode;
}

/** A dialog over the page. */
export function Dialog({ title, description, onClose, reading, wide, children }: DialogProps) {
  const [before] = useState(() => document.activeElement);
  const stays = (event: Event) => {
    if (!onClose) event.preventDefault();
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose?.()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45 backdrop-blur-[2px]" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          onEscapeKeyDown={stays}
          onInteractOutside={stays}
          onCloseAutoFocus={(event) => {
            // Radix would look for a trigger of its own; these dialogs are opened from anywhere.
            event.preventDefault();
            if (before instanceof HTMLElement) before.focus();
          }}
          className={cx(
            '-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[calc(100vw-2rem)] animate-rise flex-col overflow-hidden rounded-2xl border border-border bg-surface-raised shadow-raised outline-none',
            reading || wide ? 'max-w-3xl' : 'max-w-md',
          )}
        >
          <header className="flex items-start gap-4 px-6 pt-5 pb-3">
            <div className="grow">
              <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-1 text-pretty text-text-muted">{description}</Radix.Description>
              )}
            </div>
            {onClose && (
              <Button variant="ghost" size="icon" className="-mt-1 -mr-2" aria-label="Close" onClick={onClose}>
                <X aria-hidden="true" className="size-4" />
              </Button>
            )}
          </header>
          <div tabIndex={reading ? 0 : undefined} className="focus-inset min-h-0 overflow-y-auto px-6 pb-6">
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

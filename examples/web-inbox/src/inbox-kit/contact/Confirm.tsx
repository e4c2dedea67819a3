import { AlertDialog } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import { errorText } from '../error-text.js';
import { Button } from '../ui.js';

export interface ConfirmProps {
  /** The button that it asks for; it stands where `Confirm` stands. */
  children: ReactNode;
  title: string;
  /** What will happen, and whether it can be undone. */
  text: ReactNode;
  /** What the button says: "Block". */
  action: string;
  /** It can be taken back. */
  calm?: boolean | undefined;
  run(): Promise<unknown>;
}

/** Asks before something is done that others notice; it stays, with the reason, where that is refused. */
export function Confirm({ children, title, text, action, calm, run }: ConfirmProps) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const running = useRef(false);

  async function confirm(): Promise<void> {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await run();
      setOpen(false);
    } catch (error) {
      const { title: what, help } = errorText(error);
      setFailure(`${what.replace(/\.$/, '')}. ${help}`);
    }
    running.current = false;
    setBusy(false);
  }

  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (busy) return;
        setFailure(undefined);
        setOpen(next);
      }}
    >
      <AlertDialog.Trigger asChild>{children}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/45 backdrop-blur-[2px]" />
        <AlertDialog.Content
          onKeyDown={(event) => event.stopPropagation()}
          className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[calc(100vw-2rem)] max-w-md animate-rise overflow-y-auto rounded-2xl border border-border bg-surface-raised p-6 shadow-raised outline-none"
        >
          <AlertDialog.Title className="font-semibold text-lg [overflow-wrap:anywhere]">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 space-y-2 text-pretty text-text-muted [overflow-wrap:anywhere]">{text}</div>
          </AlertDialog.Description>
          {failure !== undefined && (
            <p role="alert" className="mt-3 rounded-lg bg-danger-soft px-3 py-2 text-danger">
              {failure}
            </p>
          )}
          <footer className="mt-6 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button disabled={busy}>Cancel</Button>
            </AlertDialog.Cancel>
            <Button variant={calm ? 'primary' : 'danger'} busy={busy} onClick={() => void confirm()}>
              {action}
            </Button>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

import { type ReactNode, useRef, useState } from 'react';
import { Dialog } from '../app/Dialog.js';
import type { ErrorText } from '../inbox-kit/error-text.js';
import { Button } from '../inbox-kit/ui.js';
import { Failure } from './Failure.js';
import { refusalOf } from './faults.js';
import { keepFocus } from './keep-focus.js';

export interface ConfirmDialogProps {
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
  /** What the button says: "Deactivate". */
  action: string;
  /** Harmless things are not painted red. */
  calm?: boolean | undefined;
  run(options: { idempotencyKey: string }): Promise<unknown>;
  onDone?: (() => void) | undefined;
  onClose(): void;
}

/** Asks before something is done that others notice. */
export function ConfirmDialog({ title, children, action, calm, run, onDone, onClose }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText>();
  const [idempotencyKey] = useState(() => `confirm-${Date.now()}-${Math.random().toString(36).slice(2)}`);
  const running = useRef(false);

  async function confirm(): Promise<void> {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await run({ idempotencyKey });
      onClose();
      onDone?.();
      keepFocus();
    } catch (error) {
      setFailure(refusalOf(error, {}).failure);
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} onClose={() => !busy && onClose()}>
      <Failure failure={failure} className="mb-4" />
      <div className="text-pretty text-text-muted">{children}</div>
      <footer className="mt-6 flex justify-end gap-2">
        <Button autoFocus onClick={onClose} disabled={busy}>
          Cancel
        </Button>
        <Button variant={calm ? 'primary' : 'danger'} busy={busy} onClick={() => void confirm()}>
          {action}
        </Button>
      </footer>
    </Dialog>
  );
}

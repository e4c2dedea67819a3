import { type ReactNode, useState } from 'react';
import { Dialog } from '../app/Dialog.js';
import { Button } from '../inbox-kit/ui.js';
import { Failure } from './Failure.js';
import { keepFocus } from './keep-focus.js';
import type { Form } from './use-form.js';

export interface FormDialogProps<V extends object> {
  form: Form<V>;
  title: string;
  description?: string | undefined;
  /** What the button says: "Invite". */
  action: string;
  onClose(): void;
  wide?: boolean | undefined;
  /** There is nothing to save, only to read. */
  readOnly?: boolean | undefined;
  children: ReactNode;
}

/** A form over the page. It does not go away with something typed in it unless the reader wants that. */
export function FormDialog<V extends object>(props: FormDialogProps<V>) {
  const { form, title, description, action, onClose, wide, readOnly, children } = props;
  const [leaving, setLeaving] = useState(false);

  function leave(): void {
    onClose();
    keepFocus();
  }
  function ask(): void {
    if (form.busy) return;
    if (form.dirty && !leaving && !readOnly) setLeaving(true);
    else leave();
  }

  return (
    <Dialog title={title} description={description} wide={wide} onClose={ask}>
      <form ref={form.element} noValidate onSubmit={form.submit} onChange={() => setLeaving(false)}>
        <Failure failure={form.failure} className="mb-4" />
        <div className="flex flex-col gap-4">{children}</div>
        <footer className="-mx-6 -bottom-6 -mb-6 sticky mt-6 flex flex-wrap items-center justify-end gap-2 border-border border-t bg-surface-raised px-6 py-4">
          {leaving && (
            <p role="status" className="mr-auto text-warning text-xs">
              What you typed is not saved.
            </p>
          )}
          {leaving ? (
            <>
              <Button onClick={() => setLeaving(false)}>Keep editing</Button>
              <Button variant="danger" onClick={leave}>
                Discard
              </Button>
            </>
          ) : (
            <>
              <Button onClick={ask}>{readOnly ? 'Close' : 'Cancel'}</Button>
              {!readOnly && (
                <Button type="submit" variant="primary" busy={form.busy}>
                  {action}
                </Button>
              )}
            </>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

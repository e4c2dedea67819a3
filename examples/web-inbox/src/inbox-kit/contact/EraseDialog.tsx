import type { Contact, Erasure } from '@tims/sdk';
import { AlertDialog } from 'radix-ui';
import { type FormEvent, useId, useRef, useState } from 'react';
import { errorText } from '../error-text.js';
import { useInbox } from '../inbox.js';
import { contactName } from '../thread/names.js';
import { Button } from '../ui.js';
import { ErasureReport } from './ErasureReport.js';
import { isTyped, typedFor } from './erase-typed.js';

export interface EraseDialogProps {
  contact: Contact;
  onClose(): void;
  /** The focus is free. */
  onClosed(): void;
}

/** Says what goes, what stays, and that there is no way back; asks for the name; then tells how far it is. */
export default function EraseDialog({ contact, onClose, onClosed }: EraseDialogProps) {
  const [erasure, setErasure] = useState<Erasure>();
  const [busy, setBusy] = useState(false);
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && !busy && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/45 backdrop-blur-[2px]" />
        <AlertDialog.Content
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[calc(100vw-2rem)] max-w-lg animate-rise overflow-y-auto rounded-2xl border border-border bg-surface-raised p-6 shadow-raised outline-none"
        >
          {erasure ? (
            <ErasureReport begun={erasure} onClose={onClose} />
          ) : (
            <Question contact={contact} busy={busy} onBusy={setBusy} onBegun={setErasure} />
          )}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

interface QuestionProps {
  contact: Contact;
  busy: boolean;
  onBusy(busy: boolean): void;
  onBegun(erasure: Erasure): void;
}

function Question({ contact, busy, onBusy, onBegun }: QuestionProps) {
  const { tims } = useInbox();
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<string>();
  const running = useRef(false);
  const id = useId();
  const whom = typedFor(contact);

  async function erase(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (running.current || !isTyped(whom, typed)) return;
    running.current = true;
    onBusy(true);
    setFailure(undefined);
    try {
      // Asked once more after an answer that was lost, it answers with the erasure that there is.
      const begun = await tims.contacts.erase({ id: contact.id });
      onBusy(false);
      onBegun(begun);
    } catch (error) {
      const { title, help } = errorText(error);
      setFailure(`${title.replace(/\.$/, '')}. ${help}`);
      onBusy(false);
    }
    running.current = false;
  }

  return (
    <form onSubmit={(event) => void erase(event)}>
      <AlertDialog.Title className="font-semibold text-lg [overflow-wrap:anywhere]">
        Erase {contactName(contact)} for good?
      </AlertDialog.Title>
      <AlertDialog.Description asChild>
        <div className="mt-2 space-y-3 text-pretty [overflow-wrap:anywhere]">
          <p className="font-medium text-danger">Nothing brings it back.</p>
          <List title="What goes">
            <li>Who they are: name, addresses, details and tags, also of whoever was linked to them. At once.</li>
            <li>Everything they said, and everything that was said to them and noted about them.</li>
            <li>What waits to be sent. Their conversations are closed for good.</li>
          </List>
          <List title="What stays">
            <li>That there were conversations, who answered them and when: counts and the activity log.</li>
            <li>What others wrote of them elsewhere, the copies of the provider, and backups made before.</li>
          </List>
          <p className="text-text-muted">If they write again, they are somebody new.</p>
        </div>
      </AlertDialog.Description>
      <label htmlFor={id} className="mt-4 block font-medium text-xs">
        {whom.label}
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        dir="auto"
        value={typed}
        maxLength={500}
        disabled={busy}
        onChange={({ target }) => setTyped(target.value)}
        className="mt-1.5 h-9 w-full rounded-lg border border-border-strong bg-surface px-3 text-sm pointer-coarse:h-11 pointer-coarse:text-base"
      />
      {failure !== undefined && (
        <p role="alert" className="mt-3 rounded-lg bg-danger-soft px-3 py-2 text-danger">
          {failure}
        </p>
      )}
      <footer className="mt-6 flex flex-wrap justify-end gap-2">
        <AlertDialog.Cancel asChild>
          <Button disabled={busy}>Cancel</Button>
        </AlertDialog.Cancel>
        <Button type="submit" variant="danger" busy={busy} disabled={!isTyped(whom, typed)}>
          Erase for good
        </Button>
      </footer>
    </form>
  );
}

function List({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <p className="font-medium">{title}</p>
      <ul className="mt-1 list-disc space-y-0.5 ps-5 text-text-muted">{children}</ul>
    </div>
  );
}

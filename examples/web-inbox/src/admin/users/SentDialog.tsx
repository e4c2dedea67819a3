import type { Answer } from '@tims/sdk';
import { Dialog } from '../../app/Dialog.js';
import { keepFocus } from '../../forms/keep-focus.js';
import { ShownOnce } from '../../forms/ShownOnce.js';
import { Button } from '../../inbox-kit/ui.js';

/** The invitation is on its way, and its link for a person whom no mail reaches. */
export function SentDialog({ invitation, onClose }: { invitation: Answer<'invitations.create'>; onClose(): void }) {
  const { email, link } = invitation;
  const close = () => {
    onClose();
    keepFocus();
  };
  return (
    <Dialog title="The invitation is on its way" description={`A mail with the link goes to ${email}.`} onClose={close}>
      {link !== null && (
        <>
          <p className="mb-2 text-text-muted text-xs">
            Where no mail arrives, send this link in another way. Whoever has it can accept; it is shown this once.
          </p>
          <ShownOnce label="Link of the invitation" lines={[link]} />
        </>
      )}
      <footer className="mt-6 flex justify-end">
        <Button variant="primary" onClick={close}>
          Done
        </Button>
      </footer>
    </Dialog>
  );
}

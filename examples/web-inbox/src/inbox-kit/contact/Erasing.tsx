import type { Contact } from '@tims/sdk';
import { Eraser } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useInbox } from '../inbox.js';
import { Button } from '../ui.js';

const EraseDialog = lazy(() => import('./EraseDialog.js'));

export interface ErasingProps {
  /** Undefined where it is not there, or not any more. */
  contact: Contact | undefined;
  /** The button may be gone by then: the focus goes on from here. */
  onClosed(): void;
}

/** The way to forget somebody for good, for those who may. What is told of it stays when the contact is gone. */
export function Erasing({ contact, onClosed }: ErasingProps) {
  const { me } = useInbox();
  const button = useRef<HTMLButtonElement>(null);
  const [erasing, setErasing] = useState<Contact>();
  const may = me.permissions['contacts:erase'] !== undefined && contact?.mergedInto === null;
  return (
    <>
      {may && (
        <div className="border-border border-t px-4 py-3">
          <Button
            ref={button}
            variant="ghost"
            size="sm"
            className="-ms-2 pointer-coarse:h-11"
            aria-haspopup="dialog"
            onClick={() => setErasing(contact)}
          >
            <Eraser aria-hidden="true" className="size-3.5" />
            Erase this person…
          </Button>
        </div>
      )}
      {erasing && (
        <Suspense>
          <EraseDialog
            contact={erasing}
            onClose={() => setErasing(undefined)}
            onClosed={() => (button.current ? button.current.focus() : onClosed())}
          />
        </Suspense>
      )}
    </>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import type { Contact } from '@tims/sdk';
import { Ban } from 'lucide-react';
import { useInbox } from '../inbox.js';
import { contactName } from '../thread/names.js';
import { Button, RelativeTime, toast } from '../ui.js';
import { Confirm } from './Confirm.js';

function useBlock({ id }: Contact) {
  const { tims } = useInbox();
  const queries = useQueryClient();
  return async (blocked: boolean) => {
    // Whatever else changes meanwhile, this is meant.
    queries.setQueryData(['contact', id], await tims.contacts.update({ id, blocked }));
    void queries.invalidateQueries({ queryKey: ['conversations-of', id] });
  };
}

/** Says that nobody hears from the contact, and since when. */
export function BlockedNotice({ contact, mayWrite }: { contact: Contact; mayWrite: boolean }) {
  const block = useBlock(contact);
  const name = contactName(contact);
  if (contact.blockedAt === null) return null;
  return (
    <div className="mx-4 mb-4 rounded-xl bg-danger-soft px-3 py-2.5 text-danger text-xs">
      <p className="font-semibold">
        Blocked · <RelativeTime at={contact.blockedAt} />
      </p>
      <p>What they write is stored, and wakes nobody. Nothing can be sent to them.</p>
      {mayWrite && (
        <Confirm
          title={`Unblock ${name}?`}
          text="They are heard again: their next message comes in as before. What they wrote meanwhile stays where it is."
          action="Unblock"
          calm
          run={async () => {
            await block(false);
            toast({ title: `${name} is unblocked` });
          }}
        >
          <Button size="sm" className="mt-2">
            Unblock
          </Button>
        </Confirm>
      )}
    </div>
  );
}

/** The way to hear no more of somebody, at the foot of what is known of them. */
export function BlockButton({ contact }: { contact: Contact }) {
  const block = useBlock(contact);
  const name = contactName(contact);
  if (contact.blockedAt !== null) return null;
  return (
    <div className="border-border border-t px-4 py-3">
      <Confirm
        title={`Block ${name}?`}
        text={
          <>
            <p>What goes on with them is closed, whoever has it, and nothing can be sent to them.</p>
            <p>What they write is stored and found by search, but wakes nobody. You can unblock them at any time.</p>
          </>
        }
        action="Block"
        run={async () => {
          await block(true);
          toast({ title: `${name} is blocked` });
        }}
      >
        <Button variant="ghost" size="sm" className="-ms-2 pointer-coarse:h-11">
          <Ban aria-hidden="true" className="size-3.5" />
          Block this contact
        </Button>
      </Confirm>
    </div>
  );
}

import { ArrowLeft, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { contactName } from '../thread/names.js';
import { Button } from '../ui.js';
import { Erasing } from './Erasing.js';
import { Everything } from './Everything.js';
import { OtherConversations } from './OtherConversations.js';
import { Person } from './Person.js';
import { useContact } from './use-contact.js';

export interface ProfilePanelProps {
  contactId: string;
  /** The one that is open: it is not listed among the others. */
  conversationId: string;
  onOpenConversation(id: string): void;
  onClose(): void;
}

/** The person of a conversation: who they are, how they are reached, and what else was said with them. */
export function ProfilePanel(props: ProfilePanelProps) {
  return <Panel key={props.contactId} {...props} />;
}

function Panel({ contactId, conversationId, onOpenConversation, onClose }: ProfilePanelProps) {
  const [everything, setEverything] = useState(false);
  const { data } = useContact(contactId);
  const panel = useRef<HTMLElement>(null);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Profile"
      className="flex h-full min-h-0 min-w-0 flex-col bg-surface text-text outline-none"
    >
      <header className="flex min-h-15 shrink-0 items-center justify-between gap-1 border-border border-b py-2 ps-4 pe-2">
        {everything && (
          <Button
            autoFocus
            variant="ghost"
            size="icon"
            aria-label="Back to the profile"
            title="Back to the profile"
            className="-ms-2"
            onClick={() => {
              setEverything(false);
              panel.current?.focus();
            }}
          >
            <ArrowLeft aria-hidden="true" className="size-4.5" />
          </Button>
        )}
        <h2 className="min-w-0 flex-1 truncate font-semibold text-base">
          {everything ? 'Everything that was said' : 'Profile'}
        </h2>
        <Button variant="ghost" size="icon" aria-label="Close the profile" title="Close (P)" onClick={onClose}>
          <X aria-hidden="true" className="size-4.5" />
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {everything ? (
          <Everything
            contactId={contactId}
            name={data ? contactName(data) : 'The contact'}
            onOpenConversation={onOpenConversation}
          />
        ) : (
          <>
            <Person contactId={contactId} conversationId={conversationId} />
            <OtherConversations
              contactId={contactId}
              conversationId={conversationId}
              onOpenConversation={onOpenConversation}
              onEverything={data && (() => setEverything(true))}
            />
          </>
        )}
        <Erasing contact={everything ? undefined : data} onClosed={() => panel.current?.focus()} />
      </div>
    </aside>
  );
}

import { X } from 'lucide-react';
import { Button } from '../ui.js';
import { OtherConversations } from './OtherConversations.js';
import { Person } from './Person.js';

export interface ProfilePanelProps {
  contactId: string;
  /** The one that is open: it is not listed among the others. */
  conversationId: string;
  onOpenConversation(id: string): void;
  onClose(): void;
}

/** The person of a conversation: who they are, how they are reached, and what else was said with them. */
export function ProfilePanel({ contactId, conversationId, onOpenConversation, onClose }: ProfilePanelProps) {
  return (
    <aside aria-label="Profile" className="flex h-full min-h-0 min-w-0 flex-col bg-surface text-text">
      <header className="flex min-h-15 shrink-0 items-center justify-between border-border border-b py-2 ps-4 pe-2">
        <h2 className="font-semibold text-base">Profile</h2>
        <Button variant="ghost" size="icon" aria-label="Close the profile" title="Close (P)" onClick={onClose}>
          <X aria-hidden="true" className="size-4.5" />
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <Person key={contactId} contactId={contactId} conversationId={conversationId} />
        <OtherConversations
          key={`of ${contactId}`}
          contactId={contactId}
          conversationId={conversationId}
          onOpenConversation={onOpenConversation}
        />
      </div>
    </aside>
  );
}

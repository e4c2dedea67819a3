import { useQuery, useQueryClient } from '@tanstack/react-query';
import { isTimsError } from '@tims/sdk';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useInbox } from '../inbox.js';
import { Avatar, Button, EmptyState, ErrorState } from '../ui.js';
import { Identities } from './Identities.js';
import { OtherConversations } from './OtherConversations.js';

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
        <Person key={contactId} contactId={contactId} />
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

function Person({ contactId }: { contactId: string }) {
  const { tims } = useInbox();
  const { data, error, isPending, isFetching, refetch } = useQuery({
    queryKey: ['contact', contactId],
    queryFn: () => tims.contacts.get({ id: contactId }),
    staleTime: 30_000,
    retry: false,
  });
  useFreshContact(contactId, data?.version);
  if (data) {
    return (
      <>
        <section aria-label="Contact" className="flex flex-col items-center gap-1 px-4 pt-6 pb-5 text-center">
          <Avatar size="lg" name={data.name} id={data.id} />
          <p className="mt-2 max-w-full font-semibold text-lg leading-6 [overflow-wrap:anywhere]">
            <bdi>{data.name?.trim() || 'Unnamed contact'}</bdi>
          </p>
          <p className="text-text-muted text-xs capitalize">{data.kind}</p>
        </section>
        <Identities contactId={contactId} identities={data.identities} />
      </>
    );
  }
  if (isPending) return <PersonSkeleton />;
  if (isTimsError(error, 'not_found') || isTimsError(error, 'forbidden')) {
    return (
      <div className="h-64">
        <EmptyState title="The contact is not shown yet">Take the conversation to see who it is with.</EmptyState>
      </div>
    );
  }
  return (
    <div className="h-64">
      <ErrorState
        title="The contact could not be loaded"
        help="Check the connection, then try again."
        onRetry={() => void refetch()}
        busy={isFetching}
      />
    </div>
  );
}

/** A conversation carries the version of its contact: a newer one than what is shown is fetched. */
function useFreshContact(contactId: string, version: number | undefined): void {
  const { store } = useInbox();
  const queries = useQueryClient();
  useEffect(() => {
    if (version === undefined) return;
    return store.subscribe(() => {
      for (const { conversation } of store.getSnapshot().open.values()) {
        const { contact } = conversation;
        if (contact.id === contactId && contact.version > version) {
          void queries.invalidateQueries({ queryKey: ['contact', contactId] });
        }
      }
    });
  }, [store, queries, contactId, version]);
}

function PersonSkeleton() {
  return (
    <div role="status" className="flex flex-col items-center gap-3 px-4 py-6">
      <span className="sr-only">Loading the contact</span>
      <span aria-hidden="true" className="size-14 animate-shimmer rounded-full bg-hover" />
      <span aria-hidden="true" className="h-5 w-36 animate-shimmer rounded bg-hover" />
      <span aria-hidden="true" className="mt-4 h-16 w-full animate-shimmer rounded-xl bg-hover" />
    </div>
  );
}

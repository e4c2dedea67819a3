import { isTimsError } from '@tims/sdk';
import { Eraser } from 'lucide-react';
import { useFollowingEvents } from '../follow-events.js';
import { useOpenConversation } from '../inbox.js';
import { Avatar, EmptyState, ErrorState } from '../ui.js';
import { Attributes } from './Attributes.js';
import { BlockButton, BlockedNotice } from './Blocking.js';
import { ContactNotes } from './ContactNotes.js';
import { ContactTags } from './ContactTags.js';
import { Duplicates } from './Duplicates.js';
import { Identities } from './Identities.js';
import { InlineChoice } from './InlineChoice.js';
import { InlineText } from './InlineText.js';
import { Links } from './Links.js';
import { useContact } from './use-contact.js';
import { type ContactField, useSaveField } from './use-contact-changes.js';
import { useContactKinds } from './use-contact-kinds.js';
import { useContactRights } from './use-contact-rights.js';

const nameField: ContactField = {
  label: 'The name',
  of: ({ name }) => name,
  patch: (value) => ({ name: value === null ? null : String(value) }),
};

const kindField: ContactField = {
  label: 'The kind',
  of: ({ kind }) => kind,
  patch: (value) => ({ kind: String(value) }),
};

/** Who somebody is, as far as it is known here, to be set right in place. */
export function Person({ contactId, conversationId }: { contactId: string; conversationId: string }) {
  const { data, error, isPending, isFetching, refetch } = useContact(contactId);
  const { write, merge } = useContactRights(contactId, conversationId);
  const saveField = useSaveField(contactId);
  const opened = useOpenConversation(conversationId);
  const kinds = useContactKinds();
  useFollowingEvents('contact-attributes', ['attribute.updated']);
  if (data) {
    const mayWrite = write && data.mergedInto === null;
    return (
      <>
        <section aria-label="Contact" className="flex flex-col items-center gap-1 px-4 pt-6 pb-5 text-center">
          <Avatar size="lg" name={data.name} id={data.id} />
          <div className="mt-2 w-full font-semibold text-lg leading-6 [overflow-wrap:anywhere]">
            {mayWrite ? (
              <InlineText
                label="Name"
                value={data.name}
                empty="Unnamed contact"
                maxLength={200}
                read={(text) => ({ value: text === '' ? null : text })}
                save={(value, began) => saveField(nameField, value, began)}
                large
              />
            ) : (
              <bdi>{data.name?.trim() || 'Unnamed contact'}</bdi>
            )}
          </div>
          {mayWrite ? (
            <InlineChoice
              label="Kind"
              value={data.kind}
              options={kinds}
              centred
              save={(value, began) => saveField(kindField, value, began)}
            />
          ) : (
            <p className="text-text-muted text-xs capitalize">{data.kind}</p>
          )}
          <ContactTags contact={data} conversationId={conversationId} mayWrite={mayWrite} />
        </section>
        <BlockedNotice contact={data} mayWrite={mayWrite} />
        <Attributes contact={data} mayWrite={mayWrite} />
        <Identities contactId={contactId} identities={data.identities} />
        <ContactNotes contact={data} conversationId={conversationId} />
        {merge && data.mergedInto === null && (
          <>
            <Links contact={data} />
            <Duplicates contact={data} />
          </>
        )}
        {mayWrite && <BlockButton contact={data} />}
      </>
    );
  }
  if (isPending) return <PersonSkeleton />;
  if (isTimsError(error, 'not_found') && opened && !opened.preview) {
    return (
      <div className="h-64">
        <EmptyState title="This person was erased" icon={Eraser}>
          Who it was is not known any more. Their conversations stay, without what was said.
        </EmptyState>
      </div>
    );
  }
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

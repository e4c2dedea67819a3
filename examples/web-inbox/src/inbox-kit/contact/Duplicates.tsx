import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Contact, Duplicate } from '@tims/sdk';
import { useState } from 'react';
import { useFollowingEvents } from '../follow-events.js';
import { useInbox } from '../inbox.js';
import { contactName } from '../thread/names.js';
import { Avatar, Button, toast } from '../ui.js';
import { Confirm } from './Confirm.js';
import { refused } from './refused.js';
import { useUndoMerge } from './use-undo-merge.js';

/** Who may be the same person, with what says so, for those who can say whether it is. */
export function Duplicates({ contact }: { contact: Contact }) {
  const { tims } = useInbox();
  const { data = [] } = useQuery({
    // What is known of the contact says who it may be.
    queryKey: ['duplicates', contact.id, contact.version],
    queryFn: async () => (await tims.contacts.duplicates({ id: contact.id })).data,
    staleTime: 30_000,
    retry: false,
  });
  useFollowingEvents('duplicates', ['contact.linked']);
  if (data.length === 0) return null;
  return (
    <section aria-label="Maybe the same person" className="border-border border-t px-4 py-4">
      <h3 className="mb-2 font-semibold text-text-muted text-xs">Maybe the same person</h3>
      <ul className="space-y-2">
        {data.map((duplicate) => (
          <li key={duplicate.contact.id} className="rounded-xl border border-border px-3 py-2.5">
            <Suggestion contact={contact} duplicate={duplicate} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Suggestion({ contact, duplicate: { contact: other, certainty, evidence } }: SuggestionProps) {
  const { tims } = useInbox();
  const queries = useQueryClient();
  const undoMerge = useUndoMerge();
  const [busy, setBusy] = useState(false);
  const name = contactName(contact);
  const otherName = contactName(other);
  const called = name === otherName ? 'the other one' : otherName;

  const refresh = () =>
    Promise.all(
      ['contact', 'conversations-of', 'duplicates'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );

  async function link(): Promise<void> {
    await tims.contacts.link({ id: contact.id, contactId: other.id });
    await refresh();
    toast({
      title: `${otherName} is part of ${name} now`,
      action: { label: 'Undo', run: () => void undoMerge({ contactId: contact.id }, other.id) },
    });
  }

  async function distinguish(): Promise<void> {
    setBusy(true);
    try {
      await tims.contacts.distinguish({ id: contact.id, contactId: other.id });
      await queries.invalidateQueries({ queryKey: ['duplicates'] });
      toast({ title: 'They are two people', description: 'They are not suggested again.' });
    } catch (error) {
      refused('It could not be said that they are two', error);
    }
    setBusy(false);
  }

  return (
    <>
      <div className="flex items-center gap-2.5">
        <Avatar size="sm" name={other.name} id={other.id} />
        <bdi className="min-w-0 flex-1 truncate font-medium">{otherName}</bdi>
        <span className="shrink-0 text-2xs text-text-muted">{certainty === 'likely' ? 'Likely' : 'Possible'}</span>
      </div>
      <ul className="mt-1.5 text-text-muted text-xs">
        {evidence.map(({ type, value }) => (
          <li key={`${type} ${value}`} className="[overflow-wrap:anywhere]">
            {reasons[type]} <bdi className="text-text">{value}</bdi>
          </li>
        ))}
      </ul>
      <div className="mt-2.5 flex flex-wrap gap-2">
        <Confirm
          title={`Are ${name} and ${otherName} one person?`}
          text={
            <>
              <p>
                Addresses, conversations, notes and tags of <bdi>{called}</bdi> move here. This contact keeps its own
                name and details, and takes those that it lacks.
              </p>
              {(contact.blockedAt !== null || other.blockedAt !== null) && <p>One is blocked: then both are.</p>}
              <p>It can be undone.</p>
            </>
          }
          action="Link"
          calm
          run={link}
        >
          <Button size="sm" disabled={busy} className="pointer-coarse:h-11">
            Link
          </Button>
        </Confirm>
        <Button
          size="sm"
          variant="ghost"
          busy={busy}
          onClick={() => void distinguish()}
          className="pointer-coarse:h-11"
        >
          Not the same
        </Button>
      </div>
    </>
  );
}

interface SuggestionProps {
  contact: Contact;
  duplicate: Duplicate;
}

const reasons: Readonly<Record<Duplicate['evidence'][number]['type'], string>> = {
  address: 'Both are reached at',
  attribute: 'One has noted down where the other is reached:',
  name: 'Both are called',
};

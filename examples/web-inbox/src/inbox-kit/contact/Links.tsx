import { useQuery } from '@tanstack/react-query';
import type { Contact } from '@tims/sdk';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useFollowingEvents } from '../follow-events.js';
import { useColleagues, useInbox } from '../inbox.js';
import { colleagueName, contactName } from '../thread/names.js';
import { Avatar, Button, RelativeTime } from '../ui.js';
import { useUndoMerge } from './use-undo-merge.js';

/** So many are shown, the last ones; the command has them all. */
const most = 10;

/** Contacts that are part of this one, for those who can take them out again. */
export function Links({ contact }: { contact: Contact }) {
  const { tims, me } = useInbox();
  const colleagues = useColleagues();
  const { data = [] } = useQuery({
    queryKey: ['contact-links', contact.id, contact.version],
    async queryFn() {
      const { data: merges } = await tims.merges.list({ contactId: contact.id });
      const links = merges.filter(
        ({ kind, intoId, undoneAt }) => kind === 'contact' && intoId === contact.id && !undoneAt,
      );
      return Promise.all(
        links.slice(0, most).map(async (link) => ({ link, linked: await tims.contacts.get({ id: link.fromId }) })),
      );
    },
    staleTime: 30_000,
    retry: false,
  });
  useFollowingEvents('contact-links', ['contact.linked']);
  if (data.length === 0) return null;
  return (
    <section aria-label="Linked contacts" className="border-border border-t px-4 py-4">
      <h3 className="mb-2 font-semibold text-text-muted text-xs">Linked contacts</h3>
      <ul className="space-y-2">
        {data.map(({ link, linked }) => (
          <li key={link.id} className="flex items-center gap-2.5">
            <Avatar size="sm" name={linked.name} id={linked.id} />
            <span className="min-w-0 flex-1">
              <bdi className="block truncate font-medium">{contactName(linked)}</bdi>
              <span className="block text-2xs text-text-muted">
                {colleagueName(colleagues, me, link.by)} linked them <RelativeTime at={link.at} />
              </span>
            </span>
            <Part contact={contact} linked={linked} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Part({ contact, linked }: { contact: Contact; linked: Contact }) {
  const undoMerge = useUndoMerge();
  const [busy, setBusy] = useState(false);
  async function part(): Promise<void> {
    setBusy(true);
    await undoMerge({ contactId: contact.id }, linked.id);
    setBusy(false);
  }
  return (
    <Button
      size="sm"
      variant="ghost"
      busy={busy}
      aria-label={`Undo the link with ${contactName(linked)}`}
      title="A contact of its own again"
      onClick={() => void part()}
      className="pointer-coarse:h-11"
    >
      {!busy && <Undo2 aria-hidden="true" className="size-3.5" />}
      Undo
    </Button>
  );
}

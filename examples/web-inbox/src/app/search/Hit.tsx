import type { SearchHit } from '@tims/sdk';
import { ContactRound, MessageCircle, StickyNote, Tag } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { contactName } from '../../inbox-kit/thread/names.js';
import { RelativeTime, Spinner, toast } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { Link, navigate } from '../router.js';
import type { Route } from '../routes.js';
import { Marked } from './Marked.js';
import type { Found } from './use-find.js';

const kinds = {
  message: { name: 'Message', icon: MessageCircle },
  contact: { name: 'Contact', icon: ContactRound },
  note: { name: 'Note', icon: StickyNote },
  tag: { name: 'Tag', icon: Tag },
} as const;

/** One place where it is said, and the way there. */
export function Hit({ found: { hit, conversation }, route }: { found: Found; route: Route }) {
  const { name, icon: Icon } = kinds[hit.kind];
  const here = route.conversationId !== undefined && route.conversationId === hit.conversationId;
  const open = here && (route.messageId === undefined || route.messageId === hit.id);
  const title = conversation ? contactName(conversation.contact) : undefined;
  return (
    <Way hit={hit} route={route} open={open}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-text-muted" />
      <span className="min-w-0 grow">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="truncate font-medium">
            {title ?? name}
          </span>
          <span className="shrink-0 text-2xs text-text-muted">
            {title === undefined ? '' : name}
            {conversation && ` · ${conversation.channel.name}`}
          </span>
          <RelativeTime at={hit.at} className="ml-auto shrink-0 text-2xs text-text-muted tabular-nums" />
        </span>
        <span
          dir="auto"
          className="mt-0.5 line-clamp-2 block break-words text-left text-[0.8125rem] text-text-muted leading-5"
        >
          <Marked excerpt={hit.excerpt} ranges={hit.ranges} />
        </span>
      </span>
    </Way>
  );
}

const look = 'flex w-full gap-3 px-4 py-2.5 text-left outline-none focus-inset hover:bg-hover';

function Way({ hit, route, open, children }: { hit: SearchHit; route: Route; open: boolean; children: ReactNode }) {
  const { kind, conversationId, contactId } = hit;
  const shared = { 'data-hit': '', className: cx(look, open && 'bg-selected'), 'aria-current': open } as const;
  if (kind === 'tag') {
    const place = { kind: 'group', group: 'all' } as const;
    return (
      <Link {...shared} to={{ place, narrowing: { tagId: hit.id, lifecycle: 'any' } }}>
        {children}
      </Link>
    );
  }
  if (conversationId !== null) {
    const messageId = kind === 'message' ? hit.id : undefined;
    return (
      <Link {...shared} to={{ ...route, conversationId, messageId }}>
        {children}
      </Link>
    );
  }
  return (
    <OfContact {...shared} contactId={contactId} route={route}>
      {children}
    </OfContact>
  );
}

interface OfContactProps {
  contactId: string | null;
  route: Route;
  className: string;
  children: ReactNode;
}

/** What is about a person leads to the conversation with them that was active last. */
function OfContact({ contactId, route, children, ...rest }: OfContactProps) {
  const { tims } = useAppInbox();
  const [busy, setBusy] = useState(false);

  async function open(): Promise<void> {
    if (contactId === null || busy) return;
    setBusy(true);
    try {
      const { data } = await tims.conversations.list({ contactId, limit: 1 });
      const [last] = data;
      if (last) navigate({ ...route, conversationId: last.id, messageId: undefined });
      else toast({ title: 'No conversation to open', description: 'You see none with this contact.' });
    } catch (error) {
      const { title, help } = errorText(error);
      toast({ title, description: help, tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }

  return (
    <button type="button" {...rest} aria-busy={busy} onClick={() => void open()}>
      {children}
      {busy && <Spinner className="size-3.5" />}
    </button>
  );
}

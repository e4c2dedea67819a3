import type { Conversation } from '@tims/sdk';
import { History } from 'lucide-react';
import { useOpenConversation } from '../inbox.js';
import { StatusMark } from '../thread/header/StatusMark.js';
import { Button, ChannelMark, RelativeTime } from '../ui.js';
import { ConversationMenu } from './ConversationMenu.js';
import { NotLoaded } from './NotLoaded.js';
import { useConversationsOf } from './use-conversations-of.js';

export interface OtherConversationsProps {
  contactId: string;
  conversationId: string;
  onOpenConversation(id: string): void;
  /** Shows what was said in all of them, in one row; undefined while that is not to be seen. */
  onEverything: (() => void) | undefined;
}

/** What else was said with the same person, as far as the reader may see it. */
export function OtherConversations(props: OtherConversationsProps) {
  const { contactId, conversationId, onOpenConversation, onEverything } = props;
  const open = useOpenConversation(conversationId)?.conversation;
  const { data, isPending, isFetching, refetch } = useConversationsOf(contactId);
  const others = data?.filter(({ id }) => id !== conversationId);
  return (
    <section aria-label="Other conversations" className="border-border border-t px-4 py-4">
      <h3 className="mb-2 font-semibold text-text-muted text-xs">Other conversations</h3>
      {others?.length === 0 && <p className="text-text-muted">This is the only one that you can see.</p>}
      {others && others.length > 0 && (
        <ul className="-mx-2">
          {others.map((other) => (
            <li key={other.id} className="flex items-start">
              <Other conversation={other} onOpen={() => onOpenConversation(other.id)} />
              {open && <ConversationMenu into={open} other={other} />}
            </li>
          ))}
        </ul>
      )}
      {onEverything && data && data.length > 0 && (
        <Button variant="ghost" size="sm" className="-ms-2 mt-1 pointer-coarse:h-11" onClick={onEverything}>
          <History aria-hidden="true" className="size-3.5" />
          Everything that was said
        </Button>
      )}
      {!others && isPending && (
        <div role="status" className="space-y-2">
          <span className="sr-only">Loading other conversations</span>
          <span aria-hidden="true" className="block h-12 animate-shimmer rounded-xl bg-hover" />
          <span aria-hidden="true" className="block h-12 animate-shimmer rounded-xl bg-hover" />
        </div>
      )}
      {!others && !isPending && (
        <NotLoaded says="They could not be loaded." busy={isFetching} onRetry={() => void refetch()} />
      )}
    </section>
  );
}

function Other({ conversation, onOpen }: { conversation: Conversation; onOpen: () => void }) {
  const { channel, status, lastMessage, lastActivityAt } = conversation;
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex min-w-0 flex-1 items-start gap-2.5 rounded-xl px-2 py-2 text-start transition-colors hover:bg-hover"
    >
      <span className="pt-0.5">
        <ChannelMark kind={channel.kind} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className="min-w-0 flex-1 truncate font-medium">{channel.name}</bdi>
          <RelativeTime at={lastActivityAt} className="shrink-0 text-2xs text-text-muted" />
        </span>
        <span dir="auto" className="block truncate text-text-muted text-xs">
          {lastMessage?.preview || 'No text'}
        </span>
        <span className="mt-0.5 flex text-2xs text-text-muted">
          <StatusMark status={status} />
        </span>
      </span>
    </button>
  );
}

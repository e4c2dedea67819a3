import { useQueryClient } from '@tanstack/react-query';
import type { Conversation } from '@tims/sdk';
import { Ellipsis, Merge, Undo2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useInbox } from '../inbox.js';
import { mayOn } from '../thread/may.js';
import { Button, toast } from '../ui.js';
import { refused } from './refused.js';
import { useUndoMerge } from './use-undo-merge.js';

export interface ConversationMenuProps {
  /** The one that is open. */
  into: Conversation;
  other: Conversation;
}

/** Makes another conversation part of the one that is open, or takes it out again; nothing where neither fits. */
export function ConversationMenu({ into, other }: ConversationMenuProps) {
  const { tims, store, me } = useInbox();
  const queries = useQueryClient();
  const undoMerge = useUndoMerge();
  const [busy, setBusy] = useState(false);
  const isPart = other.mergedInto === into.id;
  const fits = isPart || (other.channel.id === into.channel.id && other.mergedInto === null);
  const may = mayOn(me, 'conversations:merge', into) && mayOn(me, 'conversations:merge', other);
  if (!fits || !may || into.mergedInto !== null) return null;

  async function merge(): Promise<void> {
    setBusy(true);
    try {
      store.put(await tims.conversations.merge({ id: into.id, conversationId: other.id }));
      toast({
        title: 'The conversations are one now',
        action: { label: 'Undo', run: () => void undoMerge({ conversationId: into.id }, other.id) },
      });
    } catch (error) {
      refused('The conversations could not be merged', error);
    }
    await store.open(into.id).catch(() => undefined);
    await queries.invalidateQueries({ queryKey: ['conversations-of', into.contact.id] });
    setBusy(false);
  }

  async function part(): Promise<void> {
    setBusy(true);
    await undoMerge({ conversationId: into.id }, other.id);
    setBusy(false);
  }

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button
          variant="ghost"
          size="icon"
          busy={busy}
          className="mt-1 size-8 shrink-0"
          aria-label={`More to do with the conversation on ${other.channel.name}`}
        >
          {!busy && <Ellipsis aria-hidden="true" className="size-4" />}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onKeyDown={(event) => event.stopPropagation()}
          className="z-30 min-w-48 max-w-72 animate-rise rounded-xl border border-border bg-surface-raised p-1.5 shadow-raised outline-none"
        >
          <DropdownMenu.Item
            onSelect={() => void (isPart ? part() : merge())}
            className="flex min-h-9 select-none items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm outline-none data-[highlighted]:bg-selected pointer-coarse:min-h-11"
          >
            {isPart ? (
              <Undo2 aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
            ) : (
              <Merge aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
            )}
            {isPart ? 'Take it out again' : 'Merge into this one'}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

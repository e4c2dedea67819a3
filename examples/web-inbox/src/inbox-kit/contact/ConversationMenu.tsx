import { useQueryClient } from '@tanstack/react-query';
import type { Conversation } from '@tims/sdk';
import { Ellipsis, Merge, Undo2 } from 'lucide-react';
import { Popover } from 'radix-ui';
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
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const isPart = other.mergedInto === into.id;
  const Icon = isPart ? Undo2 : Merge;
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
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button
          variant="ghost"
          size="icon"
          busy={busy}
          className="mt-1 size-8 shrink-0"
          aria-label={`More to do with the conversation on ${other.channel.name}`}
        >
          {!busy && <Ellipsis aria-hidden="true" className="size-4" />}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="More to do"
          onKeyDown={(event) => event.stopPropagation()}
          className="z-50 min-w-48 animate-rise rounded-xl border border-border bg-surface-raised p-1.5 shadow-raised outline-none"
        >
          <button
            type="button"
            onClick={() => {
              setOpen(false);
              void (isPart ? part() : merge());
            }}
            className="flex min-h-9 w-full select-none items-center gap-2.5 rounded-lg px-2.5 text-start text-sm hover:bg-hover pointer-coarse:min-h-11"
          >
            <Icon aria-hidden="true" className="size-4 shrink-0 text-text-muted" />
            {isPart ? 'Take it out again' : 'Merge into this one'}
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

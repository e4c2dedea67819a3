import { type Conversation, isTimsError, TimsApiError } from '@tims/sdk';
import { useCallback, useRef, useState } from 'react';
import { useColleagues, useInbox } from '../inbox.js';
import { toast } from '../ui.js';
import { colleagueName } from './names.js';

/** To a person, or to a queue: a team's, or the one that it came from. */
export type Assignment = { assigneeId: string } | { assigneeId: null; teamId?: string };

export interface ConversationActions {
  /** The conversation as it will be when what is under way succeeds. */
  readonly shown: Conversation;
  readonly busy: boolean;
  /** To whom it was given from here last, by name: it may be out of sight from then on. */
  readonly handedTo: string | undefined;
  take(): void;
  assign(to: Assignment, name: string): void;
  /** Gives it on together with a note for whoever takes over. */
  transfer(to: Assignment, name: string, note: string): void;
  /** It waits for its customer, and keeps whom it is with. */
  pend(): void;
  close(reason: string): void;
  reopen(): void;
}

/** What can be done with a conversation as a whole. It shows at once, and goes back where the server refuses. */
export function useActions(conversation: Conversation, onOpenConversation?: (id: string) => void): ConversationActions {
  const { tims, store, me } = useInbox();
  const colleagues = useColleagues();
  const [pending, setPending] = useState<Partial<Conversation>>();
  const [busy, setBusy] = useState(false);
  const [handedTo, setHandedTo] = useState<string>();
  const running = useRef(false);
  const { id } = conversation;

  const refused = useCallback(
    (error: unknown, failure: string) => {
      if (isTimsError(error, 'conversation_taken')) {
        const { assigneeId } = error.members;
        const who = colleagueName(colleagues, me, typeof assigneeId === 'string' ? assigneeId : null);
        setHandedTo(who);
        toast({ title: `${who} was faster`, description: 'They have this conversation now.', tone: 'danger' });
      } else
        toast({
          title: failure,
          description: wordsOf(error),
          tone: 'danger',
          action: newer(error, onOpenConversation),
        });
    },
    [colleagues, me, onOpenConversation],
  );

  const run = useCallback(
    async (change: Partial<Conversation>, request: () => Promise<Conversation>, failure: string) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      setPending(change);
      try {
        store.put(await request());
      } catch (error) {
        setPending(undefined);
        refused(error, failure);
      }
      running.current = false;
      setBusy(false);
      // What may be read and sent changes with it; what cannot be loaded now follows with the next event.
      await store.open(id).catch(() => undefined);
      if (!running.current) setPending(undefined);
    },
    [store, id, refused],
  );

  const teamOf = (to: Assignment) => ('teamId' in to && to.teamId ? to.teamId : conversation.teamId);

  /** What it will be once it is given. */
  function given(to: Assignment): Partial<Conversation> {
    const { assigneeId } = to;
    return assigneeId === null
      ? { status: 'queued', handler: 'team', assigneeId, teamId: teamOf(to), lifecycle: 'open' }
      : { status: 'assigned', handler: 'user', assigneeId, lifecycle: 'open' };
  }

  return {
    shown: pending ? { ...conversation, ...pending } : conversation,
    busy,
    handedTo,
    take() {
      const mine = { status: 'assigned', lifecycle: 'open', handler: 'user', assigneeId: me.id } as const;
      void run(mine, () => tims.conversations.take({ id }), 'The conversation could not be taken');
    },
    assign(to, name) {
      setHandedTo(name);
      void run(
        given(to),
        () => tims.conversations.assign({ id, ...to }),
        `The conversation could not be given to ${name}`,
      );
    },
    transfer(to, name, note) {
      setHandedTo(name);
      const { assigneeId } = to;
      const target = assigneeId === null ? { teamId: teamOf(to) } : { assigneeId };
      void run(
        given(to),
        () => tims.conversations.transfer({ id, ...target, note }),
        `The conversation could not be transferred to ${name}`,
      );
    },
    pend() {
      const waiting = { status: 'pending', lifecycle: 'pending' } as const;
      void run(waiting, () => tims.conversations.pend({ id }), 'The conversation could not be set to pending');
    },
    close(reason) {
      const closed = { status: 'closed', lifecycle: 'closed', closeReason: reason, closedAt: null } as const;
      void run(closed, () => tims.conversations.close({ id, reason }), 'The conversation could not be closed');
    },
    reopen() {
      const { assigneeId } = conversation;
      const opened = { lifecycle: 'open', closeReason: null, closedAt: null } as const;
      void run(
        {
          ...opened,
          ...(assigneeId ? { status: 'assigned', handler: 'user' } : { status: 'queued', handler: 'team' }),
        },
        () => tims.conversations.reopen({ id }),
        'The conversation could not be reopened',
      );
    },
  };
}

function wordsOf(error: unknown): string {
  if (error instanceof TimsApiError) return [error.message, error.help].filter(Boolean).join('. ').replace('..', '.');
  return error instanceof Error ? error.message : String(error);
}

/** A thread has one live conversation; the server says which one stands in the way. */
function newer(error: unknown, open: ((id: string) => void) | undefined) {
  const id = error instanceof TimsApiError ? error.members.conversationId : undefined;
  return open && typeof id === 'string' ? { label: 'Open it', run: () => open(id) } : undefined;
}

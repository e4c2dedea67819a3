import type { Message, OpenConversation, Outgoing, ThreadItem } from '@tims/sdk';
import { type Ref, useCallback, useContext, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useConnection, useInbox } from '../inbox.js';
import { toast } from '../ui.js';
import { MessageBubble } from './bubble/MessageBubble.js';
import { OutgoingBubble } from './bubble/OutgoingBubble.js';
import { MessageList, type MessageListHandle } from './list/MessageList.js';
import { type Row, rowsOf } from './list/rows.js';
import { Top } from './list/Top.js';
import { mayOn } from './may.js';
import { contactName } from './names.js';
import { NoteBubble } from './notes/NoteBubble.js';
import { rightsOf } from './notes/note-rights.js';
import type { NoteActions } from './notes/use-notes.js';
import { useAnnouncements } from './use-announcements.js';
import { useAuthors } from './use-authors.js';
import { useOlder } from './use-older.js';
import { WantedMessageContext } from './wanted-message.js';

export interface MessagesProps {
  opened: OpenConversation;
  items: readonly ThreadItem[];
  unreadFrom: string | undefined;
  onAtEnd(atEnd: boolean): void;
  /** Quotes the message in the next answer; undefined while nothing can be answered. */
  onReply: ((message: Message) => void) | undefined;
  onRetry: ((message: Message) => void) | undefined;
  onEdit(outgoing: Outgoing): void;
  /** Takes a message back that waits to be sent. */
  onUndo(message: Message): Promise<void>;
  notes: NoteActions;
  ref?: Ref<MessagesHandle> | undefined;
}

export interface MessagesHandle {
  scrollToEnd(): void;
  focus(): void;
}

/** So many pages are loaded to find a message that is quoted. */
const searchPages = 20;

/** The messages of an open conversation, and what is on its way. */
export function Messages({
  opened,
  items,
  unreadFrom,
  onAtEnd,
  onReply,
  onRetry,
  onEdit,
  onUndo,
  notes,
  ref,
}: MessagesProps) {
  const { store, outbox, me } = useInbox();
  const online = useConnection().state === 'live';
  const list = useRef<MessageListHandle>(null);
  const { conversation, messages, hasOlder, preview } = opened;
  const { id, contact } = conversation;
  const older = useOlder(id, hasOlder);
  const rows = useMemo(() => rowsOf(items, unreadFrom, me.id), [items, unreadFrom, me.id]);
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);
  const authorOf = useAuthors(contactName(contact));
  const said = useAnnouncements(items, contactName(contact));
  const [seeking, setSeeking] = useState(false);

  useImperativeHandle(ref, () => ({
    scrollToEnd: () => requestAnimationFrame(() => list.current?.scrollToEnd()),
    focus: () => list.current?.focus(),
  }));

  const jump = useCallback(
    async (messageId: string) => {
      if (list.current?.show(messageId)) return;
      setSeeking(true);
      for (let page = 0; page < searchPages && store.opened(id)?.hasOlder; page++) {
        await store.loadOlder(id).catch(() => undefined);
        if (store.opened(id)?.messages.some((message) => message.id === messageId)) break;
      }
      setSeeking(false);
      // The list draws first what was loaded.
      requestAnimationFrame(() => {
        if (list.current?.show(messageId) === false) {
          toast({ title: 'That message is too far back', description: 'It was not found in what could be loaded.' });
        }
      });
    },
    [store, id],
  );
  const wanted = useContext(WantedMessageContext);
  useEffect(() => {
    if (wanted === undefined) return;
    // The list goes to its end, or to what is unread, before anything else.
    const frame = requestAnimationFrame(() => void jump(wanted));
    return () => cancelAnimationFrame(frame);
  }, [wanted, jump]);
  const onJump = useCallback((messageId: string) => void jump(messageId), [jump]);
  const edit = useCallback(
    (key: string) => {
      const taken = outbox.discard(key);
      if (taken) onEdit(taken);
    },
    [outbox, onEdit],
  );
  const discard = useCallback((key: string) => void outbox.discard(key), [outbox]);
  const retry = useCallback((key: string) => outbox.retry(key), [outbox]);
  const force = useCallback((key: string) => outbox.retry(key, { force: true }), [outbox]);

  const tagsOfTeam = !preview && mayOn(me, 'conversations:tag', conversation) ? conversation.teamId : undefined;
  const quotedBy = (messageId: string | null | undefined) => {
    const message = messageId ? byId.get(messageId) : undefined;
    return message && quote(message, authorOf(message));
  };
  const renderRow = (row: Row, active: boolean) =>
    row.item.type === 'note' ? (
      <NoteBubble
        note={row.item.note}
        rights={rightsOf(row.item.note, me, conversation)}
        actions={notes}
        active={active}
      />
    ) : row.item.type === 'message' ? (
      <MessageBubble
        row={row}
        message={row.item.message}
        author={authorOf(row.item.message)}
        quoted={quotedBy(row.item.message.replyTo?.messageId)}
        active={active}
        onReply={onReply}
        onRetry={onRetry}
        onJump={onJump}
        onUndo={row.item.message.author.id === me.id ? onUndo : undefined}
        tagsOfTeam={tagsOfTeam}
      />
    ) : (
      <OutgoingBubble
        row={row}
        outgoing={row.item.outgoing}
        quoted={quotedBy(row.item.outgoing.replyTo)}
        online={online}
        answers={answersSince(messages, row.item.outgoing, me.id)?.map((one) => quote(one, authorOf(one)))}
        active={active}
        onRetry={retry}
        onForce={force}
        onEdit={edit}
        onDiscard={discard}
        onJump={onJump}
      />
    );

  return (
    <>
      <MessageList
        ref={list}
        rows={rows}
        label={`Messages with ${contactName(contact)}`}
        hasOlder={hasOlder}
        top={<Top hasOlder={hasOlder} older={seeking ? { ...older, state: 'loading' } : older} preview={preview} />}
        onNearTop={older.load}
        onAtEnd={onAtEnd}
        onEnter={(row) => row.item.type === 'message' && onReply?.(row.item.message)}
        renderRow={renderRow}
      />
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  );
}

/** What others said to the customer since it was written; undefined unless it was refused for that. */
function answersSince(messages: readonly Message[], { after, error }: Outgoing, me: string): Message[] | undefined {
  if (error?.code !== 'conversation_answered') return undefined;
  // Ids rise with time: the last one that was seen may be too far back to be loaded.
  return messages.filter(
    ({ id, direction, author }) => direction === 'outbound' && author.id !== me && (after === undefined || id > after),
  );
}

/** The same object for the same message, so that a bubble is drawn anew only when something changed. */
const quotes = new WeakMap<Message, { message: Message; author: string }>();
function quote(message: Message, author: string): { message: Message; author: string } {
  const known = quotes.get(message);
  if (known?.author === author) return known;
  const made = { message, author };
  quotes.set(message, made);
  return made;
}

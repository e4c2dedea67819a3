import type { Message, OpenConversation, Outgoing } from '@tims/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAside, useInbox, useTimeline } from '../inbox.js';
import { serverNow, toast } from '../ui.js';
import { abilitiesOn, type Obstacle, obstacleTo } from './abilities.js';
import type { Draft } from './composer/drafts.js';
import type { FieldHandle } from './composer/Field.js';
import { Footer } from './composer/Footer.js';
import type { Mode } from './composer/ModeBar.js';
import { useDraft } from './composer/use-draft.js';
import type { Menu } from './header/menu.js';
import { Strip } from './header/Strip.js';
import { firstUnread } from './list/rows.js';
import { Messages, type MessagesHandle } from './Messages.js';
import { contactName } from './names.js';
import { PinnedNotes } from './notes/PinnedNotes.js';
import { useNotes } from './notes/use-notes.js';
import { useTellingView } from './presence/use-presence.js';
import type { ConversationActions } from './use-actions.js';
import { useAuthors } from './use-authors.js';
import { useConversationCommands } from './use-commands-of.js';
import { useMarkRead } from './use-mark-read.js';
import { useUndo } from './use-undo.js';

export interface OpenThreadProps {
  opened: OpenConversation;
  actions: ConversationActions;
  menu: Menu | undefined;
  onMenu(menu: Menu | undefined): void;
  profileOpen: boolean;
  onToggleProfile(): void;
  onOpenConversation?: ((id: string) => void) | undefined;
}

const silences: Readonly<Record<Exclude<Obstacle, 'others'>, string>> = {
  merged: 'The conversation is part of another one',
  preview: 'Take the conversation first',
  closed: 'The conversation is closed',
  role: 'Your role does not answer here',
  erased: 'The person was erased',
  window: 'The channel takes no answer now',
};

/** The messages of a conversation that is loaded, and the answer below them. */
export function OpenThread(props: OpenThreadProps) {
  const { opened, actions, menu, onMenu, profileOpen, onToggleProfile, onOpenConversation } = props;
  const { outbox, me } = useInbox();
  const { id, contact } = opened.conversation;
  const items = useTimeline(opened);
  const [unreadFrom] = useState(() => firstUnread(opened.messages, opened.conversation.unreadCount));
  const [atEnd, setAtEnd] = useState(false);
  const [unlocked, setUnlocked] = useState(false);
  const [mode, setMode] = useState<Mode>('answer');
  const { draft, change: changeDraft, sent } = useDraft(id, !opened.preview);
  const notes = useNotes(id);
  const aside = useAside(id);
  const composer = useRef<FieldHandle>(null);
  const list = useRef<MessagesHandle>(null);
  const authorOf = useAuthors(contactName(contact));
  useMarkRead(opened, atEnd);
  useWindowEnd(opened);
  useKeptAside(opened);
  useTellingView(opened);

  const abilities = abilitiesOn(me, actions.shown);
  const obstacle = obstacleTo(me, actions.shown, opened);
  const mayWrite = obstacle === undefined || (obstacle === 'others' && unlocked);
  const focus = useCallback(() => requestAnimationFrame(() => composer.current?.focus()), []);

  const send = useCallback(
    ({ text, replyTo }: Draft) => {
      outbox.send({ conversationId: id, text, replyTo });
      sent();
      list.current?.scrollToEnd();
    },
    [outbox, id, sent],
  );
  const reply = useCallback(
    (message: Message) => {
      changeDraft(({ text }) => ({ text, replyTo: message.id }));
      setMode('answer');
      focus();
    },
    [changeDraft, focus],
  );
  const retry = useCallback(
    ({ content, replyTo }: Message) => {
      if (content.type !== 'text') return;
      outbox.send({ conversationId: id, text: content.text, replyTo: replyTo?.messageId ?? undefined });
      list.current?.scrollToEnd();
    },
    [outbox, id],
  );
  const edit = useCallback(
    ({ text, replyTo }: Pick<Outgoing, 'text' | 'replyTo'>) => {
      changeDraft((now) => ({ text: [text, now.text].filter(Boolean).join('\n\n'), replyTo: now.replyTo ?? replyTo }));
      setMode('answer');
      focus();
    },
    [changeDraft, focus],
  );
  const undo = useUndo(edit);
  const setDraft = useCallback((next: Draft) => changeDraft(() => next), [changeDraft]);
  const unlock = useCallback(() => {
    setMode('answer');
    setUnlocked(true);
    focus();
  }, [focus]);
  const choose = useCallback(
    (next: Mode) => {
      setMode(next);
      focus();
    },
    [focus],
  );

  const waiting = opened.messages.findLast(
    ({ author, withdrawableUntil, state }) => author.id === me.id && state === 'queued' && withdrawableUntil !== null,
  );
  useConversationCommands({
    abilities,
    preview: opened.preview,
    merged: actions.shown.lifecycle === 'merged',
    silent: obstacle === undefined || obstacle === 'others' ? undefined : silences[obstacle],
    reply: unlock,
    note: () => choose(mode === 'note' ? 'answer' : 'note'),
    take: actions.take,
    canned() {
      unlock();
      if (draft.text === '') setDraft({ ...draft, text: '/' });
      else toast({ title: 'The answer is begun', description: 'Canned responses are for an empty one.' });
    },
    undo: waiting && (() => void undo(waiting)),
    reopen: actions.reopen,
    pend: actions.pend,
    openMenu: onMenu,
    toggleProfile: onToggleProfile,
  });

  // The button that took it is gone: whoever pressed it goes on among the messages.
  const isMine = actions.shown.assigneeId === me.id;
  const wasMine = useRef(isMine);
  useEffect(() => {
    if (isMine && !wasMine.current && document.activeElement === document.body) list.current?.focus();
    wasMine.current = isMine;
  }, [isMine]);

  const quoted = draft.replyTo === undefined ? undefined : opened.messages.find((one) => one.id === draft.replyTo);
  return (
    <>
      {!opened.preview && (
        <Strip
          conversation={actions.shown}
          followUps={aside.followUps}
          abilities={abilities}
          menu={menu}
          onMenu={onMenu}
        />
      )}
      <PinnedNotes notes={aside.notes} conversation={actions.shown} actions={notes} />
      <Messages
        ref={list}
        opened={opened}
        items={items}
        unreadFrom={unreadFrom}
        onAtEnd={setAtEnd}
        onReply={mayWrite ? reply : undefined}
        onRetry={mayWrite ? retry : undefined}
        onEdit={edit}
        onUndo={undo}
        notes={notes}
      />
      <Footer
        opened={opened}
        actions={actions}
        draft={draft}
        onDraft={setDraft}
        onSend={send}
        unlocked={unlocked}
        onUnlock={unlock}
        quoted={quoted && { message: quoted, author: authorOf(quoted) }}
        onOpenConversation={onOpenConversation}
        showProfile={profileOpen ? undefined : onToggleProfile}
        composer={composer}
        mode={mode}
        onMode={choose}
        notes={notes}
        onNoted={() => list.current?.scrollToEnd()}
      />
    </>
  );
}

/** Notes and follow-ups are kept for as long as the conversation is seen whole. */
function useKeptAside({ conversation: { id }, preview }: OpenConversation): void {
  const { asides } = useInbox();
  useEffect(() => {
    if (preview) return;
    void asides.open(id);
    return () => asides.leave(id);
  }, [asides, id, preview]);
}

/** When the channel's window shuts, the server is asked what may be sent now. */
function useWindowEnd({ conversation: { id }, canSend: { windowEndsAt } }: OpenConversation): void {
  const { store } = useInbox();
  useEffect(() => {
    if (windowEndsAt === null) return;
    const left = Date.parse(windowEndsAt) - serverNow() + 1_000;
    if (left <= 0 || left > longest) return;
    const timer = setTimeout(() => void store.open(id).catch(() => undefined), left);
    return () => clearTimeout(timer);
  }, [store, id, windowEndsAt]);
}

/** What a timer can hold. */
const longest = 2 ** 31 - 1;

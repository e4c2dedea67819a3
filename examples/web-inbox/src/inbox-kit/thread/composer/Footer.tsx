import type { Message, OpenConversation } from '@tims/sdk';
import type { Ref } from 'react';
import { useColleagues, useInbox } from '../../inbox.js';
import { Spinner } from '../../ui.js';
import { abilitiesOn, obstacleTo } from '../abilities.js';
import { colleagueName, contactName } from '../names.js';
import type { NoteActions } from '../notes/use-notes.js';
import { OthersHere } from '../presence/Viewers.js';
import type { ConversationActions } from '../use-actions.js';
import { Composer } from './Composer.js';
import type { Draft } from './drafts.js';
import type { FieldHandle } from './Field.js';
import { type Mode, ModeBar } from './ModeBar.js';
import { NoteComposer } from './NoteComposer.js';
import {
  ClosedNotice,
  ErasedNotice,
  MergedNotice,
  OthersNotice,
  PreviewNotice,
  RoleNotice,
  WindowNotice,
} from './Obstacles.js';
import { WindowClock } from './WindowClock.js';

export interface FooterProps {
  opened: OpenConversation;
  actions: ConversationActions;
  draft: Draft;
  onDraft(draft: Draft): void;
  onSend(draft: Draft): void;
  /** The user answers although somebody else has the conversation. */
  unlocked: boolean;
  onUnlock(): void;
  quoted: { readonly message: Message; readonly author: string } | undefined;
  onOpenConversation?: ((id: string) => void) | undefined;
  showProfile?: (() => void) | undefined;
  composer: Ref<FieldHandle>;
  mode: Mode;
  onMode(mode: Mode): void;
  notes: NoteActions;
  onNoted(): void;
}

/** The foot of a conversation: where an answer or a note is written, or why it cannot be. */
export function Footer(props: FooterProps) {
  const { opened, actions, mode, onMode, notes, onNoted, composer } = props;
  const { me } = useInbox();
  const abilities = abilitiesOn(me, actions.shown);
  if (!abilities.note || opened.preview) {
    return (
      <div className="pt-1">
        <AnswerFoot {...props} />
      </div>
    );
  }
  return (
    <>
      <ModeBar mode={mode} onMode={onMode}>
        <OthersHere conversationId={opened.conversation.id} />
      </ModeBar>
      {mode === 'note' ? (
        <NoteComposer
          ref={composer}
          about={{ type: 'conversation', id: actions.shown.id }}
          feedbackOn={abilities.feedback ? actions.shown : undefined}
          onAdd={notes.add}
          onAdded={onNoted}
          onLeave={() => onMode('answer')}
        />
      ) : (
        <AnswerFoot {...props} />
      )}
    </>
  );
}

/** The composer, or why there is none and what to do about it. */
function AnswerFoot(props: FooterProps) {
  const { opened, actions, draft, onDraft, onSend, unlocked, onUnlock, quoted, composer } = props;
  const { me } = useInbox();
  const colleagues = useColleagues();
  const conversation = actions.shown;
  const abilities = abilitiesOn(me, conversation);
  const { busy } = actions;
  const holder = conversation.assigneeId === null ? undefined : colleagueName(colleagues, me, conversation.assigneeId);

  switch (obstacleTo(me, conversation, opened)) {
    case 'merged': {
      const { mergedInto } = conversation;
      const { onOpenConversation } = props;
      const open = onOpenConversation && mergedInto !== null ? () => onOpenConversation(mergedInto) : undefined;
      return <MergedNotice open={open} />;
    }
    case 'preview':
      if (conversation.assigneeId === me.id) return <Taking />;
      return <PreviewNotice take={abilities.take ? actions.take : undefined} busy={busy} />;
    case 'erased':
      return <ErasedNotice />;
    case 'closed':
      return (
        <ClosedNotice conversation={conversation} reopen={abilities.reopen ? actions.reopen : undefined} busy={busy} />
      );
    case 'role':
      return <RoleNotice conversation={conversation} holder={holder} />;
    case 'window':
      return (
        <WindowNotice
          conversation={conversation}
          reason={opened.canSend.reason}
          onOpenConversation={props.onOpenConversation}
          showProfile={props.showProfile}
        />
      );
    case 'others':
      if (unlocked) break;
      return (
        <OthersNotice
          holder={holder ?? 'A colleague'}
          assignToMe={abilities.assign ? () => actions.assign({ assigneeId: me.id }, 'you') : undefined}
          replyAnyway={onUnlock}
          busy={busy}
        />
      );
    case undefined:
  }
  const name = contactName(conversation.contact);
  return (
    <Composer
      ref={composer}
      conversation={conversation}
      name={name}
      draft={draft}
      onDraft={onDraft}
      onSend={onSend}
      quoted={quoted}
      placeholder={conversation.assigneeId === null ? 'Answer, and it is yours' : 'Write an answer (/ for canned)'}
      hint={opened.canSend.windowEndsAt === null ? undefined : <WindowClock endsAt={opened.canSend.windowEndsAt} />}
    />
  );
}

function Taking() {
  return (
    <div className="flex h-16 items-center justify-center gap-2 text-text-muted text-xs">
      <Spinner label="Loading the whole conversation" />
    </div>
  );
}

import type { Conversation } from '@tims/sdk';
import { useState } from 'react';
import { useInbox } from '../inbox.js';
import { ErrorState } from '../ui.js';
import { abilitiesOn } from './abilities.js';
import { Gone } from './Gone.js';
import { Header, HeaderFrame } from './header/Header.js';
import type { Menu } from './header/menu.js';
import { MessagesSkeleton } from './list/Skeleton.js';
import { contactName } from './names.js';
import { OpenThread } from './OpenThread.js';
import { useActions } from './use-actions.js';
import { type Opening, useOpening } from './use-opening.js';

export interface ConversationViewProps {
  id: string;
  /** Leads back to the list. */
  onClose(): void;
  profileOpen: boolean;
  onToggleProfile(): void;
  /** Where another conversation of the same person can be shown. */
  onOpenConversation?: ((id: string) => void) | undefined;
}

/**
 * One conversation: who it is with, what was said, and the answer.
 *
 * @example
 * <ConversationView id={id} onClose={toList} profileOpen={open} onToggleProfile={toggle} />
 */
export function ConversationView(props: ConversationViewProps) {
  return <View key={props.id} {...props} />;
}

function View(props: ConversationViewProps) {
  const opening = useOpening(props.id);
  const known = opening.state === 'open' ? opening.opened.conversation : opening.known;
  return (
    <section
      aria-label={known ? `Conversation with ${contactName(known.contact)}` : 'Conversation'}
      className="@container flex h-full min-h-0 min-w-0 flex-col bg-surface text-text"
    >
      {known ? (
        <Known {...props} opening={opening} conversation={known} />
      ) : (
        <>
          <HeaderFrame onClose={props.onClose}>
            {opening.state === 'loading' && (
              <span aria-hidden="true" className="h-9 w-48 animate-shimmer rounded-lg bg-hover" />
            )}
          </HeaderFrame>
          <NotOpen {...props} opening={opening} known={undefined} handedTo={undefined} />
        </>
      )}
    </section>
  );
}

type KnownProps = ConversationViewProps & { opening: Opening; conversation: Conversation };

/** What is done with a conversation outlives its being in sight: it says who has it now. */
function Known(props: KnownProps) {
  const { opening, conversation, onClose, profileOpen, onToggleProfile, onOpenConversation } = props;
  const { me } = useInbox();
  const actions = useActions(conversation, onOpenConversation);
  const [menu, setMenu] = useState<Menu>();
  const open = opening.state === 'open';
  return (
    <>
      {opening.state === 'gone' ? (
        <HeaderFrame onClose={onClose} />
      ) : (
        <Header
          conversation={actions.shown}
          actions={open ? actions : undefined}
          abilities={abilitiesOn(me, actions.shown)}
          menu={menu}
          onMenu={setMenu}
          onClose={onClose}
          profileOpen={profileOpen}
          onToggleProfile={onToggleProfile}
        />
      )}
      {open ? (
        <OpenThread
          opened={opening.opened}
          actions={actions}
          menu={menu}
          onMenu={setMenu}
          profileOpen={profileOpen}
          onToggleProfile={onToggleProfile}
          onOpenConversation={onOpenConversation}
        />
      ) : (
        <NotOpen {...props} known={conversation} handedTo={actions.handedTo} />
      )}
    </>
  );
}

interface NotOpenProps {
  id: string;
  opening: Opening;
  known: Conversation | undefined;
  handedTo: string | undefined;
  onClose(): void;
}

function NotOpen({ id, opening, known, handedTo, onClose }: NotOpenProps) {
  if (opening.state === 'gone') {
    return <Gone id={id} known={known} handedTo={handedTo} onRetry={opening.retry} onClose={onClose} />;
  }
  if (opening.state === 'failed') {
    const { error } = opening;
    return (
      <ErrorState
        title="The conversation could not be loaded"
        help={`${error instanceof Error ? error.message.replace(/\.$/, '') : 'Something went wrong'}. It is tried again when the connection is back.`}
        onRetry={opening.retry}
      />
    );
  }
  return <MessagesSkeleton />;
}

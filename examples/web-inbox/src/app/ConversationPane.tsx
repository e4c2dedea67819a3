import { useState } from 'react';
import { cx } from '../inbox-kit/class-names.js';
import { useCommands } from '../inbox-kit/commands.js';
import { ProfilePanel } from '../inbox-kit/contact/ProfilePanel.js';
import { useOpenConversation } from '../inbox-kit/inbox.js';
import { ConversationView } from '../inbox-kit/thread/ConversationView.js';
import { WantedMessageContext } from '../inbox-kit/thread/wanted-message.js';
import { command } from './list/use-cursor.js';
import { useMedia } from './viewport.js';

export interface ConversationPaneProps {
  id: string;
  /** The message that it is opened for. */
  messageId?: string | undefined;
  onClose(): void;
  onOpenConversation(id: string): void;
}

/** From here on the profile stands beside the conversation; below, it lies over it. */
const beside = '(min-width: 1360px)';
const key = 'tims.profile';

/** The open conversation, and the person that it is with. */
export function ConversationPane({ id, messageId, onClose, onOpenConversation }: ConversationPaneProps) {
  const docked = useMedia(beside);
  const [kept, setKept] = useState(() => localStorage.getItem(key) !== 'closed');
  const [over, setOver] = useState(false);
  const contactId = useOpenConversation(id)?.conversation.contact.id;
  const wanted = docked ? kept : over;

  function toggle(): void {
    if (docked) {
      setKept(!kept);
      localStorage.setItem(key, kept ? 'closed' : 'open');
    } else {
      setOver(!over);
    }
  }

  useCommands([command('go.back', over && !docked ? () => setOver(false) : onClose)]);

  return (
    <div className="relative flex h-full min-w-0">
      <div className="min-w-0 grow">
        <WantedMessageContext value={messageId}>
          <ConversationView
            id={id}
            onClose={onClose}
            profileOpen={wanted}
            onToggleProfile={toggle}
            onOpenConversation={onOpenConversation}
          />
        </WantedMessageContext>
      </div>
      {wanted && contactId !== undefined && (
        <div
          className={cx(
            'shrink-0 border-border border-l',
            docked
              ? 'w-72 2xl:w-80 min-[1800px]:w-96'
              : 'absolute inset-y-0 right-0 z-20 w-full animate-rise shadow-raised sm:w-80',
          )}
        >
          <ProfilePanel
            contactId={contactId}
            conversationId={id}
            onOpenConversation={onOpenConversation}
            onClose={toggle}
          />
        </div>
      )}
    </div>
  );
}

import { isTimsError, type Message } from '@tims/sdk';
import { useCallback } from 'react';
import { errorText } from '../error-text.js';
import { useInbox } from '../inbox.js';
import { toast } from '../ui.js';

/**
 * Takes back a message that waits to be sent.
 *
 * @param onBack is given what it said, to be written anew
 */
export function useUndo(onBack: (said: { text: string; replyTo: string | undefined }) => void) {
  const { tims } = useInbox();
  return useCallback(
    async ({ id, content, replyTo }: Message) => {
      try {
        await tims.messages.withdraw({ id });
      } catch (error) {
        const late = isTimsError(error, 'message_not_withdrawable');
        const { title, help } = errorText(error);
        toast({
          title: late ? 'It is on its way already' : 'The message could not be taken back',
          description: late ? 'Write another one to put it right.' : `${title.replace(/\.$/, '')}. ${help}`,
          tone: 'danger',
        });
        return;
      }
      if (content.type === 'text') onBack({ text: content.text, replyTo: replyTo?.messageId ?? undefined });
    },
    [tims, onBack],
  );
}

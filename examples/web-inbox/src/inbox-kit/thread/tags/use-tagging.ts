import { useQueryClient } from '@tanstack/react-query';
import { type Conversation, isTimsError, type Message, type Tag } from '@tims/sdk';
import { useCallback } from 'react';
import { errorText } from '../../error-text.js';
import { useInbox } from '../../inbox.js';
import { toast } from '../../ui.js';

export interface Tagging {
  /** Puts the tag on, or takes it off. */
  toggle(tagId: string, on: boolean): void;
  /** Makes a tag, and puts it on. */
  make(name: string, color: Tag['color'], teamId: string | null): void;
}

/** Tags on a conversation. */
export function useTagging({ id }: Pick<Conversation, 'id'>): Tagging {
  const { tims, store } = useInbox();
  const put = useCallback(
    (tagId: string, on: boolean) =>
      on ? tims.conversations.tag({ id, tagId }) : tims.conversations.untag({ id, tagId }),
    [tims, id],
  );
  return useTaggingBy(async (tagId, on) => store.put(await put(tagId, on)));
}

/** Tags on a message; what is shown follows by its event. */
export function useMessageTagging({ id }: Pick<Message, 'id'>): Tagging {
  const { tims } = useInbox();
  return useTaggingBy(async (tagId, on) => {
    await (on ? tims.messages.tag({ id, tagId }) : tims.messages.untag({ id, tagId }));
  });
}

/** Tags on anything that takes them; what is refused is told. */
export function useTaggingBy(put: (tagId: string, on: boolean) => Promise<void>): Tagging {
  const { tims } = useInbox();
  const queries = useQueryClient();
  return {
    toggle: (tagId, on) => void put(tagId, on).catch(refused),
    make(name, color, teamId) {
      const made = async () => {
        const { id } = await tims.tags.create({ name, color, teamId });
        await queries.invalidateQueries({ queryKey: ['tags'] });
        await put(id, true);
      };
      made().catch(async (error: unknown) => {
        // Somebody made it a moment ago: it is the same tag.
        const taken = isTimsError(error, 'tag_taken') && 'members' in error ? error.members.tagId : undefined;
        if (typeof taken !== 'string') return refused(error);
        await queries.invalidateQueries({ queryKey: ['tags'] });
        await put(taken, true).catch(refused);
      });
    },
  };
}

function refused(error: unknown): void {
  const { title, help } = errorText(error);
  toast({
    title: 'The tags could not be changed',
    description: `${title.replace(/\.$/, '')}. ${help}`,
    tone: 'danger',
  });
}

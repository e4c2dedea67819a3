import type { FollowUp, Input } from '@tims/sdk';
import { useMemo } from 'react';
import { errorText } from '../../error-text.js';
import { useInbox } from '../../inbox.js';
import { toast } from '../../ui.js';

export interface FollowUpActions {
  /** Whether it could be done; what went wrong is told. */
  add(followUp: Omit<Input<'followUps.create'>, 'id'>): Promise<boolean>;
  change(id: string, patch: Omit<Input<'followUps.update'>, 'id'>): Promise<boolean>;
}

/** What can be done with the follow-ups of a conversation; it shows without waiting for its event. */
export function useFollowUps(conversationId: string): FollowUpActions {
  const { tims, asides } = useInbox();
  return useMemo(() => {
    async function put(answer: Promise<FollowUp>, failure: string): Promise<boolean> {
      try {
        const made = await answer;
        asides.change(conversationId, (aside) => {
          const others = aside.followUps.filter(({ id }) => id !== made.id);
          const open = made.doneAt === null ? [...others, made] : others;
          return { ...aside, followUps: open.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)) };
        });
        return true;
      } catch (error) {
        const { title, help } = errorText(error);
        toast({ title: failure, description: `${title.replace(/\.$/, '')}. ${help}`, tone: 'danger' });
        return false;
      }
    }
    return {
      add: (one) => put(tims.followUps.create({ id: conversationId, ...one }), 'The follow-up could not be made'),
      change: (id, patch) => put(tims.followUps.update({ id, ...patch }), 'The follow-up could not be changed'),
    };
  }, [tims, asides, conversationId]);
}

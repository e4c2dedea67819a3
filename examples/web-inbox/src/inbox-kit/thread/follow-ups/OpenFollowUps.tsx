import type { FollowUp } from '@tims/sdk';
import { Check } from 'lucide-react';
import { useColleagues, useInbox } from '../../inbox.js';
import { Button } from '../../ui.js';
import { colleagueName } from '../names.js';
import { dueLabel, timeChoices, toSend, type WallTime, wallTime, zoneOf } from './times.js';
import type { FollowUpActions } from './use-follow-ups.js';

export interface OpenFollowUpsProps {
  followUps: readonly FollowUp[];
  actions: FollowUpActions;
  now: WallTime;
}

/** What the conversation comes back for: done, or later. */
export function OpenFollowUps({ followUps, actions, now }: OpenFollowUpsProps) {
  const { me } = useInbox();
  const colleagues = useColleagues();
  const tomorrow = timeChoices(now).find(({ id }) => id === 'tomorrow');
  if (followUps.length === 0) return null;
  return (
    <section aria-label="Open follow-ups" className="mb-3 border-border border-b pb-3">
      <h3 className="mb-1.5 font-semibold text-sm">Comes back</h3>
      <ul className="space-y-2.5">
        {followUps.map((one) => (
          <li key={one.id} className="text-sm">
            <p className={one.due ? 'font-medium text-warning' : undefined}>
              {one.due ? 'Due since ' : ''}
              {dueLabel(wallTime(Date.parse(one.dueAt), zoneOf(me)), now)}
              {one.userId !== me.id && (
                <span className="font-normal text-text-muted">
                  {' '}
                  for <bdi>{colleagueName(colleagues, me, one.userId)}</bdi>
                </span>
              )}
            </p>
            {one.text !== null && (
              <p dir="auto" className="text-text-muted text-xs [overflow-wrap:anywhere]">
                {one.text}
              </p>
            )}
            <div className="mt-1 flex flex-wrap gap-1.5">
              <Button size="sm" onClick={() => void actions.change(one.id, { done: true })}>
                <Check aria-hidden="true" className="size-3.5" /> Done
              </Button>
              <Button size="sm" onClick={() => void actions.change(one.id, { snoozeMinutes: 60 })}>
                In an hour
              </Button>
              {tomorrow && (
                <Button size="sm" onClick={() => void actions.change(one.id, { dueAt: toSend(tomorrow.at, me) })}>
                  Tomorrow 9:00
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

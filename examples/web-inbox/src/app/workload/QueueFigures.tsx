import type { Team, Workload } from '@tims/sdk';
import type { ReactNode } from 'react';
import { cx } from '../../inbox-kit/class-names.js';
import { lengthOf, useServerNow } from '../../inbox-kit/ui.js';
import { Link } from '../router.js';

/** What waits in the queue of the team, and what its people have together. */
export function QueueFigures({ workload: { queue, agents }, team }: { workload: Workload; team: Team }) {
  const now = useServerNow();
  const oldest = queue.oldestWaitingSince;
  const sum = (of: 'open' | 'unanswered') => agents.reduce((total, agent) => total + agent[of], 0);
  const overloaded = agents.filter((agent) => agent.overloaded).length;
  const place = { kind: 'team', key: team.key } as const;
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure name="In the queue">
        <Link to={{ place, narrowing: { status: 'queued', order: 'waiting' } }} className="hover:underline">
          {queue.waiting.toLocaleString()}
        </Link>
      </Figure>
      <Figure name="Longest wait there" strong={oldest !== null && now - Date.parse(oldest) > 60 * 60_000}>
        {oldest === null ? '–' : lengthOf(Math.max(0, now - Date.parse(oldest)))}
      </Figure>
      <Figure name="Open with agents">
        {sum('open').toLocaleString()}
        <span className="ml-2 font-normal text-sm text-text-muted">
          {sum('unanswered').toLocaleString()} unanswered
        </span>
      </Figure>
      <Figure name="Overloaded" strong={overloaded > 0}>
        {overloaded}
        <span className="ml-2 font-normal text-sm text-text-muted">of {agents.length}</span>
      </Figure>
    </dl>
  );
}

function Figure({ name, strong, children }: { name: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className="rounded-xl border border-border bg-surface px-4 py-3">
      <dt className="text-2xs text-text-muted">{name}</dt>
      <dd className={cx('mt-1 font-semibold text-xl tabular-nums', strong ? 'text-danger' : 'text-text')}>
        {children}
      </dd>
    </div>
  );
}

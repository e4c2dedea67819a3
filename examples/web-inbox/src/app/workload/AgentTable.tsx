import type { Workload } from '@tims/sdk';
import { Flame } from 'lucide-react';
import { Avatar } from '../../inbox-kit/avatar.js';
import { cx } from '../../inbox-kit/class-names.js';
import { Waiting } from '../../inbox-kit/waiting.js';
import { dotOf, presenceNames, usePresentColleagues } from '../presence/use-presence.js';
import { Link } from '../router.js';

type Agent = Workload['agents'][number];

/** The people of a team, the most loaded first. A name leads to what they have. */
export function AgentTable({ agents }: { agents: readonly Agent[] }) {
  const states = new Map(usePresentColleagues().map(({ id, state }) => [id, state]));
  const most = Math.max(1, ...agents.map(({ open }) => open));
  if (agents.length === 0) return <p className="p-4 text-center text-text-muted">Nobody belongs to this team.</p>;
  return (
    <div className="overflow-hidden rounded-xl border border-border">
      <table className="w-full text-left">
        <caption className="sr-only">Who has how much, the most loaded first</caption>
        <thead className="bg-background text-2xs text-text-muted">
          <tr>
            <th className="px-4 py-2 font-medium">Who</th>
            <th className="px-2 py-2 font-medium sm:w-1/4">Open</th>
            <th className="px-2 py-2 font-medium max-sm:hidden">Unanswered</th>
            <th className="whitespace-nowrap px-4 py-2 text-right font-medium">Longest wait</th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <Line key={agent.userId} agent={agent} most={most} state={states.get(agent.userId)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  agent: Agent;
  /** What the most loaded one has. */
  most: number;
  state: keyof typeof presenceNames | undefined;
}

function Line({ agent, most, state = agent.online ? 'online' : 'offline' }: LineProps) {
  const { userId, name, lead, open, unanswered, oldestWaitingSince, overloaded } = agent;
  return (
    <tr className={cx('border-border border-t', overloaded && 'bg-danger-soft/50')}>
      <td className="w-full max-w-0 py-2.5 pr-2 pl-4 sm:w-2/5">
        <Link
          to={{ place: { kind: 'group', group: 'all' }, narrowing: { assigneeId: userId } }}
          className="flex items-center gap-3 hover:underline"
        >
          <Avatar name={name} id={userId} size="sm" online={dotOf(state)} />
          <span className="min-w-0">
            <span dir="auto" className="block truncate font-medium">
              {name}
            </span>
            <span className="block truncate text-2xs text-text-muted">
              {presenceNames[state]}
              {lead && ' · leads'}
            </span>
          </span>
        </Link>
      </td>
      <td className="px-2 py-2.5">
        <span className="flex items-center gap-2.5">
          <span className={cx('w-8 text-right font-medium tabular-nums', overloaded && 'text-danger')}>{open}</span>
          <span
            aria-hidden="true"
            className="h-1.5 w-full max-w-40 overflow-hidden rounded-full bg-hover max-sm:hidden"
          >
            <span
              className={cx('block h-full rounded-full', overloaded ? 'bg-danger' : 'bg-accent')}
              style={{ width: `${(open / most) * 100}%` }}
            />
          </span>
          {overloaded && (
            <span className="inline-flex shrink-0 items-center gap-1 font-medium text-2xs text-danger">
              <Flame aria-hidden="true" className="size-3.5" />
              <span className="max-sm:sr-only">Overloaded</span>
            </span>
          )}
        </span>
      </td>
      <td className="px-2 py-2.5 tabular-nums max-sm:hidden">{unanswered}</td>
      <td className="whitespace-nowrap px-4 py-2.5 text-right">
        {oldestWaitingSince === null ? (
          <span className="text-text-muted">–</span>
        ) : (
          <Waiting since={oldestWaitingSince} />
        )}
      </td>
    </tr>
  );
}

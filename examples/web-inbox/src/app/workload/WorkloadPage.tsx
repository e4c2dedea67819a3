import { Menu, UsersRound } from 'lucide-react';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, EmptyState, ErrorState, Spinner } from '../../inbox-kit/ui.js';
import { navigate } from '../router.js';
import { AgentTable } from './AgentTable.js';
import { QueueFigures } from './QueueFigures.js';
import { useWorkload, useWorkloadTeams } from './use-workload.js';

export interface WorkloadPageProps {
  teamKey: string;
  onMenu?: (() => void) | undefined;
}

/** Who of a team has how much, and what waits in its queue. */
export default function WorkloadPage({ teamKey, onMenu }: WorkloadPageProps) {
  const teams = useWorkloadTeams();
  const team = teams.find(({ key }) => key === teamKey);
  const { data, error, refetch, isFetching } = useWorkload(team?.id);

  return (
    <>
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-2 border-border border-b px-3 py-2 sm:px-5">
        {onMenu && (
          <Button variant="ghost" size="icon" onClick={onMenu} aria-label="Menu" className="-ml-1">
            <Menu aria-hidden="true" className="size-5" />
          </Button>
        )}
        <h1 className="font-semibold text-base">Workload</h1>
        <select
          aria-label="Team"
          value={teamKey}
          onChange={({ target }) => navigate({ place: { kind: 'workload', key: target.value }, narrowing: {} })}
          className="ml-auto h-8 max-w-60 rounded-full border border-border-strong bg-surface px-3 text-xs pointer-coarse:h-10"
        >
          {!team && <option value={teamKey}>Choose a team</option>}
          {teams.map(({ id, key, name }) => (
            <option key={id} value={key}>
              {name}
            </option>
          ))}
        </select>
      </header>
      <div className="min-h-0 grow overflow-y-auto">
        {!team ? (
          <EmptyState title="You do not see the load of this team" icon={UsersRound}>
            {teams.length === 0
              ? 'Your role sees its own figures only.'
              : 'It may have been renamed, or it is not yours. Choose another one above.'}
          </EmptyState>
        ) : data ? (
          <div className="mx-auto max-w-5xl space-y-5 p-3 sm:p-5">
            <QueueFigures workload={data} team={team} />
            <AgentTable agents={data.agents} />
          </div>
        ) : error ? (
          <ErrorState {...errorText(error)} onRetry={() => void refetch()} busy={isFetching} />
        ) : (
          <div className="flex h-full items-center justify-center text-text-muted">
            <Spinner label="Loading the workload" />
          </div>
        )}
      </div>
    </>
  );
}

import type { Team } from '@tims/sdk';
import { CircleCheck, Pencil, Plus, Users } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { navigate } from '../../app/router.js';
import { useColleagues } from '../../inbox-kit/inbox.js';
import { Button, toast } from '../../inbox-kit/ui.js';
import { useTeamList } from '../data/lists.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useRefresh } from '../frame/use-resource.js';
import { MembersDialog } from './MembersDialog.js';
import { TeamForm } from './TeamForm.js';

/** The queues, and who serves them. */
export default function TeamsPage() {
  const { me } = useAppInbox();
  const refresh = useRefresh();
  const teams = useTeamList();
  const colleagues = useColleagues();
  const [doing, setDoing] = useState<{ team: Team | undefined; what: 'edit' | 'members' }>();
  const mayWrite = me.permissions['teams:write'] !== undefined;
  const close = () => setDoing(undefined);
  // By its id: while the dialog is open, others may change the team.
  const shown = teams.data?.find(({ id }) => id === doing?.team?.id);
  const leadsOf = (team: Team) =>
    team.members
      .filter(({ lead }) => lead)
      .map(({ userId }) => colleagues.get(userId)?.name ?? 'Somebody who is deactivated')
      .join(', ');

  return (
    <PageFrame
      title="Teams"
      says="A team is a queue and the people who serve it."
      readOnly={mayWrite ? undefined : 'Your role reads the teams. Administrators make and change them.'}
      action={
        mayWrite && (
          <Button variant="primary" onClick={() => setDoing({ team: undefined, what: 'edit' })}>
            <Plus aria-hidden="true" className="size-4" /> New team
          </Button>
        )
      }
    >
      <ResourceTable
        label="Teams"
        rows={teams.data}
        error={teams.error}
        onRetry={teams.retry}
        busy={teams.busy}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        searchIn={({ name, key }) => `${name} ${key}`}
        onOpen={(team) => setDoing({ team, what: 'members' })}
        columns={[
          {
            title: 'Name',
            cell: ({ name, key }) => (
              <span className="block">
                <span dir="auto" className="font-medium">
                  {name}
                </span>
                <span className="ml-2 font-mono text-text-muted text-xs">{key}</span>
              </span>
            ),
          },
          { title: 'Members', cell: ({ members }) => <span className="tabular-nums">{members.length}</span> },
          {
            title: 'Led by',
            from: 'sm',
            cell: (team) => <span className="text-text-muted">{leadsOf(team) || 'Nobody'}</span>,
          },
        ]}
        actions={(team) => [
          { label: 'Members', icon: Users, run: () => setDoing({ team, what: 'members' }) },
          ...(mayWrite ? [{ label: 'Name and key', icon: Pencil, run: () => setDoing({ team, what: 'edit' }) }] : []),
          ...(me.permissions['close_reasons:write'] !== undefined
            ? [
                {
                  label: 'Close reasons',
                  icon: CircleCheck,
                  run: () => navigate(`/admin/close-reasons?team=${team.id}`),
                },
              ]
            : []),
        ]}
        empty={{ title: 'No teams', text: 'Make one, and say who belongs to it.' }}
      />
      {doing?.what === 'edit' && (
        <TeamForm
          team={doing.team}
          onDone={(team) => {
            close();
            refresh('teams');
            toast({ title: doing.team ? `${team.name} is saved` : `The team ${team.name} is made` });
          }}
          onClose={close}
        />
      )}
      {doing?.what === 'members' && shown && <MembersDialog team={shown} readOnly={!mayWrite} onClose={close} />}
    </PageFrame>
  );
}

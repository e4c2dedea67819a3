import type { Team } from '@tims/sdk';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { Dialog } from '../../app/Dialog.js';
import { Failure } from '../../forms/Failure.js';
import { controlClass } from '../../forms/Field.js';
import { refusalOf } from '../../forms/faults.js';
import { Check } from '../../forms/inputs.js';
import type { ErrorText } from '../../inbox-kit/error-text.js';
import { type Colleague, useColleagues } from '../../inbox-kit/inbox.js';
import { Avatar, cx } from '../../inbox-kit/ui.js';
import { useRefresh } from '../frame/use-resource.js';

/** Who belongs to a team and who leads it; each tick holds at once. */
export function MembersDialog({ team, readOnly, onClose }: { team: Team; readOnly: boolean; onClose(): void }) {
  const { tims } = useAppInbox();
  const refresh = useRefresh();
  const colleagues = useColleagues();
  const [search, setSearch] = useState('');
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<ErrorText>();
  const members = new Map(team.members.map(({ userId, lead }) => [userId, lead]));
  const wanted = search.trim().toLowerCase();
  const shown = [...colleagues.values()]
    .filter(({ id, name }) => (!readOnly || members.has(id)) && name.toLowerCase().includes(wanted))
    .sort((a, b) => Number(members.has(b.id)) - Number(members.has(a.id)) || a.name.localeCompare(b.name));

  async function change({ id }: Colleague, work: () => Promise<unknown>): Promise<void> {
    if (busy.has(id)) return;
    setBusy((now) => new Set(now).add(id));
    setFailure(undefined);
    try {
      await work();
      refresh('teams', 'users');
    } catch (error) {
      setFailure(refusalOf(error, {}).failure);
    } finally {
      setBusy((now) => new Set([...now].filter((one) => one !== id)));
    }
  }

  return (
    <Dialog
      title={`Members of ${team.name}`}
      description={readOnly ? undefined : 'Who leaves keeps the conversations that are assigned to them.'}
      onClose={onClose}
    >
      <Failure failure={failure} className="mb-4" />
      <input
        type="search"
        aria-label="Search colleagues"
        placeholder="Search colleagues"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className={cx(controlClass, 'mb-2 h-9 pointer-coarse:h-11')}
      />
      {shown.length === 0 && (
        <p className="py-4 text-text-muted">{wanted ? 'Nobody of that name.' : 'Nobody is in the team yet.'}</p>
      )}
      <ul className="divide-y divide-border">
        {shown.map((colleague) => {
          const { id, name } = colleague;
          const lead = members.get(id);
          const locked = readOnly || busy.has(id);
          return (
            <li key={id} className="flex items-center gap-3 py-1">
              <Avatar name={name} id={id} size="xs" />
              <span className="min-w-0 grow">
                <Check
                  checked={lead !== undefined}
                  disabled={locked}
                  onChecked={(member) =>
                    void change(colleague, () =>
                      member
                        ? tims.teams.addMember({ id: team.id, userId: id })
                        : tims.teams.removeMember({ id: team.id, userId: id }),
                    )
                  }
                >
                  <span dir="auto">{name}</span>
                </Check>
              </span>
              {lead !== undefined && (
                <span className="text-xs">
                  <Check
                    compact
                    checked={lead}
                    disabled={locked}
                    onChecked={(leads) =>
                      void change(colleague, () => tims.teams.addMember({ id: team.id, userId: id, lead: leads }))
                    }
                  >
                    Leads<span className="sr-only">: {name}</span>
                  </Check>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

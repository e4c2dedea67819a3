import type { CloseReason } from '@tims/sdk';
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { navigate, usePath } from '../../app/router.js';
import { ConfirmDialog } from '../../forms/ConfirmDialog.js';
import { controlClass } from '../../forms/Field.js';
import { Choices } from '../../forms/inputs.js';
import { Button, cx, toast } from '../../inbox-kit/ui.js';
import { useTeamList } from '../data/lists.js';
import { mayWriteIn, ownerName, refusalToWrite } from '../data/team-scope.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useRefresh, useResource } from '../frame/use-resource.js';
import { CloseReasonForm } from './CloseReasonForm.js';
import { moved } from './order.js';

/** Why conversations are closed: every team's reasons, and each team's own. */
export default function CloseReasonsPage() {
  const { tims, me } = useAppInbox();
  const refresh = useRefresh();
  const teamId = new URLSearchParams(usePath().search).get('team');
  const reasons = useResource('close-reasons', async () => (await tims.closeReasons.list()).data);
  const teams = useTeamList().data;
  const [editing, setEditing] = useState<CloseReason | 'new'>();
  const [removing, setRemoving] = useState<CloseReason>();
  const [moving, setMoving] = useState(false);
  const rows = reasons.data?.filter((one) => one.teamId === teamId).sort((a, b) => a.position - b.position);
  const refused = refusalToWrite(me, 'close_reasons:write', teamId);
  const inherited = teamId === null ? 0 : (reasons.data?.filter((one) => one.teamId === null).length ?? 0);

  async function move(reason: CloseReason, step: 1 | -1): Promise<void> {
    if (!rows || moving) return;
    setMoving(true);
    try {
      for (const { id, position } of moved(rows, reason.id, step)) await tims.closeReasons.update({ id, position });
    } catch {
      toast({ title: 'The order could not be saved', description: 'Try again.', tone: 'danger' });
    } finally {
      setMoving(false);
      refresh('close-reasons');
    }
  }

  return (
    <PageFrame
      title="Close reasons"
      says="Why a conversation can be closed, in the order in which they are offered: every team’s first, then the team’s own."
      readOnly={refused && `${refused}.`}
      action={
        mayWriteIn(me, 'close_reasons:write', teamId) && (
          <Button variant="primary" onClick={() => setEditing('new')}>
            <Plus aria-hidden="true" className="size-4" /> New reason
          </Button>
        )
      }
    >
      <ResourceTable
        label="Close reasons"
        rows={rows}
        error={reasons.error}
        onRetry={reasons.retry}
        busy={reasons.busy}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        onOpen={refused === undefined ? (reason) => setEditing(reason) : undefined}
        filters={
          <select
            aria-label="Whose reasons"
            value={teamId ?? ''}
            onChange={({ target: { value } }) =>
              navigate(value === '' ? '/admin/close-reasons' : `/admin/close-reasons?team=${value}`)
            }
            className={cx(controlClass, 'h-9 max-w-72 pointer-coarse:h-11')}
          >
            <Choices
              choices={[
                { value: '', label: 'Every team' },
                ...(teams ?? []).map(({ id, name }) => ({ value: id, label: `${name} alone` })),
              ]}
            />
          </select>
        }
        columns={[
          {
            title: 'Reason',
            cell: ({ name }) => (
              <span dir="auto" className="font-medium">
                {name}
              </span>
            ),
          },
          {
            title: 'Key',
            from: 'sm',
            cell: ({ key }) => <span className="font-mono text-text-muted text-xs">{key}</span>,
          },
        ]}
        actions={
          refused === undefined
            ? (reason) => [
                { label: 'Edit', icon: Pencil, run: () => setEditing(reason) },
                {
                  label: 'Move up',
                  icon: ArrowUp,
                  refused: rows?.[0]?.id === reason.id ? 'It is the first' : undefined,
                  run: () => void move(reason, -1),
                },
                {
                  label: 'Move down',
                  icon: ArrowDown,
                  refused: rows?.at(-1)?.id === reason.id ? 'It is the last' : undefined,
                  run: () => void move(reason, 1),
                },
                { label: 'Remove', icon: Trash2, danger: true, run: () => setRemoving(reason) },
              ]
            : undefined
        }
        empty={{
          title: `No reasons of ${teamId === null ? 'every team' : 'its own'}`,
          text:
            inherited > 0
              ? `${ownerName(teams, teamId)} closes with every team’s ${inherited}.`
              : 'Where there is none at all, people write what they like.',
        }}
      />
      {editing && (
        <CloseReasonForm
          reason={editing === 'new' ? undefined : editing}
          teamId={teamId}
          onDone={({ name }) => {
            setEditing(undefined);
            refresh('close-reasons');
            toast({ title: `The reason “${name}” is saved` });
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove the reason “${removing.name}”?`}
          action="Remove"
          run={(options) => tims.closeReasons.delete({ id: removing.id }, options)}
          onDone={() => {
            refresh('close-reasons');
            toast({ title: `The reason “${removing.name}” is removed` });
          }}
          onClose={() => setRemoving(undefined)}
        >
          Conversations that were closed with it keep it.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}

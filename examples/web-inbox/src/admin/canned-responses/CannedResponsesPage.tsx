import type { CannedResponse } from '@tims/sdk';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { ConfirmDialog } from '../../forms/ConfirmDialog.js';
import { Button, toast } from '../../inbox-kit/ui.js';
import { useTeamList } from '../data/lists.js';
import { ownerName, refusalToWrite } from '../data/team-scope.js';
import { allOf } from '../frame/all-of.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useRefresh, useResource } from '../frame/use-resource.js';
import { CannedResponseForm } from './CannedResponseForm.js';

/** What is said again and again. */
export default function CannedResponsesPage() {
  const { tims, me } = useAppInbox();
  const refresh = useRefresh();
  const responses = useResource('canned-responses', () => allOf(tims.cannedResponses.list({ limit: 100 })));
  const teams = useTeamList().data;
  const [editing, setEditing] = useState<CannedResponse | 'new'>();
  const [removing, setRemoving] = useState<CannedResponse>();
  const refused = ({ teamId }: CannedResponse) => refusalToWrite(me, 'canned_responses:write', teamId);

  return (
    <PageFrame
      title="Canned responses"
      says="What is said again and again: typed by its shortcut, filled in with what is known of the customer."
      action={
        <Button variant="primary" onClick={() => setEditing('new')}>
          <Plus aria-hidden="true" className="size-4" /> New response
        </Button>
      }
    >
      <ResourceTable
        label="Canned responses"
        rows={responses.data}
        error={responses.error}
        onRetry={responses.retry}
        busy={responses.busy}
        keyOf={({ id }) => id}
        nameOf={({ title }) => title}
        searchIn={({ shortcut, title, text }) => `${shortcut} ${title} ${text}`}
        onOpen={(response) => setEditing(response)}
        columns={[
          {
            title: 'Response',
            cell: ({ title, shortcut, text }) => (
              <span className="block min-w-0">
                <span className="flex flex-wrap items-baseline gap-x-2">
                  <span dir="auto" className="font-medium">
                    {title}
                  </span>
                  <span className="font-mono text-accent text-xs">/{shortcut}</span>
                </span>
                <span dir="auto" className="line-clamp-1 break-all text-text-muted text-xs">
                  {text}
                </span>
              </span>
            ),
          },
          {
            title: 'For',
            from: 'sm',
            cell: ({ teamId }) => <span className="text-text-muted">{ownerName(teams, teamId)}</span>,
          },
        ]}
        actions={(response) => [
          { label: 'Edit', icon: Pencil, refused: refused(response), run: () => setEditing(response) },
          { label: 'Remove', icon: Trash2, danger: true, refused: refused(response), run: () => setRemoving(response) },
        ]}
        empty={{ title: 'No canned responses yet', text: 'Write the first one: what do you type most often?' }}
      />
      {editing && (
        <CannedResponseForm
          response={editing === 'new' ? undefined : editing}
          readOnly={editing === 'new' ? undefined : refused(editing)}
          teams={teams ?? []}
          onDone={({ title }) => {
            setEditing(undefined);
            refresh('canned-responses');
            toast({ title: `“${title}” is saved` });
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove “${removing.title}”?`}
          action="Remove"
          run={(options) => tims.cannedResponses.remove({ id: removing.id }, options)}
          onDone={() => {
            refresh('canned-responses');
            toast({ title: `“${removing.title}” is removed` });
          }}
          onClose={() => setRemoving(undefined)}
        >
          Its shortcut does nothing any more. What was sent stays as it is.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}

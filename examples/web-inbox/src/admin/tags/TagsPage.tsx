import type { Tag } from '@tims/sdk';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAppInbox } from '../../app/app-inbox.js';
import { ConfirmDialog } from '../../forms/ConfirmDialog.js';
import { Button, toast } from '../../inbox-kit/ui.js';
import { useTeamList } from '../data/lists.js';
import { ownerName, refusalToWrite } from '../data/team-scope.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ResourceTable } from '../frame/ResourceTable.js';
import { useRefresh, useResource } from '../frame/use-resource.js';
import { tagColours } from './colours.js';
import { TagForm } from './TagForm.js';

/** What conversations, messages and contacts are marked with. */
export default function TagsPage() {
  const { tims, me } = useAppInbox();
  const refresh = useRefresh();
  const tags = useResource('tags', async () => (await tims.tags.list()).data);
  const teams = useTeamList().data;
  const [editing, setEditing] = useState<Tag | 'new'>();
  const [removing, setRemoving] = useState<Tag>();
  const refused = ({ teamId }: Tag) => refusalToWrite(me, 'tags:write', teamId);

  return (
    <PageFrame
      title="Tags"
      says="What conversations, messages and contacts are marked with. A tag is for every team, or for one."
      action={
        <Button variant="primary" onClick={() => setEditing('new')}>
          <Plus aria-hidden="true" className="size-4" /> New tag
        </Button>
      }
    >
      <ResourceTable
        label="Tags"
        rows={tags.data}
        error={tags.error}
        onRetry={tags.retry}
        busy={tags.busy}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        searchIn={({ name }) => name}
        onOpen={(tag) => setEditing(tag)}
        columns={[
          {
            title: 'Name',
            cell: ({ name, color, purpose }) => (
              <span className="flex items-center gap-2.5">
                <Dot color={color} />
                <span>
                  <span dir="auto" className="font-medium">
                    {name}
                  </span>
                  {purpose !== null && (
                    <span className="block text-text-muted text-xs">
                      TIMS puts it on and takes it off with follow-ups
                    </span>
                  )}
                </span>
              </span>
            ),
          },
          { title: 'For', cell: ({ teamId }) => <span className="text-text-muted">{ownerName(teams, teamId)}</span> },
          {
            title: 'Colour',
            from: 'sm',
            cell: ({ color }) => <span className="text-text-muted">{tagColours[color].name}</span>,
          },
        ]}
        actions={(tag) => [
          { label: 'Edit', icon: Pencil, refused: refused(tag), run: () => setEditing(tag) },
          { label: 'Remove', icon: Trash2, danger: true, refused: refused(tag), run: () => setRemoving(tag) },
        ]}
        empty={{ title: 'No tags yet', text: 'Make one, and it can be put on conversations at once.' }}
      />
      {editing && (
        <TagForm
          tag={editing === 'new' ? undefined : editing}
          readOnly={editing === 'new' ? undefined : refused(editing)}
          teams={teams ?? []}
          onDone={({ name }) => {
            setEditing(undefined);
            refresh('tags');
            toast({ title: editing === 'new' ? `The tag ${name} is made` : `The tag ${name} is saved` });
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove the tag ${removing.name}?`}
          action="Remove"
          run={(options) => tims.tags.delete({ id: removing.id }, options)}
          onDone={() => {
            refresh('tags');
            toast({ title: `The tag ${removing.name} is removed` });
          }}
          onClose={() => setRemoving(undefined)}
        >
          It is taken off everything that has it. That cannot be undone.
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}

function Dot({ color }: Pick<Tag, 'color'>) {
  return (
    <span
      aria-hidden="true"
      className="size-3 shrink-0 rounded-full"
      style={{ backgroundColor: tagColours[color].dot }}
    />
  );
}

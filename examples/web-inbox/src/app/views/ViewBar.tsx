import type { ConversationFilter, View } from '@tims/sdk';
import { Pencil, Save, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useCommands } from '../../inbox-kit/commands.js';
import { errorText } from '../../inbox-kit/error-text.js';
import { Button, toast } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { navigate } from '../router.js';
import { home, type Route } from '../routes.js';
import { mayChange, useViewsRefresh } from './use-views.js';

export interface ViewBarProps {
  view: View;
  route: Route;
  /** What is shown, where that is no longer what was saved. */
  changed: ConversationFilter | undefined;
  onRename(): void;
}

const audiences = {
  personal: 'Only you see this view',
  team: 'Shared with a team',
  everybody: 'Shared with everybody',
};

/** What can be done with a saved view. */
export function ViewBar({ view, route, changed, onRename }: ViewBarProps) {
  const { tims, me } = useAppInbox();
  const refresh = useViewsRefresh();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const allowed = mayChange(me, view);

  async function during(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    try {
      await work();
      await refresh();
    } catch (error) {
      const { title, help } = errorText(error);
      toast({ title, description: help, tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }
  const shown = () => navigate({ ...route, narrowing: {} }, { replace: true });
  const save = (filter: ConversationFilter) =>
    during(async () => {
      await tims.views.update({ id: view.id, filter });
      await refresh();
      shown();
    });
  const remove = () =>
    during(async () => {
      await tims.views.remove({ id: view.id });
      navigate(home);
      toast({ title: `“${view.name}” is deleted` });
    });

  const reason = allowed ? {} : { disabled: 'Your role does not change shared views' };
  useCommands([
    { id: 'view.rename', title: 'Rename this view', group: 'List', run: onRename, ...reason },
    { id: 'view.delete', title: 'Delete this view', group: 'List', run: () => setAsked(true), ...reason },
  ]);

  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1 border-border border-b bg-background px-3 py-1.5 text-text-muted text-xs">
      <span className="grow">{asked ? 'Delete this view for good?' : audiences[view.shared]}</span>
      {asked ? (
        <>
          <Button variant="danger" size="sm" busy={busy} onClick={() => void remove()}>
            Delete
          </Button>
          <Button variant="ghost" size="sm" onClick={() => setAsked(false)}>
            Keep
          </Button>
        </>
      ) : (
        <>
          {changed && (
            <Button variant="ghost" size="sm" onClick={shown}>
              <Undo2 aria-hidden="true" className="size-3.5" />
              Undo changes
            </Button>
          )}
          {changed && allowed && (
            <Button variant="ghost" size="sm" busy={busy} onClick={() => void save(changed)}>
              <Save aria-hidden="true" className="size-3.5" />
              Save changes
            </Button>
          )}
          {allowed && (
            <>
              <Button variant="ghost" size="sm" className="px-1.5" onClick={onRename} aria-label="Rename this view">
                <Pencil aria-hidden="true" className="size-3.5" />
              </Button>
              <Button
                variant="ghost"
                size="sm"
                className="px-1.5"
                onClick={() => setAsked(true)}
                aria-label="Delete this view"
              >
                <Trash2 aria-hidden="true" className="size-3.5" />
              </Button>
            </>
          )}
        </>
      )}
    </div>
  );
}

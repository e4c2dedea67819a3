import type { ConversationFilter, View } from '@tims/sdk';
import { type FormEvent, useState } from 'react';
import { type ErrorText, errorText } from '../../inbox-kit/error-text.js';
import { Button, toast } from '../../inbox-kit/ui.js';
import { useAppInbox } from '../app-inbox.js';
import { Dialog } from '../Dialog.js';
import { Field, fieldClass } from '../pages/Field.js';
import { navigate } from '../router.js';
import { useVisibleTeams } from '../teams.js';
import { mayShareWith, useViewsRefresh } from './use-views.js';

export interface SaveViewProps {
  /** A new one of this filter, or a new name for one there is. */
  of: { readonly filter: ConversationFilter } | { readonly view: View };
  onClose(): void;
}

/** Asks under which name a filter is saved, and for whom. */
export default function SaveView({ of, onClose }: SaveViewProps) {
  const { tims, me } = useAppInbox();
  const refresh = useViewsRefresh();
  const teams = useVisibleTeams().filter(({ id }) => mayShareWith(me, id));
  const renamed = 'view' in of ? of.view : undefined;
  const [name, setName] = useState(renamed?.name ?? '');
  const [audience, setAudience] = useState('personal');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText>();

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      const view =
        'view' in of ? await tims.views.update({ id: of.view.id, name: name.trim() }) : await made(of.filter);
      await refresh();
      onClose();
      if (!renamed) navigate({ place: { kind: 'view', id: view.id }, narrowing: {} });
      toast({ title: renamed ? 'The view has its new name' : `Saved as “${view.name}”` });
    } catch (error) {
      setFailure(errorText(error));
      setBusy(false);
    }
  }

  function made(filter: ConversationFilter): Promise<View> {
    const common = { name: name.trim(), filter };
    if (audience === 'personal' || audience === 'everybody') return tims.views.create({ ...common, shared: audience });
    return tims.views.create({ ...common, shared: 'team', teamId: audience });
  }

  const everybody = mayShareWith(me, null);
  return (
    <Dialog
      title={renamed ? 'Rename the view' : 'Save as a view'}
      description={renamed ? undefined : 'The filter and the order, under a name in the sidebar.'}
      onClose={onClose}
    >
      <form className="flex flex-col gap-4 pt-1" onSubmit={(event) => void save(event)}>
        {failure && (
          <div role="alert" className="rounded-lg bg-danger-soft p-3 text-danger">
            <p className="font-medium">{failure.title}</p>
            <p className="text-xs">{failure.help}</p>
          </div>
        )}
        <Field label="Name">
          <input
            type="text"
            required
            pattern=".*\S.*"
            maxLength={100}
            autoFocus
            value={name}
            onChange={({ target }) => setName(target.value)}
            className={fieldClass}
          />
        </Field>
        {!renamed && (teams.length > 0 || everybody) && (
          <Field label="Who sees it">
            <select value={audience} onChange={({ target }) => setAudience(target.value)} className={fieldClass}>
              <option value="personal">Only you</option>
              {teams.map((team) => (
                <option key={team.id} value={team.id}>
                  Everybody in {team.name}
                </option>
              ))}
              {everybody && <option value="everybody">Everybody</option>}
            </select>
          </Field>
        )}
        <Button type="submit" variant="primary" size="lg" busy={busy} disabled={name.trim() === ''}>
          {renamed ? 'Rename' : 'Save'}
        </Button>
      </form>
    </Dialog>
  );
}

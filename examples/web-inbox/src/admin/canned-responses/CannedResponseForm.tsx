import type { CannedResponse, Team } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { changesOf } from '../../forms/changes.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { SelectField, TextArea, TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';
import { ownerChoices } from '../data/team-scope.js';
import { Preview } from './Preview.js';
import { variables } from './variables.js';

export interface CannedResponseFormProps {
  response: CannedResponse | undefined;
  /** Why it cannot be changed. */
  readOnly: string | undefined;
  teams: readonly Team[];
  onDone(response: CannedResponse): void;
  onClose(): void;
}

/** A canned response: its shortcut, its text with variables, and whose it is. */
export function CannedResponseForm({ response, readOnly, teams, onDone, onClose }: CannedResponseFormProps) {
  const { tims, me } = useAppInbox();
  const closed = readOnly !== undefined;
  const owners = ownerChoices(me, 'canned_responses:write', teams);
  const before = {
    title: response?.title ?? '',
    shortcut: response?.shortcut ?? '',
    text: response?.text ?? '',
    teamId: response ? (response.teamId ?? '') : (owners[0]?.value ?? ''),
  };
  const form = useForm({
    initial: before,
    check: ({ title, shortcut, text }) => ({
      title: title.trim() === '' ? 'Give it a title.' : undefined,
      shortcut: /^[a-z0-9][a-z0-9_-]{0,49}$/.test(shortcut) ? undefined : 'Small letters, digits, - and _; 50 at most.',
      text: text.trim() === '' ? 'Write what it says.' : undefined,
    }),
    places: { shortcut_taken: 'shortcut', variable_unknown: 'text' },
    async send(values, options) {
      if (!response) return tims.cannedResponses.create({ ...values, teamId: ownerOf(values.teamId) }, options);
      const { teamId, ...rest } = changesOf(before, values);
      if (teamId === undefined && Object.keys(rest).length === 0) return response;
      const owner = teamId === undefined ? {} : { teamId: ownerOf(teamId) };
      return tims.cannedResponses.update({ id: response.id, ...rest, ...owner }, options);
    },
    onDone,
  });

  return (
    <FormDialog
      form={form}
      title={response ? response.title : 'New canned response'}
      description={readOnly && `${readOnly}.`}
      action={response ? 'Save' : 'Add the response'}
      wide
      readOnly={closed}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...form.field('title')} label="Title" maxLength={200} readOnly={closed} />
        <TextField
          {...form.field('shortcut')}
          label="Shortcut"
          maxLength={50}
          readOnly={closed}
          spellCheck={false}
          autoCapitalize="off"
          mono
        />
      </div>
      <TextArea {...form.field('text')} label="Text" maxLength={10_000} rows={6} dir="auto" readOnly={closed} />
      {!closed && (
        <div>
          <p className="mb-1.5 text-text-muted text-xs">Variables, put at the end of the text:</p>
          <ul className="flex flex-wrap gap-1.5">
            {variables.map(({ name, says }) => (
              <li key={name}>
                <button
                  type="button"
                  title={says}
                  onClick={() => form.change({ text: `${form.values.text}{{${name}}}` })}
                  className="rounded-md border border-border-strong px-2 py-1 font-mono text-2xs text-text-muted hover:bg-hover hover:text-text"
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Preview text={form.values.text} />
      <SelectField
        {...form.field('teamId')}
        label="For"
        disabled={closed}
        choices={
          closed
            ? [{ value: before.teamId, label: teams.find(({ id }) => id === before.teamId)?.name ?? 'Every team' }]
            : owners
        }
      />
    </FormDialog>
  );
}

const ownerOf = (value: string) => (value === '' ? null : value);

import type { Team } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { changesOf } from '../../forms/changes.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';

const keyPattern = /^[a-z][a-z0-9_-]{0,31}$/;

/** A team's name and key. */
export function TeamForm({
  team,
  onDone,
  onClose,
}: {
  team: Team | undefined;
  onDone(team: Team): void;
  onClose(): void;
}) {
  const { tims } = useAppInbox();
  const before = { name: team?.name ?? '', key: team?.key ?? '' };
  const form = useForm({
    initial: before,
    check: ({ name, key }) => ({
      name: name.trim() === '' ? 'Give it a name.' : undefined,
      key: keyPattern.test(key) ? undefined : 'Small letters, digits, - and _, beginning with a letter; 32 at most.',
    }),
    places: { team_key_taken: 'key' },
    async send(values, options) {
      const wanted = { ...values, name: values.name.trim() };
      if (!team) return tims.teams.create(wanted, options);
      const changes = changesOf(before, wanted);
      return Object.keys(changes).length === 0 ? team : tims.teams.update({ id: team.id, ...changes }, options);
    },
    onDone,
  });
  return (
    <FormDialog
      form={form}
      title={team ? team.name : 'New team'}
      action={team ? 'Save' : 'Make the team'}
      onClose={onClose}
    >
      <TextField {...form.field('name')} label="Name" maxLength={200} />
      <TextField
        {...form.field('key')}
        label="Key"
        hint={
          team
            ? 'Links and commands that name it by this key follow no more when you change it.'
            : 'The short code: tx.'
        }
        maxLength={32}
        spellCheck={false}
        autoCapitalize="off"
        mono
      />
    </FormDialog>
  );
}

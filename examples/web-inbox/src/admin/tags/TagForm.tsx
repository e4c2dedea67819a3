import type { Tag, Team } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { changesOf } from '../../forms/changes.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { SelectField, TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';
import { ownerChoices, ownerName } from '../data/team-scope.js';
import { ColourField } from './ColourField.js';

export interface TagFormProps {
  /** Undefined for a new one. */
  tag: Tag | undefined;
  /** Why it cannot be changed. */
  readOnly: string | undefined;
  teams: readonly Team[];
  onDone(tag: Tag): void;
  onClose(): void;
}

/** A tag's name, colour and team. */
export function TagForm({ tag, readOnly, teams, onDone, onClose }: TagFormProps) {
  const { tims, me } = useAppInbox();
  const owners = ownerChoices(me, 'tags:write', teams);
  const before = {
    name: tag?.name ?? '',
    color: tag?.color ?? 'gray',
    teamId: tag?.teamId ?? owners[0]?.value ?? '',
  } as const;
  const form = useForm<{ name: string; color: Tag['color']; teamId: string }, Tag>({
    initial: before,
    check: ({ name }) => ({ name: name.trim() === '' ? 'Give it a name.' : undefined }),
    places: { tag_taken: 'name' },
    async send(values, options) {
      if (!tag) {
        const { name, color, teamId } = values;
        return tims.tags.create({ name: name.trim(), color, teamId: teamId === '' ? null : teamId }, options);
      }
      const { name, color } = changesOf(before, { ...values, name: values.name.trim() });
      if (name === undefined && color === undefined) return tag;
      return tims.tags.update({ id: tag.id, ...(name ? { name } : {}), ...(color ? { color } : {}) }, options);
    },
    onDone,
  });
  return (
    <FormDialog
      form={form}
      title={tag ? `Tag ${tag.name}` : 'New tag'}
      description={readOnly && `${readOnly}.`}
      action={tag ? 'Save' : 'Make the tag'}
      readOnly={readOnly !== undefined}
      onClose={onClose}
    >
      <TextField {...form.field('name')} label="Name" maxLength={50} readOnly={readOnly !== undefined} />
      <ColourField {...form.field('color')} disabled={readOnly !== undefined} />
      {tag ? (
        <p className="text-text-muted text-xs">
          For: {ownerName(teams, tag.teamId)}. {readOnly === undefined && 'Whose a tag is stays as it is.'}
        </p>
      ) : (
        <SelectField {...form.field('teamId')} label="For" choices={owners} />
      )}
    </FormDialog>
  );
}

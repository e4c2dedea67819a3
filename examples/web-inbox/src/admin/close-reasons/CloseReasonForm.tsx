import type { CloseReason } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';

export interface CloseReasonFormProps {
  reason: CloseReason | undefined;
  /** Whose a new one is; null for every team. */
  teamId: string | null;
  onDone(reason: CloseReason): void;
  onClose(): void;
}

/** A reason's name, and its key as long as it is new. */
export function CloseReasonForm({ reason, teamId, onDone, onClose }: CloseReasonFormProps) {
  const { tims } = useAppInbox();
  const form = useForm({
    initial: { name: reason?.name ?? '', key: reason?.key ?? '' },
    check: ({ name, key }) => ({
      name: name.trim() === '' ? 'Give it a name.' : undefined,
      key: /^[a-z][a-z0-9_]{0,31}$/.test(key)
        ? undefined
        : 'Small letters, digits and _, beginning with a letter; 32 at most.',
    }),
    places: { close_reason_taken: 'key' },
    send: ({ name, key }, options) =>
      reason
        ? tims.closeReasons.update({ id: reason.id, name: name.trim() }, options)
        : tims.closeReasons.create({ name: name.trim(), key, teamId }, options),
    onDone,
  });
  return (
    <FormDialog
      form={form}
      title={reason ? reason.name : 'New reason'}
      action={reason ? 'Save' : 'Add the reason'}
      onClose={onClose}
    >
      <TextField {...form.field('name')} label="Name" maxLength={100} />
      <TextField
        {...form.field('key')}
        label="Key"
        hint={
          reason
            ? 'It stays, as reports and closed conversations know it.'
            : 'For programs: resolved. It stays once it is made.'
        }
        maxLength={32}
        readOnly={reason !== undefined}
        spellCheck={false}
        autoCapitalize="off"
        mono
      />
    </FormDialog>
  );
}

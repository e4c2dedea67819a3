import type { Answer, Input } from '@tims/sdk';
import { useAppInbox } from '../../app/app-inbox.js';
import { Fault } from '../../forms/Field.js';
import { FormDialog } from '../../forms/FormDialog.js';
import { Check, SelectField, TextField } from '../../forms/inputs.js';
import { useForm } from '../../forms/use-form.js';
import { serverNow } from '../../inbox-kit/ui.js';
import { permissionGroups, permissionNames, permissionTexts, scopeNames } from '../data/permissions.js';

type KeyPermission = Input<'keys.create'>['permissions'][number];

interface Values {
  readonly name: string;
  readonly days: string;
  readonly permissions: readonly KeyPermission[];
}

const day = 24 * 3_600_000;
const lengths = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
];

/** A key of some of what the reader may do themselves. */
export function KeyForm({ onDone, onClose }: { onDone(key: Answer<'keys.create'>): void; onClose(): void }) {
  const { tims, me } = useAppInbox();
  const initial: Values = { name: '', days: '30', permissions: [] };
  const form = useForm<Values, Answer<'keys.create'>>({
    initial,
    check: ({ name, permissions }) => ({
      name: name.trim() === '' ? 'Say which program it is for.' : undefined,
      permissions: permissions.length === 0 ? 'Tick what it may do: one at least.' : undefined,
    }),
    places: { expiry_refused: 'days' },
    send: ({ name, days, permissions }) =>
      tims.keys.create({
        name: name.trim(),
        permissions: [...permissions],
        expiresAt: new Date(serverNow() + Number(days) * day).toISOString(),
      }),
    onDone,
  });
  const { value, onValue, fault } = form.field('permissions');

  return (
    <FormDialog
      form={form}
      title="New API key"
      description={`It acts as you, ${me.name}, and never does more than you may.`}
      action="Make the key"
      wide
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...form.field('name')} label="Name" hint="What it is for: Nightly export." maxLength={200} />
        <SelectField {...form.field('days')} label="Ends after" choices={lengths} />
      </div>
      <fieldset data-faulty={fault === undefined ? undefined : ''}>
        <legend className="font-medium text-xs">What it may do</legend>
        {fault !== undefined && <Fault text={fault} className="mt-1.5" />}
        {permissionGroups.map((group) => {
          const own = permissionNames
            .filter(isForKeys)
            .filter((one) => permissionTexts[one].group === group && me.permissions[one] !== undefined);
          if (own.length === 0) return null;
          return (
            <section key={group} aria-label={group} className="mt-3">
              <h3 className="text-2xs text-text-muted">{group}</h3>
              <div className="grid gap-x-6 sm:grid-cols-2">
                {own.map((permission) => {
                  const scope = me.permissions[permission];
                  return (
                    <Check
                      key={permission}
                      checked={value.includes(permission)}
                      onChecked={(on) =>
                        onValue(on ? [...value, permission] : value.filter((one) => one !== permission))
                      }
                      hint={`${permission}${scope && scope !== 'all' ? `, ${scopeNames[scope].toLowerCase()}` : ''}`}
                    >
                      {permissionTexts[permission].allows}
                    </Check>
                  );
                })}
              </div>
            </section>
          );
        })}
      </fieldset>
    </FormDialog>
  );
}

/** A key that leaked must not make itself a second one, or a user. */
function isForKeys(permission: string): permission is KeyPermission {
  return permission !== 'keys:write' && permission !== 'users:write';
}

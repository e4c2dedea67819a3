import type { Me } from '@tims/sdk';
import { useEffect, useRef } from 'react';
import { controlClass, Fault } from '../../forms/Field.js';
import { Choices } from '../../forms/inputs.js';
import type { FieldOf } from '../../forms/use-form.js';
import { cx } from '../../inbox-kit/class-names.js';
import { covers, type Scope } from '../data/granting.js';
import { permissionGroups, permissionNames, permissionTexts, scopeNames } from '../data/permissions.js';
import type { Permission } from '../pages.js';

export type Granted = Partial<Record<Permission, Scope>>;

export interface PermissionTableProps extends FieldOf<Granted> {
  /** What the reader holds: nobody gives more. */
  held: Me['permissions'];
  readOnly: boolean;
  /** Which one the server refused, and why. */
  wrong: { readonly permission: Permission; readonly why: string } | undefined;
}

/** What a role may do, and how far. */
export function PermissionTable({ value, onValue, held, readOnly, wrong }: PermissionTableProps) {
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wrong) table.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [wrong]);
  const set = (permission: Permission, scope: string) => {
    const { [permission]: _before, ...others } = value;
    const known = permissionTexts[permission].scopes.find((one) => one === scope);
    onValue(known ? { ...others, [permission]: known } : others);
  };
  return (
    <div ref={table}>
      {permissionGroups.map((group) => (
        <section key={group} aria-label={group} className="mb-4 last:mb-0">
          <h3 className="mb-1 font-medium text-text-muted text-xs">{group}</h3>
          <ul className="divide-y divide-border rounded-lg border border-border">
            {permissionNames
              .filter((permission) => permissionTexts[permission].group === group)
              .map((permission) => (
                <Line
                  key={permission}
                  permission={permission}
                  scope={value[permission]}
                  held={held[permission]}
                  readOnly={readOnly}
                  wrong={wrong?.permission === permission ? wrong.why : undefined}
                  onScope={(scope) => set(permission, scope)}
                />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface LineProps {
  permission: Permission;
  scope: Scope | undefined;
  held: Scope | undefined;
  readOnly: boolean;
  wrong: string | undefined;
  onScope(scope: string): void;
}

function Line({ permission, scope, held, readOnly, wrong, onScope }: LineProps) {
  const { allows, scopes } = permissionTexts[permission];
  const [says, why] = [`says-${permission}`, `why-${permission}`];
  const choices = [
    { value: '', label: 'No' },
    ...scopes.map((one) => ({
      value: one,
      label: scopeNames[one],
      refused: covers(held, one) || one === scope ? undefined : 'not yours to give',
    })),
  ];
  const lacks = held === undefined && !readOnly;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5">
      <span id={says} className={cx('min-w-48 grow', lacks && 'text-text-muted')}>
        {allows} <span className="ml-2 font-mono text-2xs text-text-muted">{permission}</span>
        {lacks && (
          <span id={why} className="block text-2xs">
            You lack it yourself, so you cannot give it.
          </span>
        )}
      </span>
      <select
        aria-labelledby={says}
        aria-describedby={lacks ? why : undefined}
        aria-invalid={wrong === undefined ? undefined : true}
        disabled={readOnly || (lacks && scope === undefined)}
        value={scope ?? ''}
        onChange={(event) => onScope(event.target.value)}
        className={cx(controlClass, 'h-8 max-w-44 pointer-coarse:h-11', scope === undefined && 'text-text-muted')}
      >
        <Choices choices={choices} />
      </select>
      {wrong !== undefined && <Fault text={`${wrong}.`} className="basis-full" />}
    </li>
  );
}

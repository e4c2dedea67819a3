import type { Team } from '@tims/sdk';
import { Fault } from '../../forms/Field.js';
import { Check } from '../../forms/inputs.js';
import type { FieldOf } from '../../forms/use-form.js';

export type Membership = { readonly id: string; readonly lead: boolean };

export interface TeamsFieldProps extends FieldOf<readonly Membership[]> {
  teams: readonly Team[];
  /** Which of them is the first one; left out where the order says it. */
  primary?: FieldOf<string | null> | undefined;
  disabled?: boolean | undefined;
}

/** The teams that somebody belongs to, those that they lead, and which is the primary one. */
export function TeamsField({ value, onValue, fault, teams, primary, disabled }: TeamsFieldProps) {
  const sorted = [...teams].sort((a, b) => a.name.localeCompare(b.name));
  const shownPrimary = primary && (value.some(({ id }) => id === primary.value) ? primary.value : value[0]?.id);

  function toggle(id: string, member: boolean): void {
    onValue(member ? [...value, { id, lead: false }] : value.filter((one) => one.id !== id));
  }

  return (
    <fieldset disabled={disabled} data-faulty={fault === undefined ? undefined : ''}>
      <legend className="mb-1.5 font-medium text-xs">Teams</legend>
      {sorted.length === 0 && <p className="text-text-muted text-xs">There are no teams yet.</p>}
      <ul className="divide-y divide-border rounded-lg border border-border">
        {sorted.map(({ id, name }) => {
          const own = value.find((one) => one.id === id);
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-5 px-3 py-1">
              <span className="min-w-40 grow">
                <Check checked={own !== undefined} onChecked={(member) => toggle(id, member)} disabled={disabled}>
                  {name}
                </Check>
              </span>
              {own && (
                <span className="flex items-center gap-5 text-xs">
                  <Check
                    compact
                    checked={own.lead}
                    disabled={disabled}
                    onChecked={(lead) => onValue(value.map((one) => (one.id === id ? { id, lead } : one)))}
                  >
                    Leads<span className="sr-only"> {name}</span>
                  </Check>
                  {primary && (
                    <label className="flex items-center gap-2">
                      <input
                        type="radio"
                        name={primary.name}
                        checked={shownPrimary === id}
                        onChange={() => primary.onValue(id)}
                        className="size-4 accent-(--accent)"
                      />
                      Primary<span className="sr-only"> team: {name}</span>
                    </label>
                  )}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {fault !== undefined && <Fault text={fault} className="mt-1.5" />}
    </fieldset>
  );
}

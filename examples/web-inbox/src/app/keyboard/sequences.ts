import type { Command } from '../../inbox-kit/commands.js';
import { keyTable } from '../../inbox-kit/keys.js';

/** Keys, and the command that they run. */
export interface Binding {
  readonly keys: string;
  readonly id: string;
}

/** What a press came to. */
export interface Outcome {
  /** The command to run. */
  readonly run?: string;
  /** Pressed so far of a sequence. */
  readonly pending?: string;
}

/** Everything that keys do now: the table, and what commands bring along that the table does not have. */
export function bindingsOf(commands: readonly Command[]): readonly Binding[] {
  const inTable = new Set(keyTable.map(({ id }) => id));
  return [
    ...keyTable.flatMap(({ id, keys }) => keys.map((one) => ({ keys: one, id }))),
    ...commands.flatMap(({ id, keys }) => (keys !== undefined && !inTable.has(id) ? [{ keys, id }] : [])),
  ];
}

/** Takes the next press. One that leads nowhere begins anew: `g` `j` is `j`. */
export function press(pending: string | undefined, name: string, bindings: readonly Binding[]): Outcome {
  const keys = pending === undefined ? name : `${pending} ${name}`;
  const found = bindings.find((binding) => binding.keys === keys);
  if (found) return { run: found.id };
  if (bindings.some((binding) => binding.keys.startsWith(`${keys} `))) return { pending: keys };
  return pending === undefined ? {} : press(undefined, name, bindings);
}

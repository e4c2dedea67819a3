/** Where a key is pressed: in the list, in the conversation, while writing, in a list to choose from, in the help. */
export type Place = 'list' | 'thread' | 'write' | 'pick' | 'help';

/** One thing that can be done with a key. The help, the palette and the hints are drawn from the table of these. */
export interface Binding {
  readonly act: string;
  /** The keys that do it unless the profile says otherwise. */
  readonly keys: readonly string[];
  readonly places: readonly Place[];
  /** For the help. */
  readonly does: string;
  /** One word for the line of hints; those without one are not shown there. */
  readonly hint?: string;
  readonly section: 'Move' | 'Answer' | 'Look' | 'Write' | 'Choose';
  /** What the palette takes behind its name. */
  readonly argument?: string;
  /** Makes no sense when named in the palette. */
  readonly keyOnly?: true;
}

/** What a binding may say beside its name, its keys and what it does. */
type More = Partial<Pick<Binding, 'hint' | 'argument' | 'keyOnly' | 'places'>>;

/** Makes the bindings of one section, which are for the same places unless they say otherwise. */
export function bindings(section: Binding['section'], usual: Pick<Binding, 'places' | 'keyOnly'>) {
  return <const A extends string>(act: A, keys: readonly string[], does: string, more: More = {}) =>
    ({ act, keys, does, section, ...usual, ...more }) satisfies Binding;
}

export const both = ['list', 'thread'] as const;

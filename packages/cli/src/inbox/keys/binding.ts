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

export const both = ['list', 'thread'] as const;

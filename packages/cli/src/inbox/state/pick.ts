import { emptyField, type Field } from '../text/field.js';

/** One of several things to choose from. */
export interface Option {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  /** A mark before it: who is online. */
  readonly mark?: string;
  /** The places in the detail that were looked for. */
  readonly ranges?: readonly { readonly start: number; readonly length: number }[];
}

/** What is chosen from; what choosing does stands beside the acts. */
export type PickKind =
  | 'assign'
  | 'canned'
  | 'close'
  | 'collision'
  | 'contact'
  | 'contact-block'
  | 'contact-note'
  | 'contact-notes'
  | 'contact-tags'
  | 'contact-value'
  | 'delete-view'
  | 'feedback'
  | 'follow-up'
  | 'follow-ups'
  | 'group'
  | 'message-tag'
  | 'messages'
  | 'note'
  | 'notes'
  | 'notifications'
  | 'palette'
  | 'pend'
  | 'remind'
  | 'search'
  | 'share-view'
  | 'tag'
  | 'transfer'
  | 'view-audience'
  | 'watchers';

/** A list to choose from, narrowed by what is typed. */
export interface Pick {
  readonly kind: PickKind;
  readonly title: string;
  readonly options: readonly Option[];
  readonly field: Field;
  readonly chosen: number;
  /** What it is about: conversations, and the one thing of them. */
  readonly ids?: readonly string[];
  readonly conversationId?: string | undefined;
  readonly subject?: string | undefined;
  /** How it is called. */
  readonly name?: string;
  /** The options are what the server found for what was typed: nothing narrows them here. */
  readonly found?: { readonly text: string; readonly pending: boolean };
  /** As high as there is room for. */
  readonly tall?: true;
  /** Options behind whose name more may be typed: `close resolved`. */
  readonly withArgument?: readonly string[];
}

export function newPick(pick: Omit<Pick, 'field' | 'chosen'>, field: Field = emptyField): Pick {
  return { ...pick, field, chosen: 0 };
}

/** What fits what was typed: each word stands in it; those that begin with it come first. */
export function matching(pick: Pick): readonly Option[] {
  const { options, field } = pick;
  if (pick.found) return options;
  const [name] = argumentOf(pick);
  if (name !== undefined) return options.filter(({ id }) => id === name);
  const words = field.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  const scored = options.flatMap((option) => {
    const label = option.label.toLowerCase();
    const text = `${label} ${option.detail?.toLowerCase() ?? ''}`;
    if (!words.every((word) => text.includes(word))) return [];
    const [first = ''] = words;
    return [
      {
        option,
        score: label.startsWith(first) ? 0 : label.split(/[\s-]+/).some((part) => part.startsWith(first)) ? 1 : 2,
      },
    ];
  });
  return scored.sort((a, b) => a.score - b.score).map(({ option }) => option);
}

/** `close resolved` as the name of an option and what stands behind it; nothing where it is not of that form. */
export function argumentOf({ field, withArgument = [] }: Pick): readonly [name?: string, argument?: string] {
  const [, name = '', argument = ''] = /^\s*(\S+)\s+(.*)$/.exec(field.text) ?? [];
  return withArgument.includes(name) ? [name, argument.trim()] : [];
}

export function typeInto(pick: Pick, field: Field): Pick {
  return { ...pick, field, chosen: field.text === pick.field.text ? pick.chosen : 0 };
}

export function movePick(pick: Pick, by: number): Pick {
  const count = matching(pick).length;
  return count === 0 ? pick : { ...pick, chosen: (pick.chosen + by + count) % count };
}

export function chosenOption(pick: Pick): Option | undefined {
  return matching(pick)[pick.chosen];
}

import type { CannedResponse } from '@tims/sdk';
import { cleanLine } from '../text/clean.js';
import type { People } from './people.js';
import { matching, newPick, type Option } from './pick.js';
import type { Mode } from './state.js';

/** What may stand where the cursor is: a colleague behind an @, or a canned response behind a slash. */
export interface Completion {
  readonly kind: 'mention' | 'canned';
  readonly title: string;
  readonly options: readonly Option[];
  readonly chosen: number;
  /** Where what it replaces begins; it ends at the cursor. */
  readonly from: number;
}

const mostShown = 6;

export function completionOf(mode: Mode, people: People, teamId: string | undefined): Completion | undefined {
  if (mode.name !== 'write') return undefined;
  const before = mode.field.text.slice(0, mode.field.cursor);
  const found = mode.as === 'note' ? mention(before, people) : canned(mode.field.text, before, people, teamId);
  if (!found || found.options.length === 0) return undefined;
  return { ...found, chosen: mode.completion % found.options.length };
}

function mention(before: string, { colleagues, me }: People): Omit<Completion, 'chosen'> | undefined {
  const [, typed] = /(?:^|\s)@([^\s@]*(?: [^\s@]+)?)$/.exec(before) ?? [];
  if (typed === undefined) return undefined;
  const words = typed.toLowerCase();
  const options = colleagues
    .filter(({ id, name }) => id !== me.id && hasBeginning(cleanLine(name).toLowerCase(), words))
    .slice(0, mostShown)
    .map(({ id, name, role, online }) => ({
      id,
      label: cleanLine(name),
      detail: role.replaceAll('_', ' '),
      mark: online ? '●' : '○',
    }));
  return { kind: 'mention', title: 'Tell a colleague', options, from: before.length - typed.length - 1 };
}

function hasBeginning(name: string, words: string): boolean {
  return name !== words && (name.startsWith(words) || name.split(/[\s-]+/).some((part) => part.startsWith(words)));
}

function canned(text: string, before: string, people: People, teamId: string | undefined) {
  if (!text.startsWith('/') || text.includes('\n')) return undefined;
  const options = matching({
    ...newPick({ kind: 'canned', title: '', options: cannedOptions(people, teamId) }),
    field: { text: before.slice(1), cursor: 0 },
  });
  return { kind: 'canned' as const, title: 'Canned response', options: options.slice(0, mostShown), from: 0 };
}

/** Those that go with the team: its own, and everybody's. */
export function cannedOptions({ canned }: People, teamId: string | undefined): Option[] {
  return canned.filter((one) => one.teamId === null || one.teamId === teamId).map(cannedOption);
}

function cannedOption({ id, shortcut, title, text }: CannedResponse): Option {
  return { id, label: `/${cleanLine(shortcut)}`, detail: `${cleanLine(title)} · ${cleanLine(text)}` };
}

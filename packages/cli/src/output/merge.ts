import type { Duplicate, DuplicatePair, Merge } from '@tims/sdk';
import { contactLine } from './contact.js';
import { dim } from './style.js';
import { table } from './table.js';
import { oneLine } from './text.js';
import { ago } from './time.js';

export function mergeTable(merges: readonly Merge[]): string {
  return table(merges, [
    { title: 'ID', value: ({ id }) => id },
    { title: 'FROM', value: ({ fromId }) => fromId, paint: dim },
    { title: 'INTO', value: ({ intoId }) => intoId, paint: dim },
    { title: 'AT', value: ({ at }) => ago(at) },
    { title: 'UNDONE', value: ({ undoneAt }) => ago(undoneAt) },
  ]);
}

const said = { address: 'reached at', attribute: 'noted down:', name: 'called' } as const;

/** Who may be the same person, and below it why. */
export function duplicateLines({ contact, certainty, evidence }: Duplicate): string {
  return [`${contactLine(contact)}  ${certainty}`, ...why(evidence)].join('\n');
}

/** The two, and below them why. */
export function pairLines({ contact, other, certainty, evidence }: DuplicatePair): string {
  return [`${contactLine(contact)}  ${certainty}`, contactLine(other), ...why(evidence)].join('\n');
}

function why(evidence: Duplicate['evidence']): string[] {
  return evidence.map(({ type, value }) => `  ${dim(said[type])} ${oneLine(value)}`);
}

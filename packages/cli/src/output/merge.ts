import type { Duplicate, Merge } from '@tims/sdk';
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
  const why = evidence.map(({ type, value }) => `  ${dim(said[type])} ${oneLine(value)}`);
  return [`${contactLine(contact)}  ${certainty}`, ...why].join('\n');
}

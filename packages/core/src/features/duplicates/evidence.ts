import { comparable } from '../../kernel/text.js';
import type { PersonKey } from '../../plugin/index.js';
import type { Contact } from '../contacts/index.js';
import type { Evidence } from './schema.js';

/** A name that is shorter says nothing: there are many of it. */
export const tellingName = 5;

/** What is written down of somebody and could be an address. */
export function noted({ attributes }: { attributes: Record<string, unknown> }): PersonKey[] {
  const texts = Object.values(attributes).filter((value): value is string => typeof value === 'string');
  return texts
    .filter((text) => text.length >= tellingName && text.length <= 191)
    .flatMap((text) => {
      const figures = text.replace(/[^\d]/g, '');
      return [
        ...(text.includes('@') ? [{ type: 'email', value: text.toLowerCase() }] : []),
        ...(figures.length >= 7
          ? [
              { type: 'phone', value: `+${figures}` },
              { type: 'phone', value: figures },
            ]
          : []),
      ];
    });
}

/** The name as it compares; empty where it says nothing. */
export function tellingNameOf({ name }: { name: string | null }): string {
  const key = name === null ? '' : comparable(name);
  return key.length < tellingName ? '' : key;
}

export const keysOfContact = ({ identities }: Contact): PersonKey[] => identities.flatMap(({ keys }) => keys);

/** Each once: somebody may be reached at one address on several channels. */
export function without<T extends Evidence>(twins: readonly T[]): T[] {
  return twins.filter(
    ({ type, value }, at) => twins.findIndex((one) => one.type === type && one.value === value) === at,
  );
}

/** An address says more than a name. */
export function certaintyOf(evidence: readonly Evidence[]): 'likely' | 'possible' {
  return evidence.some(({ type }) => type !== 'name') ? 'likely' : 'possible';
}

/** The likeliest first. */
export function byLikelihood(a: { evidence: readonly Evidence[] }, b: { evidence: readonly Evidence[] }): number {
  const likely = ({ evidence }: typeof a) => Number(certaintyOf(evidence) === 'likely');
  return likely(b) - likely(a) || b.evidence.length - a.evidence.length;
}

import type { ReadContext } from '../../database/context.js';
import { type Contact, contactsSeen, findContacts, showContacts } from '../contacts/index.js';
import { byLikelihood, certaintyOf, keysOfContact, noted, tellingNameOf, without } from './evidence.js';
import { distinctAmong, holdersOfKeys, nameOfKey, olderNamesakes } from './repository-pairs.js';
import type { DuplicatePair, Evidence } from './schema.js';

/** Of one contact at most so many pairs, the likeliest. */
const mostPairs = 20;

/** What one contact shares with another. */
interface Candidate {
  otherId: string;
  evidence: Evidence[];
}

/** For each of the contacts the pairs that stand at it, the likeliest first; a fixed number of lookups for all of them. */
export async function pairsOf(ctx: ReadContext, contacts: readonly Contact[]): Promise<Map<string, DuplicatePair[]>> {
  const found = await candidatesOf(ctx, contacts);
  const others = [...new Set([...found.values()].flatMap((some) => some.map(({ otherId }) => otherId)))];
  const seen = await contactsSeen(ctx, others);
  for (const [id, some] of found) {
    const visible = some.filter(({ otherId }) => seen.has(otherId)).sort(byLikelihood);
    found.set(id, visible.slice(0, 2 * mostPairs));
  }
  const pairs = [...found].flatMap(([id, some]) => some.map(({ otherId }) => [id, otherId] as const));
  const [distinct, byId] = await Promise.all([
    distinctAmong(ctx, pairs),
    readOthers(
      ctx,
      pairs.map(([, id]) => id),
    ),
  ]);
  const result = new Map<string, DuplicatePair[]>();
  for (const contact of contacts) {
    const own = (found.get(contact.id) ?? []).flatMap((one): DuplicatePair[] => {
      const other = byId.get(one.otherId);
      if (!other || distinct.has([contact.id, other.id].sort().join(' '))) return [];
      if (other.id > contact.id) return standsAtOther(contact, other) ? [] : [pairOf(contact, other, one.evidence)];
      return [pairOf(contact, other, [...one.evidence, ...notedOf(other, contact)])];
    });
    result.set(contact.id, own.sort(byLikelihood).slice(0, mostPairs));
  }
  return result;
}

function pairOf(contact: Contact, other: Contact, hints: readonly Evidence[]): DuplicatePair {
  const evidence = without(hints);
  return { contact, other, certainty: certaintyOf(evidence), evidence };
}

/** Who is older and shares an address or the name, and whoever is reached at what is noted of the contact. */
async function candidatesOf(ctx: ReadContext, contacts: readonly Contact[]): Promise<Map<string, Candidate[]>> {
  const named = contacts.flatMap((contact) => {
    const nameKey = tellingNameOf(contact);
    return nameKey === '' ? [] : [{ id: contact.id, nameKey }];
  });
  const keys = contacts.flatMap((contact) => [...keysOfContact(contact), ...noted(contact)]);
  const [holders, namesakes] = await Promise.all([
    holdersOfKeys(ctx, keys),
    // Some more than are shown: some may be linked to another, or out of sight.
    olderNamesakes(ctx, named, 2 * mostPairs),
  ]);
  return new Map(
    contacts.map((contact) => {
      const { id } = contact;
      const byOther = new Map<string, Evidence[]>();
      const hint = (otherId: string, evidence: Evidence) => {
        if (otherId !== id) byOther.set(otherId, [...(byOther.get(otherId) ?? []), evidence]);
      };
      for (const key of keysOfContact(contact)) {
        for (const holder of holders.get(nameOfKey(key)) ?? []) {
          if (holder < id) hint(holder, { type: 'address', value: key.value });
        }
      }
      for (const key of noted(contact)) {
        for (const holder of holders.get(nameOfKey(key)) ?? []) hint(holder, { type: 'attribute', value: key.value });
      }
      for (const { id: otherId, name } of namesakes.get(id) ?? []) hint(otherId, { type: 'name', value: name });
      return [id, [...byOther].map(([otherId, evidence]) => ({ otherId, evidence }))];
    }),
  );
}

/** Where the one has noted down how the other is reached. */
function notedOf(one: Contact, other: Contact): Evidence[] {
  const keys = new Set(keysOfContact(other).map(nameOfKey));
  return noted(one).flatMap((key) => (keys.has(nameOfKey(key)) ? [{ type: 'attribute', value: key.value }] : []));
}

/** Whether the pair was found at the other, who is newer: then only what is noted at the older one would say it again. */
function standsAtOther(contact: Contact, newer: Contact): boolean {
  const keys = new Set(keysOfContact(contact).map(nameOfKey));
  const shares = keysOfContact(newer).some((key) => keys.has(nameOfKey(key)));
  const name = tellingNameOf(contact);
  return shares || notedOf(newer, contact).length > 0 || (name !== '' && name === tellingNameOf(newer));
}

async function readOthers(ctx: ReadContext, ids: readonly string[]): Promise<Map<string, Contact>> {
  const records = (await findContacts(ctx, [...new Set(ids)])).filter(({ mergedInto }) => mergedInto === null);
  return new Map((await showContacts(ctx, records)).map((contact) => [contact.id, contact]));
}

import type { ReadContext } from '../../database/context.js';
import { contactInSight, contactsSeen, findContacts, showContacts } from '../contacts/index.js';
import { byLikelihood, certaintyOf, keysOfContact, noted, tellingNameOf } from './evidence.js';
import { type Hint, holdersOf, knownDistinct, namesakes } from './repository.js';
import type { Duplicate } from './schema.js';

const mostShown = 20;

/** Who may be the same person as this contact, the likeliest first, with what says so. */
export async function listDuplicates(ctx: ReadContext, { id }: { id: string }): Promise<{ data: Duplicate[] }> {
  const contact = await contactInSight(ctx, id);
  if (contact.mergedInto !== null) return { data: [] };
  const [shown] = await showContacts(ctx, [contact]);
  const keys = shown ? keysOfContact(shown) : [];
  const name = tellingNameOf(contact);
  const hints = await Promise.all([
    holdersOf(ctx, id, keys, 'address'),
    holdersOf(ctx, id, noted(contact), 'attribute'),
    name === '' ? [] : namesakes(ctx, id, name),
  ]);
  return { data: await present(ctx, await among(ctx, id, hints.flat())) };
}

/** The hints about those whom the actor sees and of whom nobody said that they are somebody else, by contact. */
async function among(ctx: ReadContext, id: string, hints: readonly Hint[]): Promise<Map<string, Hint[]>> {
  const others = [...new Set(hints.map(({ contactId }) => contactId))];
  const distinct = await knownDistinct(ctx, id, others);
  const byContact = new Map<string, Hint[]>();
  for (const hint of hints) {
    if (distinct.has(hint.contactId)) continue;
    const known = byContact.get(hint.contactId) ?? [];
    if (!known.some(({ type, value }) => type === hint.type && value === hint.value)) known.push(hint);
    byContact.set(hint.contactId, known);
  }
  const seen = await contactsSeen(ctx, [...byContact.keys()]);
  return new Map([...byContact].filter(([contactId]) => seen.has(contactId)));
}

async function present(ctx: ReadContext, hints: ReadonlyMap<string, Hint[]>): Promise<Duplicate[]> {
  const records = (await findContacts(ctx, [...hints.keys()])).filter(({ mergedInto }) => mergedInto === null);
  const contacts = await showContacts(ctx, records);
  return contacts
    .map((contact): Duplicate => {
      const evidence = (hints.get(contact.id) ?? []).map(({ type, value }) => ({ type, value }));
      return { contact, certainty: certaintyOf(evidence), evidence };
    })
    .sort(byLikelihood)
    .slice(0, mostShown);
}

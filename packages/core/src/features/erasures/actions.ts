import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { addJob } from '../jobs/index.js';
import { demand } from '../roles/index.js';
import { endConversations, forgetPerson } from './actions-end.js';
import { counting } from './counting.js';
import { type ErasureRecord, findErasureOf, insertErasure, lockErasure, newestBodies, present } from './repository.js';
import { addressesOf, lockPerson } from './repository-person.js';
import { type Erasure, emptyReport } from './schema.js';

/**
 * Begins to erase a person. This transaction takes away who they are: nobody finds them, sends to them, or recognises
 * them when they write. What they said goes in chunks after it. Asked again, it answers with the erasure that there is,
 * and sees to it that it goes on.
 */
export const eraseContact = action('contacts.erase', async (ctx, { id }: { id: string }): Promise<Erasure> => {
  demand(ctx.actor, 'contacts:erase');
  const person = (await lockPerson(ctx, id)) ?? fail('not_found', `There is no contact ${id}`);
  const contacts = person.map((contact) => contact.id);
  const [contact] = person;
  if (!contact) fail('internal_error');
  if (contact.erasedAt !== null) return present(await goOn(ctx, contacts));

  const now = ctx.installation.clock.now();
  const erasureId = newId('erasure', now);
  const addresses = await addressesOf(ctx, contacts);
  for (const one of person) {
    ctx.append({
      type: 'contact.erased',
      entityId: one.id,
      entityVersion: one.version + 1,
      changes: { erasureId, state: 'running' },
    });
  }
  const report = emptyReport();
  const { count } = counting(report);
  await forgetPerson(ctx, contacts, count);
  await endConversations(ctx, contacts, count);
  const erasure: ErasureRecord = {
    id: erasureId,
    contactId: contact.id,
    state: 'running',
    report,
    place: {
      pass: 1,
      notBefore: now,
      step: 'person',
      after: null,
      found: 0,
      contacts,
      sealed: ctx.installation.secrets.seal(JSON.stringify(addresses), erasureId),
      bodiesUntil: now,
      bodiesFrom: await newestBodies(ctx),
    },
    by: ctx.actor.id,
    at: now,
    endedAt: null,
  };
  await insertErasure(ctx, erasure);
  await addJob(ctx, 'contact.erase', { organization: ctx.organization, erasureId });
  return present(erasure);
});

async function goOn(ctx: Context, contacts: readonly string[]): Promise<ErasureRecord> {
  const found = (await findErasureOf(ctx, contacts)) ?? fail('internal_error');
  const erasure = (await lockErasure(ctx, found.id)) ?? found;
  if (erasure.state === 'running') {
    await addJob(ctx, 'contact.erase', { organization: ctx.organization, erasureId: erasure.id });
  }
  return erasure;
}

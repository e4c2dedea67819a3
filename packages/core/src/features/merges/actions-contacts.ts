import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import {
  type Contact,
  type ContactRecord,
  contactInSight,
  conversationsOf,
  lockContacts,
  saveContacts,
  showContact,
} from '../contacts/index.js';
import { lockConversationsOf } from '../conversations/index.js';
import { demand, may, scopeOf } from '../roles/index.js';
import { moveOn } from './actions-moving.js';
import { insertMerge, type MergeRecord } from './repository.js';
import { chunk, giveOver, shareTags, takeTags } from './repository-moving.js';
import type { ContactLink } from './schema.js';

type ContactMerge = Extract<MergeRecord, { kind: 'contact' }>;

/**
 * Says that another contact is the same person: its identities, conversations, notes and tags become this one's, which
 * keeps its own name and values where it has some. The other one stays, empty, so that it can be undone.
 */
export const linkContacts = action(
  'contacts.link',
  async (ctx, { id, contactId }: ContactLink & { id: string }): Promise<Contact> => {
    demand(ctx.actor, 'contacts:merge');
    if (id === contactId) fail('merge_refused', 'A contact cannot be linked to itself');
    for (const one of [id, contactId]) await contactInSight(ctx, one);
    // Conversations before contacts, as ingest locks them: in the other order two would wait for each other.
    await lockConversationsOf(ctx, contactId, chunk);
    const [into, from] = await bothLocked(ctx, id, contactId);
    for (const one of [into, from]) {
      if (one.mergedInto)
        fail('merge_refused', `${one.id} is linked to another contact`, { contactId: one.mergedInto });
      await demandMergeable(ctx, one.id);
    }
    const merge = await join(ctx, into, from);
    await moveOn(ctx, merge);
    const [after] = await lockContacts(ctx, [id]);
    return after ? showContact(ctx, after) : fail('internal_error');
  },
);

/** Throws unless the actor may merge all that is with the contact: it all moves. */
export async function demandMergeable(ctx: Context, contactId: string): Promise<void> {
  demand(ctx.actor, 'contacts:merge');
  if (scopeOf(ctx.actor, 'contacts:merge') === 'all') return;
  const conversations = await conversationsOf(ctx, contactId);
  if (conversations.every((one) => may(ctx.actor, 'contacts:merge', one))) return;
  fail('forbidden', 'It needs the permission contacts:merge on all conversations of both');
}

async function bothLocked(ctx: Context, ...ids: [string, string]): Promise<[ContactRecord, ContactRecord]> {
  const records = new Map((await lockContacts(ctx, ids)).map((record) => [record.id, record]));
  const [one, other] = ids.map((id) => records.get(id) ?? fail('not_found', `There is no contact ${id}`));
  return one && other ? [one, other] : fail('internal_error');
}

async function join(ctx: Context, into: ContactRecord, from: ContactRecord): Promise<ContactMerge> {
  const now = ctx.installation.clock.now();
  const merge: ContactMerge = {
    id: newId('merge', now),
    kind: 'contact',
    fromId: from.id,
    intoId: into.id,
    moved: {
      identities: await giveOver(ctx, { table: 'identities', owner: 'contact_id' }, from.id, into.id),
      notes: await giveOver(ctx, { table: 'notes', owner: 'contact_id' }, from.id, into.id),
      tags: await shareTags(ctx, from.id, into.id),
      attributes: Object.keys(from.attributes).filter((key) => !Object.hasOwn(into.attributes, key)),
      name: into.name === null && from.name !== null,
      // Who is blocked under one name is blocked under the other.
      blocked: into.blockedAt === null && from.blockedAt !== null,
    },
    by: ctx.actor.id,
    at: now,
    undoneAt: null,
  };
  await insertMerge(ctx, merge);
  await save(
    ctx,
    {
      ...into,
      name: into.name ?? from.name,
      attributes: { ...from.attributes, ...into.attributes },
      blockedAt: into.blockedAt ?? from.blockedAt,
    },
    { ...from, mergedInto: into.id },
  );
  return merge;
}

/** Takes a link back: whoever was two, is two again, each with what was theirs. */
export async function unlink(ctx: Context, { moved, intoId, fromId }: ContactMerge): Promise<void> {
  await lockConversationsOf(ctx, intoId, chunk);
  const [into, from] = await bothLocked(ctx, intoId, fromId);
  if (into.mergedInto) {
    fail('merge_refused', `${into.id} is linked to another contact itself: undo that first`, {
      contactId: into.mergedInto,
    });
  }
  await demandMergeable(ctx, intoId);
  await giveOver(ctx, { table: 'identities', owner: 'contact_id' }, intoId, fromId, moved.identities);
  await giveOver(ctx, { table: 'notes', owner: 'contact_id' }, intoId, fromId, moved.notes);
  await takeTags(ctx, intoId, moved.tags);
  const attributes = Object.entries(into.attributes).filter(
    // A value that was changed since is this contact's own by now.
    ([key, value]) => !moved.attributes.includes(key) || value !== from.attributes[key],
  );
  await save(
    ctx,
    {
      ...into,
      name: moved.name && into.name === from.name ? null : into.name,
      attributes: Object.fromEntries(attributes),
      blockedAt: moved.blocked ? null : into.blockedAt,
    },
    { ...from, mergedInto: null },
  );
}

async function save(ctx: Context, into: ContactRecord, from: ContactRecord): Promise<void> {
  const after = [into, from].map((record) => ({ ...record, version: record.version + 1 }));
  await saveContacts(ctx, after);
  for (const { id, version } of after) {
    const linked = { from: from.id, into: into.id, linked: from.mergedInto !== null };
    ctx.append({ type: 'contact.linked', entityId: id, entityVersion: version, changes: linked });
  }
}

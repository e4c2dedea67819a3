import type { Context } from '../../database/context.js';
import {
  findKeys,
  type IdentityRecord,
  insertKeys,
  keysOf,
  moveKeys,
  removeKeys,
  touchContact,
} from '../../features/contacts/index.js';
import { lockConversationsOfIdentity, scalarsOf, updateConversations } from '../../features/conversations/index.js';
import type { IdentityChange } from '../../plugin/index.js';
import type { Entry } from './piece.js';

/**
 * Gives identities their new keys: a changed number or user id is still the same person. The old ones go: a number is
 * given to somebody else one day, who must not be taken for its last owner. Opens and wakes nothing.
 */
export async function applyIdentityChanges(ctx: Context, entries: Entry<IdentityChange>[]): Promise<void> {
  // Rare and order matters (a number can change twice), so one after the other.
  for (const { channel, event } of entries) {
    const known = await findKeys(ctx, channel.id, [...event.before, ...event.after]);
    const holders = new Map(known.map((row) => [nameOf(row), row.identity_id]));
    const identityId = event.before.map((key) => holders.get(nameOf(key))).find((id) => id !== undefined);
    if (!identityId) continue;
    const from = new Set(event.before.map(nameOf));
    const to = new Set(event.after.map(nameOf));
    const missing = event.after.filter((key) => !holders.has(nameOf(key)));
    const foreign = event.after.filter((key) => (holders.get(nameOf(key)) ?? identityId) !== identityId);
    const gone = known.filter((row) => row.identity_id === identityId && from.has(nameOf(row)) && !to.has(nameOf(row)));
    // One that was known already, or came again, is no news.
    if (missing.length + foreign.length + gone.length === 0) continue;
    await removeKeys(ctx, channel.id, gone);
    await rememberKeys(ctx, identityId, gone);
    await insertKeys(
      ctx,
      missing.map((key) => ({ channelId: channel.id, key, identityId })),
    );
    await moveKeys(
      ctx,
      channel.id,
      foreign.map((key) => ({ key, identityId })),
    );
    await tellContact(ctx, identityId);
  }
}

/** What was kept under an old number is erased with the person. */
async function rememberKeys(ctx: Context, identityId: string, keys: readonly { value: string }[]): Promise<void> {
  const rows = keys.map(({ value }) => ({ organization_id: ctx.organization, identity_id: identityId, value }));
  await ctx.installation.storage.dialect.bulkInsertIgnore(ctx.trx, 'former_keys', rows);
}

const nameOf = (key: { type: string; value: string }) => `${key.type} ${key.value}`;

async function tellContact(ctx: Context, identityId: string): Promise<void> {
  const row = await ctx
    .trx('identities')
    .where({ organization_id: ctx.organization, id: identityId })
    .first('contact_id');
  const version = await touchContact(ctx, row.contact_id);
  ctx.append({ type: 'contact.updated', entityId: row.contact_id, entityVersion: version });
}

/**
 * An identity that lost its last key to another one was the same person all along: its conversations go to that contact,
 * and are answered over that identity, which has the keys.
 */
export async function joinConversations(
  ctx: Context,
  joined: ReadonlyMap<IdentityRecord, IdentityRecord>,
): Promise<void> {
  if (joined.size === 0) return;
  const left = await keysOf(
    ctx,
    [...joined.keys()].map((identity) => identity.id),
  );
  for (const [from, to] of joined) {
    if (left.has(from.id) || from.contactId === to.contactId) continue;
    const identity = ctx.trx('identities').where({ organization_id: ctx.organization, id: from.id });
    await identity.update({ contact_id: to.contactId });
    const moved = await lockConversationsOfIdentity(ctx, from.contactId, from.id);
    const after = moved.map((one) => ({
      ...one,
      contactId: to.contactId,
      identityId: to.id,
      version: one.version + 1,
    }));
    await updateConversations(
      ctx,
      moved.map((before, index) => ({ before, after: after[index] ?? before })),
    );
    for (const conversation of after) {
      ctx.append({
        type: 'conversation.updated',
        entityId: conversation.id,
        entityVersion: conversation.version,
        conversationId: conversation.id,
        conversationVersion: conversation.version,
        after: scalarsOf(conversation),
        changes: { contact: [from.contactId, to.contactId] },
      });
    }
  }
}

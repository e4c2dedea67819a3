import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { checkAttributes, listAttributeRows } from '../contact-attributes/index.js';
import { contactInSight, demandWritable } from './reads.js';
import { type ContactRecord, lockContacts } from './repository.js';
import type { ContactPatch } from './schema.js';

/** A contact before and after a change that the actor may make; the same record twice where nothing changes. */
export async function changedContact(
  ctx: Context,
  { id, version, ...patch }: ContactPatch & { id: string },
): Promise<{ before: ContactRecord; after: ContactRecord; fields: string[] }> {
  await contactInSight(ctx, id);
  await demandWritable(ctx, id);
  const [before] = await lockContacts(ctx, [id]);
  if (!before) fail('not_found', `There is no contact ${id}`);
  if (version !== undefined && version !== before.version) {
    fail('conflict', `It is version ${before.version} by now`, { version: before.version });
  }
  if (patch.kind !== undefined && patch.kind !== before.kind) await demandKind(ctx, patch.kind);
  const changed: ContactRecord = {
    ...before,
    name: patch.name === undefined ? before.name : (patch.name?.trim() ?? null),
    kind: patch.kind ?? before.kind,
    attributes: await changedAttributes(ctx, before.attributes, patch.attributes),
    blockedAt: blockedAt(ctx, before, patch.blocked),
  };
  const fields = (['name', 'kind', 'attributes', 'blockedAt'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(changed[field]),
  );
  return { before, after: fields.length > 0 ? { ...changed, version: before.version + 1 } : before, fields };
}

/** Throws `contact_kind_unknown` for a kind that the organization does not have. */
export async function demandKind(ctx: Context, kind: string): Promise<void> {
  const { contactKinds } = (await ctx.installation.rules.of(ctx.organization)).settings;
  if (!contactKinds.includes(kind)) fail('contact_kind_unknown', `There is: ${contactKinds.join(', ')}`);
}

/** The values with what is given of them changed, null taken away; throws `attributes_invalid`. */
export async function changedAttributes(
  ctx: Context,
  before: ContactRecord['attributes'],
  given: ContactPatch['attributes'],
): Promise<ContactRecord['attributes']> {
  if (given === undefined || Object.keys(given).length === 0) return before;
  const { values, faults } = checkAttributes(await listAttributeRows(ctx), given);
  if (faults.length > 0) {
    const errors = faults.map(({ key, message }) => ({ path: `/body/attributes/${key}`, message }));
    fail('attributes_invalid', faults.map(({ key, message }) => `${key} ${message}`).join('; '), { errors });
  }
  const after = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(values)) {
    if (value === null) after.delete(key);
    else after.set(key, value);
  }
  return Object.fromEntries(after);
}

function blockedAt(ctx: Context, { blockedAt }: ContactRecord, blocked: boolean | undefined): number | null {
  if (blocked === undefined || blocked === (blockedAt !== null)) return blockedAt;
  return blocked ? ctx.installation.clock.now() : null;
}

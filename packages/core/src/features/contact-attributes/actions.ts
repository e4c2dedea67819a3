import { action } from '../../database/action.js';
import type { Context } from '../../database/context.js';
import { fail } from '../../kernel/errors.js';
import { timestamp } from '../../kernel/schema.js';
import { addJob } from '../jobs/index.js';
import { demand } from '../roles/index.js';
import { insertAttribute, listAttributeRows, lockAttribute, markRemoved, updateAttribute } from './repository.js';
import type { ContactAttribute, ContactAttributePatch, NewContactAttribute } from './schema.js';

const mostAttributes = 100;

export const createContactAttribute = action('contactAttributes.create', async (ctx, input: NewContactAttribute) => {
  demand(ctx.actor, 'settings:write');
  const known = await lockAttribute(ctx, input.key);
  if (known?.removed)
    fail('attribute_taken', `The values of the ${input.key} that was removed are still being taken away`);
  if (known) fail('attribute_taken', `There is an attribute ${input.key}`);
  const all = await listAttributeRows(ctx);
  if (all.length >= mostAttributes) fail('limit_reached', `Contacts have at most ${mostAttributes} attributes`);
  const attribute: ContactAttribute = {
    key: input.key,
    name: input.name.trim(),
    type: input.type,
    options: optionsOf(input.type, input.options),
    position: input.position ?? Math.max(-1, ...all.map(({ position }) => position)) + 1,
    version: 1,
    createdAt: timestamp(ctx.installation.clock.now()),
  };
  await insertAttribute(ctx, attribute);
  tell(ctx, attribute, 'created');
  return attribute;
});

/** Whoever has an option that is no longer offered keeps it until it is changed. */
export const updateContactAttribute = action(
  'contactAttributes.update',
  async (ctx, { key, ...patch }: ContactAttributePatch & { key: string }) => {
    const before = await lockStanding(ctx, key);
    const after: ContactAttribute = {
      ...before,
      name: patch.name?.trim() ?? before.name,
      options: patch.options ? optionsOf(before.type, patch.options) : before.options,
      position: patch.position ?? before.position,
      version: before.version + 1,
    };
    await updateAttribute(ctx, after);
    tell(ctx, after, 'changed');
    return after;
  },
);

/** Nobody sees its values any more; a job takes them out of the contacts, and then the key is free. */
export const deleteContactAttribute = action('contactAttributes.delete', async (ctx, { key }: { key: string }) => {
  const attribute = await lockStanding(ctx, key);
  await markRemoved(ctx, key);
  await addJob(ctx, 'attribute.remove', { organization: ctx.organization, key });
  tell(ctx, { ...attribute, version: attribute.version + 1 }, 'removed');
});

async function lockStanding(ctx: Context, key: string): Promise<ContactAttribute> {
  demand(ctx.actor, 'settings:write');
  const found = await lockAttribute(ctx, key);
  if (!found || found.removed) fail('not_found', `There is no attribute ${key}`);
  const { removed: _removed, ...attribute } = found;
  return attribute;
}

function optionsOf(type: ContactAttribute['type'], given: readonly string[] = []): string[] {
  const options = [...new Set(given.map((option) => option.trim()))];
  if ((type === 'select') !== options.length > 0) {
    const message = type === 'select' ? 'is missing: what can be chosen' : 'is for the type select';
    fail('validation_failed', undefined, { errors: [{ path: '/body/options', message }] });
  }
  return options;
}

function tell(ctx: Context, { key, version }: ContactAttribute, what: 'created' | 'changed' | 'removed'): void {
  ctx.append({ type: 'attribute.updated', entityId: key, entityVersion: version, changes: { what } });
}

import { action } from '../../database/action.js';
import type { ReadContext } from '../../database/context.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { demand } from '../roles/index.js';
import { lockSettings, readSettings, saveSettings } from './repository.js';
import type { OrganizationSettings, OrganizationSettingsPatch } from './schema.js';

export async function getSettings({ trx, organization, actor }: ReadContext): Promise<OrganizationSettings> {
  demand(actor, 'settings:read');
  return (await readSettings(trx, organization)).values;
}

/** What contacts can be: everybody who may change one has to know, whoever may read the other settings. */
export async function listContactKinds({ trx, organization }: ReadContext): Promise<string[]> {
  return (await readSettings(trx, organization)).values.contactKinds;
}

/** Changes what is given; it holds for the next request, and for open sockets within seconds. */
export async function updateSettings(
  installation: Installation,
  actor: UserActor,
  input: OrganizationSettingsPatch,
  idempotencyKey?: string,
): Promise<OrganizationSettings> {
  const settings = await storeSettings(installation, actor, input, idempotencyKey);
  installation.rules.refresh();
  return settings;
}

const storeSettings = action('settings.update', async (ctx, input: OrganizationSettingsPatch) => {
  demand(ctx.actor, 'settings:write');
  const before = await lockSettings(ctx);
  const values = { ...before.values, ...input };
  const changed = Object.keys(values).filter(
    (name) =>
      JSON.stringify(values[name as keyof OrganizationSettings]) !==
      JSON.stringify(before.values[name as keyof OrganizationSettings]),
  );
  if (changed.length === 0) return values;
  await saveSettings(ctx, { version: before.version, values });
  ctx.append({
    type: 'settings.updated',
    entityId: ctx.organization,
    entityVersion: before.version + 1,
    changes: { settings: changed },
  });
  return values;
});

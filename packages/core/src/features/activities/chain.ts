import { createHmac } from 'node:crypto';
import type { Context } from '../../database/context.js';
import type { Installation } from '../../installation.js';
import { insertActivities, lockChain, saveEnd } from './repository.js';
import type { ActivityRow } from './rows.js';
import type { NewActivity } from './schema.js';

/** What the first row follows. */
export const chainStart = '0';

/**
 * Appends to the organization's chain. Each row's code covers the row and the code before it, under a key that is not in
 * the database: who changes, removes or adds a row cannot make the codes that follow. The head is signed as well, so that
 * rows cut off at the end are missed. It stays locked until the commit.
 *
 * What this cannot notice is a database that was put back as a whole to an earlier state: compare the head with one that
 * was kept elsewhere (`tims audit verify --expect`).
 */
export async function writeActivities(ctx: Context, activities: readonly NewActivity[]): Promise<void> {
  if (activities.length === 0) return;
  const { installation, organization } = ctx;
  const now = installation.clock.now();
  const head = await lockChain(ctx);
  let { sequence, mac } = head ?? { sequence: 0, mac: chainStart };
  const rows = activities.map(
    ({ action, entityId, conversationId, data, by: actor = ctx.actor, at = now }): ActivityRow => {
      sequence += 1;
      const row = {
        organization_id: organization,
        sequence,
        at,
        actor_type: actor.type,
        actor_id: actor.id,
        via: actor.type === 'user' ? actor.via : null,
        ip: actor.type === 'user' ? actor.ip : null,
        action,
        entity_id: entityId ?? null,
        conversation_id: conversationId ?? null,
        data: JSON.stringify(data ?? {}),
      };
      mac = macOf(installation, row, mac);
      return { ...row, mac };
    },
  );
  const end = { sequence, mac, signature: sign(installation, 'head', organization, sequence, mac) };
  const start = { sequence: 0, mac: chainStart };
  const signature = sign(installation, 'checkpoint', organization, start.sequence, start.mac);
  ctx.write(saveEnd(ctx, end, head ? undefined : { ...start, signature }), insertActivities(ctx, rows));
}

/** The code of a row that follows the one with the code `previous`. */
export function macOf(installation: Installation, row: Omit<ActivityRow, 'mac'>, previous: string): string {
  const { organization_id, sequence, at, actor_type, actor_id, via, ip, action, entity_id, conversation_id, data } =
    row;
  const said = [organization_id, sequence, at, actor_type, actor_id, via, ip, action, entity_id, conversation_id, data];
  return digest(installation, [previous, ...said]);
}

/** Vouches for where the chain ends (`head`), or up to where it was purged (`checkpoint`). */
export function sign(
  installation: Installation,
  what: 'head' | 'checkpoint',
  organization: string,
  sequence: number,
  mac: string,
): string {
  return digest(installation, [what, organization, sequence, mac]);
}

function digest(installation: Installation, parts: readonly unknown[]): string {
  return createHmac('sha256', installation.secrets.key('activity')).update(JSON.stringify(parts)).digest('hex');
}

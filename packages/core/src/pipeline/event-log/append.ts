import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';
import type { Row } from '../../plugin/index.js';
import type { NewEvent } from './event.js';

/**
 * Numbers the transaction's events and inserts them. The head row stays locked from here to the commit, so an
 * organization's events become visible in the order of their numbers, without a gap, on every database.
 */
export async function writeEvents(ctx: Context, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { trx, organization, installation } = ctx;
  const now = installation.clock.now();
  const ids = events.map(() => newId('event', now));
  const head = trx('organization_heads').where('organization_id', organization);
  const [, { sequence }] = await Promise.all([
    head.clone().update({ sequence: trx.raw('sequence + ?', [events.length]), event_id: ids.at(-1) }),
    head.clone().first('sequence'),
  ]);
  const first = Number(sequence) - events.length + 1;
  const rows = events.map((event, index) => toRow(ctx, event, first + index, ids[index] ?? '', now));
  await installation.storage.dialect.bulkInsert(trx, 'events', rows);
}

function toRow(ctx: Context, event: NewEvent, sequence: number, id: string, at: number): Row {
  const { type, entityId, entityVersion, ...data } = event;
  return {
    organization_id: ctx.organization,
    sequence,
    id,
    type,
    entity_id: entityId,
    entity_version: entityVersion,
    data: JSON.stringify(data),
    actor_type: ctx.actor.type,
    actor_id: ctx.actor.id,
    at,
  };
}

import type { Context } from '../../database/context.js';
import { newId } from '../../kernel/ids.js';
import type { Row } from '../../plugin/index.js';
import type { LoggedEvent, NewEvent } from './event.js';

/**
 * Numbers the transaction's events and inserts them. The head row stays locked from here to the commit, so an
 * organization's events become visible in the order of their numbers, without a gap, on every database.
 *
 * @returns the events as they stand in the log once the transaction has committed.
 * @param known the number of the last event, where the database has one writer and it could be read beforehand.
 */
export async function writeEvents(
  ctx: Context,
  events: readonly NewEvent[],
  known?: Promise<number>,
): Promise<LoggedEvent[]> {
  if (events.length === 0) return [];
  const { installation, trx } = ctx;
  const now = installation.clock.now();
  const ids = events.map(() => newId('event', now));
  const before = await known;
  const advanced = advanceHead(ctx, events.length, ids.at(-1) ?? '');
  const first = (before ?? (await advanced) - events.length) + 1;
  const logged = events.map((event, index) => toLogged(ctx, event, first + index, ids[index] ?? '', now));
  await Promise.all([advanced, installation.storage.dialect.bulkInsert(trx, 'events', logged.map(toRow))]);
  return logged;
}

/** The number of the organization's last event; 0 where it has none. */
export async function lastSequence({ trx, organization }: Pick<Context, 'trx' | 'organization'>): Promise<number> {
  const row = await trx('organization_heads').where('organization_id', organization).first('sequence');
  return Number(row?.sequence ?? 0);
}

async function advanceHead(ctx: Context, by: number, eventId: string): Promise<number> {
  const head = ctx.trx('organization_heads').where('organization_id', ctx.organization);
  // `then` sends it now: awaited alone, the read behind it would be sent first.
  const advanced = head
    .update({ sequence: ctx.trx.raw('sequence + ?', [by]), event_id: eventId })
    .then(() => undefined);
  const [sequence] = await Promise.all([lastSequence(ctx), advanced]);
  return sequence;
}

function toLogged(ctx: Context, event: NewEvent, sequence: number, id: string, at: number): LoggedEvent {
  const { organization, actor } = ctx;
  // Last: properties that are added after a spread cost ten times as much.
  return { organization, sequence, id, actor: { type: actor.type, id: actor.id }, at, ...event };
}

function toRow({ organization, sequence, id, type, entityId, entityVersion, actor, at, ...data }: LoggedEvent): Row {
  return {
    organization_id: organization,
    sequence,
    id,
    type,
    entity_id: entityId,
    entity_version: entityVersion,
    data: JSON.stringify(data),
    actor_type: actor.type,
    actor_id: actor.id,
    at,
  };
}

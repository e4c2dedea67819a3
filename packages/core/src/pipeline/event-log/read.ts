import type { Knex } from 'knex';
import type { Installation } from '../../installation.js';
import { fromJson } from '../../kernel/json.js';
import { type Cursor, logStart } from './cursor.js';
import type { EventType, LoggedEvent, NewEvent } from './event.js';

interface EventRow {
  organization_id: string;
  sequence: number;
  id: string;
  type: EventType;
  entity_id: string;
  entity_version: number;
  data: string;
  actor_type: string;
  actor_id: string;
  at: number;
}

/** The events after `sequence`, oldest first, at most `limit`. */
export async function readEvents(
  db: Knex,
  organization: string,
  sequence: number,
  limit: number,
): Promise<LoggedEvent[]> {
  const rows: EventRow[] = await db('events')
    .where('organization_id', organization)
    .andWhere('sequence', '>', sequence)
    .orderBy('sequence')
    .limit(limit);
  return rows.map(toEvent);
}

/** The same, of what this process appended last from its memory; there may then be more than it answers. */
export async function followEvents(
  { storage, recentEvents }: Pick<Installation, 'storage' | 'recentEvents'>,
  organization: string,
  sequence: number,
  limit: number,
): Promise<readonly LoggedEvent[]> {
  return recentEvents.after(organization, sequence, limit) ?? readEvents(storage.reader, organization, sequence, limit);
}

/** The newest place in the log; what a snapshot read after it answers as `asOf`. */
export async function readHead(db: Knex, organization: string): Promise<Cursor> {
  const row: { sequence: number; event_id: string } | undefined = await db('organization_heads')
    .where('organization_id', organization)
    .first('sequence', 'event_id');
  return row ? { sequence: Number(row.sequence), eventId: row.event_id } : logStart;
}

/** Whether the log still holds the place that `cursor` names: false after a restore, a fail-over or past retention. */
export async function cursorStands(db: Knex, organization: string, cursor: Cursor): Promise<boolean> {
  if (cursor.sequence === 0) {
    const first = await db('events').where('organization_id', organization).orderBy('sequence').first('sequence');
    return first === undefined || Number(first.sequence) === 1;
  }
  const row: { id: string } | undefined = await db('events')
    .where({ organization_id: organization, sequence: cursor.sequence })
    .first('id');
  return row?.id === cursor.eventId;
}

function toEvent(row: EventRow): LoggedEvent {
  return {
    organization: row.organization_id,
    sequence: Number(row.sequence),
    id: row.id,
    type: row.type,
    entityId: row.entity_id,
    entityVersion: row.entity_version,
    actor: { type: row.actor_type, id: row.actor_id },
    at: Number(row.at),
    // Last: properties that are added after a spread cost ten times as much, and whole logs are read here.
    ...fromJson<Omit<NewEvent, 'type' | 'entityId' | 'entityVersion'>>(row.data),
  };
}

import type { Context, ReadContext } from '../../database/context.js';
import { type PageCursor, seek } from '../../database/page.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import { type Erasure, type ErasureReport, emptyReport } from './schema.js';

/** How far an erasure is. Each chunk writes it in its own transaction, so that whoever goes on goes on from there. */
export interface ErasurePlace {
  /** Each pass walks everything; the one that finds nothing any more is the last. */
  pass: number;
  /** A pass begins some seconds after the one before; epoch milliseconds. */
  notBefore: number;
  step: string;
  /** Where in the step; null at its beginning. */
  after: string | null;
  /** What this pass has found so far. */
  found: number;
  /** The contact and whoever was linked to it. */
  contacts: string[];
  /** The addresses that they had, sealed: they are looked for in what was kept as it came. */
  sealed: string;
  /** Raw bodies that came before this are looked through; epoch milliseconds. */
  bodiesUntil: number;
  /** The key behind which a further pass looks at them again. */
  bodiesFrom: number;
}

/** An erasure as it is stored. Times are epoch milliseconds. */
export interface ErasureRecord {
  id: string;
  contactId: string;
  state: Erasure['state'];
  report: ErasureReport;
  /** Null when it is over. */
  place: ErasurePlace | null;
  by: string;
  at: number;
  endedAt: number | null;
}

interface ErasureRow {
  id: string;
  contact_id: string;
  state: Erasure['state'];
  report: string;
  place: string | null;
  by: string;
  at: number;
  ended_at: number | null;
}

export async function insertErasure(ctx: Context, record: ErasureRecord): Promise<void> {
  await ctx.trx('erasures').insert({
    organization_id: ctx.organization,
    id: record.id,
    contact_id: record.contactId,
    by: record.by,
    at: record.at,
    ...changeable(record),
  });
}

export async function saveErasure(ctx: Context, record: ErasureRecord): Promise<void> {
  await erasures(ctx).where('id', record.id).update(changeable(record));
}

/** The erasure, locked until the transaction ends. */
export async function lockErasure(ctx: Context, id: string): Promise<ErasureRecord | undefined> {
  const [row]: ErasureRow[] = await ctx.installation.storage.dialect.forUpdate(erasures(ctx).where('id', id));
  return row && toRecord(row);
}

export async function findErasure(ctx: ReadContext, id: string): Promise<ErasureRecord | undefined> {
  const row: ErasureRow | undefined = await erasures(ctx).where('id', id).first();
  return row && toRecord(row);
}

/** The erasure of any of these contacts. */
export async function findErasureOf(
  ctx: ReadContext,
  contactIds: readonly string[],
): Promise<ErasureRecord | undefined> {
  const row: ErasureRow | undefined = await erasures(ctx)
    .whereIn('contact_id', [...contactIds])
    .first();
  return row && toRecord(row);
}

/** The newest first. */
export async function pageErasures(
  ctx: ReadContext,
  cursor: PageCursor | undefined,
  limit: number,
): Promise<ErasureRecord[]> {
  const rows: ErasureRow[] = await seek(erasures(ctx).limit(limit), 'at', 'id', 'desc', cursor);
  return rows.map(toRecord);
}

/** Rows whose number was given out before, and that were committed after. */
const behind = 5_000;

/** The key of a raw body behind which those are that are only now being stored. */
export async function newestBodies({ trx }: ReadContext): Promise<number> {
  const [{ last } = { last: null }]: { last: number | null }[] = await trx('inbound_requests').max({ last: 'key' });
  return Math.max(0, Number(last ?? 0) - behind);
}

export function present({ id, contactId, state, report, by, at, endedAt }: ErasureRecord): Erasure {
  return { id, contactId, state, report, by, at: timestamp(at), endedAt: timestamp(endedAt) };
}

function erasures({ trx, organization }: ReadContext) {
  return trx('erasures').where('organization_id', organization);
}

function changeable({ state, report, place, endedAt }: ErasureRecord) {
  return {
    state,
    report: JSON.stringify(report),
    place: place && JSON.stringify(place),
    ended_at: endedAt,
  };
}

function toRecord(row: ErasureRow): ErasureRecord {
  return {
    id: row.id,
    contactId: row.contact_id,
    state: row.state,
    // What is counted since then began at nothing.
    report: { ...emptyReport(), ...fromJson<Partial<ErasureReport>>(row.report) },
    place: fromJson<ErasurePlace>(row.place),
    by: row.by,
    at: Number(row.at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
  };
}

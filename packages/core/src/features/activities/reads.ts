import type { ReadContext } from '../../database/context.js';
import { defaultLimit, type Page, type PageRequest } from '../../database/page.js';
import { transaction } from '../../database/transaction.js';
import type { Installation } from '../../installation.js';
import type { UserActor } from '../../kernel/actor.js';
import { csvLine } from '../../kernel/csv.js';
import { fail } from '../../kernel/errors.js';
import { fromJson } from '../../kernel/json.js';
import { timestamp } from '../../kernel/schema.js';
import { demand } from '../roles/index.js';
import { findUser } from '../users/index.js';
import { type ActivityChoice, newestActivities } from './repository.js';
import type { ActivityRow } from './rows.js';
import type { Activity, ActivityData, ActivityFilter } from './schema.js';

/** Who did what, newest first. */
export async function listActivities(ctx: ReadContext, request: ActivityFilter & PageRequest): Promise<Page<Activity>> {
  demand(ctx.actor, 'activities:read');
  return page(ctx, request);
}

/** What one user did: for themselves, and for those who read the log. */
export async function listActivitiesOfUser(
  ctx: ReadContext,
  { id, ...request }: { id: string } & PageRequest,
): Promise<Page<Activity>> {
  if (id !== ctx.actor.id) {
    demand(ctx.actor, 'activities:read');
    if (!(await findUser(ctx, id))) fail('not_found', `There is no user ${id}`);
  }
  return page(ctx, { ...request, userId: id });
}

/** The rows of a filter as CSV, newest first, read page by page as they are asked for. That it was exported is recorded. */
export async function exportActivities(
  installation: Installation,
  actor: UserActor,
  filter: ActivityFilter,
): Promise<AsyncIterable<string>> {
  demand(actor, 'activities:read');
  const chosen = choiceOf(filter);
  // Not the ids that were asked for: nobody has looked whether they are the organization's.
  const { action, from, to } = filter;
  const said = Object.fromEntries(Object.entries({ action, from, to }).filter(([, value]) => value !== undefined));
  await transaction(installation, actor.organization, actor, async (ctx) =>
    ctx.record({ action: 'activities.export', data: { filteredBy: Object.keys(filter), ...said } }),
  );
  const { reader: trx } = installation.storage;
  return csv({ installation, organization: actor.organization, actor, trx }, chosen);
}

async function page(ctx: ReadContext, { cursor, limit = defaultLimit, ...filter }: ActivityFilter & PageRequest) {
  const below = cursor === undefined ? undefined : decodeSequence(cursor);
  const rows = await newestActivities(ctx, { ...choiceOf(filter), below }, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(present),
    nextCursor: rows.length > limit && last ? encodeSequence(last.sequence) : null,
  };
}

const exportPage = 500;
const columns = [
  'sequence',
  'at',
  'actor_type',
  'actor_id',
  'via',
  'ip',
  'action',
  'entity_id',
  'conversation_id',
  'data',
];

async function* csv(ctx: ReadContext, chosen: ActivityChoice): AsyncIterable<string> {
  yield csvLine(columns);
  for (let below: number | undefined; ; ) {
    const rows: ActivityRow[] = await newestActivities(ctx, { ...chosen, below }, exportPage);
    if (rows.length > 0) yield rows.map(lineOf).join('');
    below = rows.at(-1)?.sequence;
    if (rows.length < exportPage) return;
  }
}

function lineOf(row: ActivityRow): string {
  const { sequence, at, actor_type, actor_id, via, ip, action, entity_id, conversation_id, data } = row;
  return csvLine([sequence, timestamp(at), actor_type, actor_id, via, ip, action, entity_id, conversation_id, data]);
}

function choiceOf({ userId, action, entityId, conversationId, via, from, to }: ActivityFilter): ActivityChoice {
  return {
    actor: userId,
    action,
    entity: entityId,
    conversation: conversationId,
    via,
    from: timeOf('from', from),
    to: timeOf('to', to),
  };
}

function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    fail('validation_failed', undefined, { errors: [{ path: `/query/${name}`, message: 'is no time' }] });
  }
  return at;
}

function present(row: ActivityRow): Activity {
  return {
    sequence: row.sequence,
    at: timestamp(row.at),
    actor: { type: row.actor_type, id: row.actor_id },
    via: row.via,
    ip: row.ip,
    action: row.action,
    entityId: row.entity_id,
    conversationId: row.conversation_id,
    data: fromJson<ActivityData>(row.data),
  };
}

function encodeSequence(sequence: number): string {
  return Buffer.from(String(sequence)).toString('base64url');
}

function decodeSequence(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  return /^\d{1,15}$/.test(text) ? Number(text) : fail('cursor_invalid');
}

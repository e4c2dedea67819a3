import type { Row } from '../../plugin/index.js';
import { type ConversationRecord, statusOf } from './state.js';

/** A conversation as the database keeps it. */
export interface ConversationRow {
  id: string;
  channel_id: string;
  thread_key: string;
  active_key: string | null;
  contact_id: string;
  identity_id: string;
  team_id: string;
  assignee_id: string | null;
  lifecycle: ConversationRecord['lifecycle'];
  handler: ConversationRecord['handler'];
  handler_version: number;
  version: number;
  unread_count: number;
  inbound_count: number;
  tag_count: number;
  initiated_by: ConversationRecord['initiatedBy'];
  last_message_id: string | null;
  last_message_at: number | null;
  last_activity_at: number;
  waiting_since: number | null;
  close_reason: string | null;
  closed_at: number | null;
  follow_up_at: number | null;
  flooded_at: number | null;
  merged_into: string | null;
  created_at: number;
}

export function toRecord(row: ConversationRow): ConversationRecord {
  return {
    id: row.id,
    channelId: row.channel_id,
    threadKey: row.thread_key,
    activeKey: row.active_key,
    contactId: row.contact_id,
    identityId: row.identity_id,
    teamId: row.team_id,
    assigneeId: row.assignee_id,
    lifecycle: row.lifecycle,
    handler: row.handler,
    handlerVersion: row.handler_version,
    version: row.version,
    unreadCount: row.unread_count,
    inboundCount: row.inbound_count,
    tagCount: row.tag_count,
    initiatedBy: row.initiated_by,
    lastMessageId: row.last_message_id,
    lastMessageAt: row.last_message_at,
    lastActivityAt: row.last_activity_at,
    waitingSince: row.waiting_since,
    closeReason: row.close_reason,
    closedAt: row.closed_at,
    followUpAt: row.follow_up_at,
    floodedAt: row.flooded_at,
    mergedInto: row.merged_into,
    createdAt: row.created_at,
  };
}

/** All columns, for an insert. */
export function toRow(organization: string, record: ConversationRecord): Row {
  return {
    channel_id: record.channelId,
    thread_key: record.threadKey,
    initiated_by: record.initiatedBy,
    created_at: record.createdAt,
    ...toChange(organization, record),
  };
}

/** The key and the columns that can change, for an update. */
export function toChange(organization: string, record: ConversationRecord): Row {
  const row: Row = { organization_id: organization, id: record.id };
  for (const [column, value] of changeable) row[column] = value(record);
  return row;
}

/** Rows with the key and only those columns that any of the conversations changed: each column has its indexes. */
export function toChanges(
  organization: string,
  changes: readonly { before: ConversationRecord; after: ConversationRecord }[],
): Row[] {
  const changed = changeable.filter(([, value]) => changes.some(({ before, after }) => value(before) !== value(after)));
  return changes.map(({ after }) => {
    const row: Row = { organization_id: organization, id: after.id };
    for (const [column, value] of changed) row[column] = value(after);
    return row;
  });
}

type Column = readonly [name: string, value: (record: ConversationRecord) => string | number | null];

const changeable: readonly Column[] = [
  ['active_key', (record) => record.activeKey],
  ['contact_id', (record) => record.contactId],
  ['identity_id', (record) => record.identityId],
  ['team_id', (record) => record.teamId],
  ['assignee_id', (record) => record.assigneeId],
  ['lifecycle', (record) => record.lifecycle],
  ['handler', (record) => record.handler],
  ['status', statusOf],
  ['handler_version', (record) => record.handlerVersion],
  ['version', (record) => record.version],
  ['unread_count', (record) => record.unreadCount],
  ['inbound_count', (record) => record.inboundCount],
  ['tag_count', (record) => record.tagCount],
  ['last_message_id', (record) => record.lastMessageId],
  ['last_message_at', (record) => record.lastMessageAt],
  ['last_activity_at', (record) => record.lastActivityAt],
  ['waiting_since', (record) => record.waitingSince],
  ['close_reason', (record) => record.closeReason],
  ['closed_at', (record) => record.closedAt],
  ['follow_up_at', (record) => record.followUpAt],
  ['flooded_at', (record) => record.floodedAt],
  ['merged_into', (record) => record.mergedInto],
];

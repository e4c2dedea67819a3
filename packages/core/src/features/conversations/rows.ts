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
  initiated_by: ConversationRecord['initiatedBy'];
  last_message_id: string | null;
  last_message_at: number | null;
  last_activity_at: number;
  waiting_since: number | null;
  close_reason: string | null;
  closed_at: number | null;
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
    initiatedBy: row.initiated_by,
    lastMessageId: row.last_message_id,
    lastMessageAt: row.last_message_at,
    lastActivityAt: row.last_activity_at,
    waitingSince: row.waiting_since,
    closeReason: row.close_reason,
    closedAt: row.closed_at,
    createdAt: row.created_at,
  };
}

/** All columns, for an insert. */
export function toRow(organization: string, record: ConversationRecord): Row {
  return {
    ...toChange(organization, record),
    channel_id: record.channelId,
    thread_key: record.threadKey,
    initiated_by: record.initiatedBy,
    created_at: record.createdAt,
  };
}

/** The key and the columns that can change, for an update. */
export function toChange(organization: string, record: ConversationRecord): Row {
  return {
    organization_id: organization,
    id: record.id,
    active_key: record.activeKey,
    contact_id: record.contactId,
    identity_id: record.identityId,
    team_id: record.teamId,
    assignee_id: record.assigneeId,
    lifecycle: record.lifecycle,
    handler: record.handler,
    status: statusOf(record),
    handler_version: record.handlerVersion,
    version: record.version,
    unread_count: record.unreadCount,
    last_message_id: record.lastMessageId,
    last_message_at: record.lastMessageAt,
    last_activity_at: record.lastActivityAt,
    waiting_since: record.waitingSince,
    close_reason: record.closeReason,
    closed_at: record.closedAt,
  };
}

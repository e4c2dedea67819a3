import { newId } from '@tims/core';
import Database from 'better-sqlite3';

export interface FloorMessage {
  requestId: string;
  body: Buffer;
  externalId: string;
  phone: string;
  name: string;
  text: string;
  sentAt: number;
}

export interface Floor {
  /** One transaction for all of them. */
  write(messages: readonly FloorMessage[]): void;
  count(): Record<string, number>;
}

interface Known {
  identity: string;
  conversation: string;
}

/** The rows that TIMS writes for one text message, with nothing between them and the database. */
export function openFloor(file: string, commitDelayMs: number): Floor {
  const db = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'cache_size = -32000']) {
    db.pragma(pragma);
  }
  const organization = newId('organization');
  const [team, channel] = [newId('team'), newId('channel')];
  const now = Date.now();
  db.prepare('insert into organizations values (?, ?, ?)').run(organization, 'Floor', now);
  db.prepare('insert into organization_heads values (?, 0, ?)').run(organization, '0');
  db.prepare('insert into teams values (?, ?, ?, ?, 1, ?)').run(organization, team, 'cx', 'CX', now);
  db.prepare(
    `insert into channels (organization_id, id, kind, name, address, default_team_id, active, config, secrets, version, created_at)
     values (?, ?, 'whatsapp', 'Floor', '1', ?, 1, '{}', '', 1, ?)`,
  ).run(organization, channel, team, now);

  const known = db.prepare<unknown[], Known>(
    `select k.identity_id as identity, c.id as conversation from identity_keys k
     join conversations c on c.organization_id = k.organization_id and c.channel_id = k.channel_id and c.active_key = k.identity_id
     where k.organization_id = ? and k.channel_id = ? and k.type = 'phone' and k.value = ?`,
  );
  const duplicate = db.prepare(
    'select 1 from messages where organization_id = ? and channel_id = ? and external_id = ?',
  );
  const request = db.prepare(
    'insert into inbound_requests (organization_id, id, kind, body, received_at) values (?, ?, ?, ?, ?)',
  );
  const contact = db.prepare(
    `insert into contacts (organization_id, id, name, kind, version, created_at) values (?, ?, ?, 'customer', 1, ?)`,
  );
  const identity = db.prepare(
    `insert into identities (organization_id, id, channel_id, contact_id, name, last_inbound_at, created_at) values (?, ?, ?, ?, ?, ?, ?)`,
  );
  const key = db.prepare(`insert into identity_keys values (?, ?, 'phone', ?, ?, ?)`);
  const conversation = db.prepare(
    `insert into conversations (organization_id, id, channel_id, thread_key, active_key, contact_id, identity_id, team_id, lifecycle,
       handler, status, handler_version, version, unread_count, initiated_by, last_message_id, last_message_at, last_activity_at,
       waiting_since, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, 'open', 'team', 'queued', 1, 2, 1, 'contact', ?, ?, ?, ?, ?)`,
  );
  const touch = db.prepare(
    `update conversations set version = version + 1, unread_count = unread_count + 1, inbound_count = inbound_count + 1, last_message_id = ?, last_message_at = ?,
       last_activity_at = ? where organization_id = ? and id = ?`,
  );
  const wrote = db.prepare('update identities set last_inbound_at = ? where organization_id = ? and id = ?');
  const message = db.prepare(
    `insert into messages (organization_id, id, conversation_id, channel_id, direction, origin, identity_id, type, content, external_id,
       sent_at, received_at, display_at, version) values (?, ?, ?, ?, 'inbound', 'live', ?, 'text', ?, ?, ?, ?, ?, 1)`,
  );
  const event = db.prepare(
    `insert into events (organization_id, sequence, id, type, entity_id, entity_version, data, actor_type, actor_id, at)
     values (?, ?, ?, ?, ?, 1, ?, 'system', 'ingest', ?)`,
  );
  const head = db.prepare('update organization_heads set sequence = ?, event_id = ? where organization_id = ?');
  const read = db.prepare<unknown[], { sequence: number }>(
    'select sequence from organization_heads where organization_id = ?',
  );

  return {
    write(messages) {
      db.exec('BEGIN IMMEDIATE');
      const at = Date.now();
      let sequence = read.get(organization)?.sequence ?? 0;
      let lastEvent = '0';
      const tell = (type: string, entityId: string, data: object) => {
        lastEvent = newId('event', at);
        event.run(organization, ++sequence, lastEvent, type, entityId, JSON.stringify(data), at);
      };
      for (const one of messages) {
        request.run(organization, one.requestId, 'whatsapp', one.body, at);
        if (duplicate.get(organization, channel, one.externalId)) continue;
        const id = newId('message', at);
        const displayAt = Math.min(one.sentAt, at);
        let place = known.get(organization, channel, one.phone);
        const state = {
          channelId: channel,
          teamId: team,
          assigneeId: null,
          lifecycle: 'open',
          handler: 'team',
          unread: 1,
        };
        if (place) {
          touch.run(id, displayAt, at, organization, place.conversation);
          wrote.run(displayAt, organization, place.identity);
        } else {
          place = { identity: newId('identity', at), conversation: newId('conversation', at) };
          const person = newId('contact', at);
          contact.run(organization, person, one.name, at);
          identity.run(organization, place.identity, channel, person, one.name, displayAt, at);
          key.run(organization, channel, one.phone, place.identity, at);
          conversation.run(
            organization,
            place.conversation,
            channel,
            place.identity,
            place.identity,
            person,
            place.identity,
            team,
            id,
            displayAt,
            at,
            displayAt,
            at,
          );
          tell('contact.created', person, {});
          tell('conversation.created', place.conversation, {
            conversationId: place.conversation,
            conversationVersion: 1,
            before: null,
            after: state,
          });
        }
        const content = JSON.stringify({ type: 'text', v: 1, text: one.text });
        message.run(
          organization,
          id,
          place.conversation,
          channel,
          place.identity,
          content,
          one.externalId,
          one.sentAt,
          at,
          displayAt,
        );
        tell('message.created', id, {
          conversationId: place.conversation,
          conversationVersion: 2,
          before: state,
          after: state,
        });
      }
      head.run(sequence, lastEvent, organization);
      if (commitDelayMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, commitDelayMs);
      db.exec('COMMIT');
    },
    count() {
      const rows: Record<string, number> = {};
      for (const table of ['messages', 'conversations', 'contacts', 'events', 'inbound_requests']) {
        rows[table] = db.prepare<unknown[], { n: number }>(`select count(*) as n from ${table}`).get()?.n ?? 0;
      }
      return rows;
    },
  };
}

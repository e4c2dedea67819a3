import { checkCounts, type Installation } from '@tims/core';
import { hold } from './drill.js';
import type { Load } from './load.js';

/** Compares what stands in the database with what was acknowledged: everything once, counters, numbers and states right. */
export async function audit(
  installation: Installation,
  organization: string,
  load: Load,
): Promise<{ messages: number; events: number }> {
  const db = installation.storage.reader;
  const messages: { id: string; external_id: string; state: string | null; conversation_id: string }[] = await db(
    'messages',
  ).where('organization_id', organization);
  const stored = new Set(messages.map((message) => message.external_id));
  const lost = [...load.messages.keys()].filter((id) => !stored.has(id));
  hold(lost.length === 0, `${lost.length} acknowledged messages are not stored, e.g. ${lost[0]}`);
  hold(
    messages.length === load.messages.size,
    `${messages.length} messages are stored, ${load.messages.size} were sent`,
  );

  const unread = messages.filter((message) => load.read.has(message.external_id) && message.state !== 'read');
  hold(unread.length === 0, `${unread.length} statuses were acknowledged and are not applied`);

  const conversations: { id: string; unread_count: number }[] = await db('conversations').where(
    'organization_id',
    organization,
  );
  const customers = new Set(load.messages.values()).size;
  hold(conversations.length === customers, `${customers} customers have ${conversations.length} conversations`);
  const contacts = await db('contacts').where('organization_id', organization);
  hold(contacts.length === customers, `${customers} customers are ${contacts.length} contacts`);
  for (const { id, unread_count } of conversations) {
    const count = messages.filter((message) => message.conversation_id === id).length;
    hold(count === unread_count, `A conversation has ${count} messages and counts ${unread_count} unread`);
  }

  const events: { sequence: number; type: string; entity_id: string }[] = await db('events')
    .where('organization_id', organization)
    .orderBy('sequence');
  events.forEach((event, index) => {
    hold(Number(event.sequence) === index + 1, `The log jumps from ${index} to ${event.sequence}`);
  });
  const created = events.filter((event) => event.type === 'message.created').map((event) => event.entity_id);
  hold(
    created.length === messages.length && new Set(created).size === messages.length,
    `${messages.length} messages have ${created.length} events`,
  );

  const counts = await checkCounts(installation, organization);
  hold(counts.drift === 0 || counts.behind > 0, `The counts differ from the conversations in ${counts.drift} places`);
  return { messages: messages.length, events: events.length };
}

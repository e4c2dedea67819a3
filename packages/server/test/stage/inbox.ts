import {
  assignConversation,
  closeConversation,
  getConversationsById,
  readEvents,
  readHead,
  reading,
  type UserActor,
} from '@tims/core';
import { type TestInstallation, textWebhook } from '@tims/testing';

let serial = 0;

/** A customer's number that no other test of this file has. */
export function newPhone(): string {
  return `6012${String(3_000_000 + ++serial)}`;
}

/** A conversation of a new customer as it stands in the queue: its ids. */
export interface Written {
  id: string;
  contactId: string;
  messageId: string;
  phone: string;
}

/** A new customer writes; answers with their conversation. */
export async function customerWrites(tims: TestInstallation, text = 'Hello', phone = newPhone()): Promise<Written> {
  const { installation, organization } = tims;
  const { reader } = installation.storage;
  const head = await readHead(reader, organization);
  await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: phone, text }));
  const events = await readEvents(reader, organization, head.sequence, 100);
  const written = events.find((event) => event.type === 'message.created');
  const id = written?.conversationId;
  const [conversation] = await getConversationsById(reading(installation, organization, tims.admin), id ? [id] : []);
  if (!written || !conversation) throw new Error('The message was not taken in');
  return { id: conversation.id, contactId: conversation.contact.id, messageId: written.entityId, phone };
}

/** Where a conversation shall stand. */
export interface Place {
  teamId?: string;
  assignee?: UserActor;
  closed?: boolean;
}

/** A new customer's conversation in this team's queue, assigned or closed. */
export async function conversationAt(tims: TestInstallation, place: Place = {}): Promise<Written> {
  const written = await customerWrites(tims);
  const { installation, admin } = tims;
  const { teamId, assignee, closed } = place;
  if (teamId ?? assignee) {
    const to = { ...(teamId ? { teamId } : {}), ...(assignee ? { assigneeId: assignee.id } : {}) };
    await assignConversation(installation, admin, { id: written.id, ...to });
  }
  if (closed) await closeConversation(installation, admin, { id: written.id, reason: 'resolved' });
  return written;
}

/** The same customer writes on. */
export async function customerWritesAgain(tims: TestInstallation, { phone }: Written, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: phone, text: `More ${i}` }));
  }
}

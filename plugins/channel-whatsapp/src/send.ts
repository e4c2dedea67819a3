import { type OutgoingMessage, type PersonKey, type SendContext, SendError, type SendResult } from '@tims/core/plugin';
import { textSetting } from './config.js';
import { graph } from './graph.js';
import { type Json, list, object, text } from './parse/json.js';
import { addressOf, isKey, personKeys } from './phone.js';

/** Sends a text. Meta knows no idempotency key: our id goes along and comes back in every status. */
export async function sendText(message: OutgoingMessage, context: SendContext): Promise<SendResult> {
  const { content } = message;
  if (content.type !== 'text') {
    throw new SendError('rejected', { code: 'content_type', text: `A ${content.type} is not sent as text.` });
  }
  // Without an http address there is nothing to preview.
  const preview = /https?:\/\/\S/i.test(content.text) ? { preview_url: true } : {};
  return post(message, context, { type: 'text', text: { body: content.text, ...preview } });
}

/** Marks this message, and with it all earlier ones, as read. */
export async function markRead(externalId: string, context: SendContext): Promise<void> {
  await graph(context, {
    method: 'POST',
    path: `${numberPath(context)}/messages`,
    body: { messaging_product: 'whatsapp', status: 'read', message_id: externalId },
  });
}

/** Asks Meta for the number with the channel's token. */
export async function setup(context: SendContext): Promise<{ name?: string }> {
  const path = `${numberPath(context)}?fields=display_phone_number,verified_name,quality_rating`;
  try {
    const answer = await graph(context, { method: 'GET', path });
    const name = text(answer.verified_name) ?? text(answer.display_phone_number);
    return name === undefined ? {} : { name };
  } catch (error) {
    // Code 100: this token does not see a number with this id.
    if (error instanceof SendError && error.kind === 'rejected') {
      throw new SendError('credentials', { code: error.code, text: error.message, cause: error });
    }
    throw error;
  }
}

async function post(message: OutgoingMessage, context: SendContext, content: Json): Promise<SendResult> {
  const address = addressOf(message.to);
  if (!address) {
    throw new SendError('rejected', { code: 'no_address', text: 'WhatsApp has no address for this person.' });
  }
  const answer = await graph(context, {
    method: 'POST',
    path: `${numberPath(context)}/messages`,
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...address,
      ...(message.replyTo === undefined ? {} : { context: { message_id: message.replyTo } }),
      ...content,
      biz_opaque_callback_data: message.id,
    },
  });
  const externalId = object(list(answer.messages)[0])?.id;
  if (!isKey(externalId)) {
    throw new SendError('unknown', { code: 'unreadable', text: 'WhatsApp said yes, but gave no message id.' });
  }
  const keys = newKeys(answer, message.to);
  return keys.length > 0 ? { externalId, keys } : { externalId };
}

function numberPath(context: SendContext): string {
  const id = textSetting(context.config, 'phoneNumberId');
  if (id === undefined) {
    throw new SendError('credentials', { code: 'phone_number_id', text: 'The channel has no phone number id.' });
  }
  return `/${encodeURIComponent(id)}`;
}

/** Meta may know the recipient under another number than the one we gave, or by a user id. */
function newKeys(answer: Json, known: readonly PersonKey[]): PersonKey[] {
  const contact = object(list(answer.contacts)[0]);
  if (!contact) return [];
  const told = personKeys({ userId: contact.user_id, number: contact.wa_id });
  return told.filter((key) => !known.some((old) => old.type === key.type && old.value === key.value));
}

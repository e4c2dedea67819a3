import type { MediaReference, MessageContent } from '@tims/core/plugin';
import { readError } from '../errors.js';
import { identifier, type Json, kept, list, number, object, text } from './json.js';

type Reader = (message: Json) => MessageContent | undefined;

/** A map, not an object: a type called `constructor` must not find anything. */
const readers = new Map<string, Reader>([
  ['text', readText],
  ['image', media('image', 'image')],
  ['video', media('video', 'video')],
  ['audio', media('audio', 'audio')],
  ['voice', media('audio', 'voice')],
  ['document', media('document', 'document')],
  ['sticker', media('sticker', 'sticker')],
  ['location', readLocation],
  ['contacts', readContacts],
  ['button', readButton],
  ['interactive', readInteractive],
  ['order', readOrder],
]);

/** What a message says. What cannot be read becomes `unsupported` with the message as it came. */
export function readContent(message: Json): MessageContent {
  const type = text(message.type);
  const read = type === undefined ? undefined : readers.get(type);
  return read?.(message) ?? unsupported(message);
}

function unsupported(message: Json): MessageContent {
  const type = text(message.type) ?? 'unknown';
  const named = type === 'unsupported' ? text(object(message.unsupported)?.type) : undefined;
  return { type: 'unsupported', v: 1, what: (named ?? type).slice(0, 100), raw: kept(message) };
}

function readText(message: Json): MessageContent | undefined {
  const body = object(message.text)?.body;
  return typeof body === 'string' ? { type: 'text', v: 1, text: body } : undefined;
}

function media(type: 'image' | 'video' | 'audio' | 'document' | 'sticker', key: string): Reader {
  return (message) => {
    const file = object(message[key]);
    const failed = mediaFailure(message);
    if (!file && failed === undefined) return undefined;
    const caption = text(file?.caption);
    return {
      type,
      v: 1,
      media: mediaReference(file ?? {}, failed, key === 'voice'),
      ...(caption === undefined ? {} : { caption }),
    };
  };
}

/** An error beside a media object: the caption is real, the file is not. */
function mediaFailure(message: Json): string | undefined {
  const error = readError(list(message.errors)[0]);
  return error && `${error.code}: ${error.text}`;
}

function mediaReference(file: Json, failed: string | undefined, voice: boolean): MediaReference {
  const reference: MediaReference = {};
  const externalId = identifier(file.id);
  const mimeType = text(file.mime_type);
  const sha256 = text(file.sha256);
  const filename = text(file.filename);
  if (externalId !== undefined) reference.externalId = externalId;
  if (mimeType !== undefined) reference.mimeType = mimeType;
  if (sha256 !== undefined) reference.sha256 = sha256;
  if (filename !== undefined) reference.filename = filename;
  if (voice || typeof file.voice === 'boolean') reference.voice = voice || file.voice === true;
  if (typeof file.animated === 'boolean') reference.animated = file.animated;
  if (failed !== undefined) reference.failed = failed;
  else if (externalId === undefined) reference.failed = 'WhatsApp gave no id for the file';
  return reference;
}

function readLocation(message: Json): MessageContent | undefined {
  const location = object(message.location);
  const latitude = number(location?.latitude);
  const longitude = number(location?.longitude);
  if (!location || latitude === undefined || longitude === undefined) return undefined;
  const name = text(location.name);
  const address = text(location.address);
  const url = text(location.url);
  return {
    type: 'location',
    v: 1,
    latitude,
    longitude,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(url === undefined ? {} : { url }),
  };
}

function readContacts(message: Json): MessageContent | undefined {
  if (!Array.isArray(message.contacts)) return undefined;
  const cards = list(message.contacts).flatMap((element) => {
    const card = object(element);
    if (!card) return [];
    const name = object(card.name);
    const parts = [name?.first_name, name?.last_name].map(text).filter((part) => part !== undefined);
    return [
      {
        name: text(name?.formatted_name) ?? parts.join(' '),
        phones: texts(card.phones, (phone) => text(phone.phone) ?? identifier(phone.wa_id)),
        emails: texts(card.emails, (email) => text(email.email)),
      },
    ];
  });
  return { type: 'contacts', v: 1, contacts: cards };
}

function texts(value: unknown, read: (element: Json) => string | undefined): string[] {
  return list(value).flatMap((element) => {
    const entry = object(element);
    const found = entry && read(entry);
    return found === undefined ? [] : [found];
  });
}

function readButton(message: Json): MessageContent | undefined {
  const button = object(message.button);
  return choice(identifier(button?.payload), text(button?.text));
}

function readInteractive(message: Json): MessageContent | undefined {
  const interactive = object(message.interactive);
  const type = text(interactive?.type);
  const reply = type === undefined ? undefined : object(interactive?.[type]);
  if (!reply) return undefined;
  switch (type) {
    case 'button_reply':
    case 'list_reply':
      return choice(identifier(reply.id), text(reply.title), text(reply.description));
    case 'nfm_reply':
      return form(text(reply.name) ?? 'flow', text(reply.body), reply.response_json);
    case 'call_permission_reply':
      return form('call_permission_reply', undefined, scalarsOf(reply));
    default:
      return undefined;
  }
}

function choice(id: string | undefined, title: string | undefined, description?: string): MessageContent | undefined {
  const known = id ?? title;
  if (known === undefined) return undefined;
  return {
    type: 'choice',
    v: 1,
    id: known,
    title: title ?? known,
    ...(description === undefined ? {} : { description }),
  };
}

/** The answer stays the text that came: it is not always JSON, and sometimes absent. */
function form(name: string, body: string | undefined, response: unknown): MessageContent {
  return {
    type: 'form',
    v: 1,
    name,
    ...(body === undefined ? {} : { body }),
    response: typeof response === 'string' ? response : response === undefined ? '' : JSON.stringify(kept(response)),
  };
}

function scalarsOf(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => typeof part !== 'object'));
}

function readOrder(message: Json): MessageContent | undefined {
  const order = object(message.order);
  const catalogId = identifier(order?.catalog_id);
  if (!order || catalogId === undefined) return undefined;
  const note = text(order.text);
  const items = list(order.product_items).flatMap((element) => {
    const item = object(element);
    const productId = identifier(item?.product_retailer_id);
    if (!item || productId === undefined) return [];
    return [
      {
        productId,
        // Some senders write numbers as text.
        quantity: number(item.quantity) ?? 1,
        price: number(item.item_price) ?? 0,
        currency: text(item.currency) ?? '',
      },
    ];
  });
  return { type: 'order', v: 1, catalogId, ...(note === undefined ? {} : { text: note }), items };
}

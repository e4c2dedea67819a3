import { list, object, text } from '../parse/json.js';
import { digitsOf, isUserId } from '../phone.js';
import { type MetaError, metaError } from './meta-error.js';

type Json = Record<string, unknown>;

/** What the Graph API checks before it accepts a message; undefined when it is fine. */
export function sendProblem(body: Json): MetaError | undefined {
  if (body.messaging_product !== 'whatsapp') return metaError(100, 'The parameter messaging_product is required.');
  return addressProblem(body) ?? contextProblem(body) ?? contentProblem(body);
}

function addressProblem(body: Json): MetaError | undefined {
  if (text(body.to) === undefined && text(body.recipient) === undefined) {
    return metaError(100, 'The parameter to is required.');
  }
  if (text(body.to) !== undefined) {
    const digits = digitsOf(body.to);
    return digits === undefined || digits.length < 7
      ? metaError(131009, "Parameter 'to' is not a valid phone number.")
      : undefined;
  }
  return isUserId(body.recipient) ? undefined : metaError(131009, "Parameter 'recipient' is not a valid user id.");
}

function contextProblem(body: Json): MetaError | undefined {
  const reference = body.biz_opaque_callback_data;
  if (reference !== undefined && (typeof reference !== 'string' || reference.length > 512)) {
    return metaError(131009, "Param 'biz_opaque_callback_data' must be at most 512 characters long.");
  }
  if (body.context === undefined) return undefined;
  const quoted = text(object(body.context)?.message_id);
  if (quoted === undefined) return metaError(131008, "Param 'context.message_id' is required.");
  return quoted.startsWith('wamid.') ? undefined : metaError(131009, 'Invalid context message_id.');
}

function contentProblem(body: Json): MetaError | undefined {
  const type = body.type ?? 'text';
  if (typeof type !== 'string' || !checks.has(type)) {
    return metaError(100, `Param type must be one of {${[...checks.keys()].map((t) => t.toUpperCase()).join(', ')}}.`);
  }
  const content = type === 'contacts' ? { contacts: body.contacts } : object(body[type]);
  if (!content) return metaError(131008, `Parameter '${type}' is mandatory for type '${type}'.`);
  return checks.get(type)?.(content);
}

type Check = (content: Json) => MetaError | undefined;

const checks = new Map<string, Check>([
  ['text', (content) => longText(content.body, "text['body']", 4096)],
  ['image', file],
  ['video', file],
  ['audio', file],
  ['document', file],
  ['sticker', file],
  [
    'location',
    ({ latitude, longitude }) => (latitude === undefined || longitude === undefined ? missing('location') : undefined),
  ],
  ['contacts', ({ contacts }) => (list(contacts).length === 0 ? missing('contacts') : undefined)],
  ['reaction', ({ message_id }) => (text(message_id) === undefined ? missing("reaction['message_id']") : undefined)],
  [
    'interactive',
    ({ type, action }) => (text(type) === undefined || !object(action) ? missing('interactive') : undefined),
  ],
  [
    'template',
    ({ name, language }) =>
      text(name) === undefined || text(object(language)?.code) === undefined ? missing('template') : undefined,
  ],
]);

function file({ id, link, caption }: Json): MetaError | undefined {
  if (text(id) === undefined && text(link) === undefined) return missing('id or link');
  return caption === undefined ? undefined : longText(caption, 'caption', 1024);
}

function longText(value: unknown, name: string, longest: number): MetaError | undefined {
  if (text(value) === undefined) return missing(name);
  if (String(value).length <= longest) return undefined;
  return metaError(100, `Param ${name} must be at most ${longest} characters long.`);
}

function missing(name: string): MetaError {
  return metaError(131008, `Required parameter is missing: ${name}`);
}

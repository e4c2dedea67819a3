import type { InboundEvent, InboundMessage, Person } from '@tims/core/plugin';
import { isKey } from '../phone.js';
import { readContent } from './content.js';
import { type Json, keptObject, object, text, time } from './json.js';
import { ignored, personOf, quoted, type Scope, type Voice } from './scope.js';
import { readSystem } from './system.js';

/** One element of `messages[]` or `message_echoes[]`. */
export function readMessage(element: unknown, scope: Scope, voice: Voice): InboundEvent {
  const message = object(element);
  if (!message) return ignored(scope.route, `a message that is ${quoted(element)}, not an object`);
  if (!isKey(message.id)) return ignored(scope.route, 'a message without a usable id');
  const type = text(message.type);
  if (type === 'system') return readSystem(message, scope);
  const person = personOf(addressee(message, voice), scope);
  const sentAt = time(message.timestamp, scope.receivedAt);
  switch (type) {
    case 'reaction':
      return readReaction(message, scope, voice, person, sentAt);
    case 'edit':
      return readEdit(message, scope, sentAt);
    case 'revoke':
      return readRevoke(message, scope, sentAt);
    default:
  }
  if (!person) return ignored(scope.route, 'a message that names no person');
  if (type === 'request_welcome') {
    // The chat was opened, nothing was said: it must not open a conversation.
    return { kind: 'channel_notice', route: scope.route, notice: 'other', name: type, person, data: {}, at: sentAt };
  }
  return said(message, message.id, scope, voice, person, sentAt);
}

function said(
  message: Json,
  externalId: string,
  scope: Scope,
  voice: Voice,
  person: Person,
  sentAt: number,
): InboundMessage {
  const context = object(message.context);
  const replyTo = isKey(context?.id) ? context.id : undefined;
  const referral = cameFrom(message, context);
  const group = text(message.group_id);
  const forwarded = context?.forwarded === true || context?.frequently_forwarded === true;
  return {
    kind: 'message',
    route: scope.route,
    origin: voice.origin,
    direction: voice.direction,
    person,
    externalId,
    ...(group === undefined ? {} : { threadKey: `group:${group}` }),
    sentAt,
    content: readContent(message),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(forwarded ? { forwarded } : {}),
    ...(referral === undefined ? {} : { referral }),
  };
}

/** The person outside: who wrote to us, or to whom our side wrote. */
function addressee(message: Json, voice: Voice): { number: unknown; userId: unknown } {
  return voice.direction === 'inbound'
    ? { number: message.from ?? voice.customer, userId: message.from_user_id }
    : { number: message.to ?? voice.customer, userId: message.to_user_id };
}

/** An advertisement or, for a question about a product, that product. */
function cameFrom(message: Json, context: Json | undefined): Json | undefined {
  const referral = object(message.referral);
  if (referral) return keptObject(referral);
  const product = object(context?.referred_product);
  return product && { referred_product: keptObject(product) };
}

function readReaction(message: Json, scope: Scope, voice: Voice, person: Person | undefined, at: number): InboundEvent {
  const reaction = object(message.reaction);
  const emoji = reaction?.emoji ?? '';
  if (!isKey(reaction?.message_id)) return ignored(scope.route, 'a reaction that names no message');
  if (typeof emoji !== 'string') return ignored(scope.route, 'a reaction whose emoji is no text');
  if (!person) return ignored(scope.route, 'a reaction that names no person');
  return {
    kind: 'message_update',
    route: scope.route,
    externalId: reaction.message_id,
    at,
    update: {
      type: 'reaction',
      person,
      // Taken back: no emoji, or an empty one.
      emoji: emoji === '' ? null : emoji,
      ...(voice.direction === 'outbound' ? { byUs: true } : {}),
    },
  };
}

function readEdit(message: Json, scope: Scope, at: number): InboundEvent {
  const edit = object(message.edit);
  const edited = object(edit?.message);
  if (!isKey(edit?.original_message_id) || !edited) return ignored(scope.route, 'an edit that names no message');
  return {
    kind: 'message_update',
    route: scope.route,
    externalId: edit.original_message_id,
    at,
    update: { type: 'edit', content: readContent(edited) },
  };
}

function readRevoke(message: Json, scope: Scope, at: number): InboundEvent {
  const original = object(message.revoke)?.original_message_id;
  if (!isKey(original)) return ignored(scope.route, 'a revocation that names no message');
  return { kind: 'message_update', route: scope.route, externalId: original, at, update: { type: 'revoke' } };
}

import type { DeliveryState, InboundEvent } from '@tims/core/plugin';
import { readError } from '../errors.js';
import { canonicalPhone, digitsOf, isUserId } from '../phone.js';
import { type Json, list, object, text } from './json.js';
import { readMessage } from './messages.js';
import { ignored, type Scope, type Voice } from './scope.js';

const states = new Map<string | undefined, DeliveryState>([
  ['SENT', 'sent'],
  ['DELIVERED', 'delivered'],
  ['READ', 'read'],
  ['PLAYED', 'played'],
  ['ERROR', 'failed'],
  ['FAILED', 'failed'],
]);

const past: Voice = { origin: 'history', direction: 'inbound' };

/** One element of `history[]`: a chunk of threads, or the owner's refusal to share. */
export function readHistory(element: unknown, scope: Scope): InboundEvent[] {
  const chunk = object(element);
  if (!chunk) return [ignored(scope.route, 'a piece of history that is no object')];
  const refusals = list(chunk.errors).flatMap((error): InboundEvent[] => {
    const read = readError(error);
    if (!read) return [];
    const data = { code: read.code, text: read.text };
    return [{ kind: 'channel_notice', route: scope.route, notice: 'error', name: 'history', data, at: scope.at }];
  });
  const messages = list(chunk.threads).flatMap((thread) => readThread(thread, scope));
  const events = [...refusals, ...messages];
  return events.length > 0 ? events : [ignored(scope.route, 'a piece of history without messages')];
}

/** A thread's id is the customer's number; who wrote stands in each message's `from`. */
function readThread(element: unknown, scope: Scope): InboundEvent[] {
  const thread = object(element);
  if (!thread) return [ignored(scope.route, 'a thread that is no object')];
  return list(thread.messages).map((message) => {
    const entry = object(message);
    return entry ? readPast(entry, scope, thread.id) : readMessage(message, scope, past);
  });
}

/** A message of the past; `customer` is the thread's number where the history says it. */
export function readPast(message: Json, scope: Scope, customer?: unknown): InboundEvent {
  const direction = isOurs(message, scope, customer) ? 'outbound' : 'inbound';
  const event = readMessage(message, scope, { origin: 'history', direction, customer });
  if (event.kind !== 'message' || direction === 'inbound') return event;
  const state = states.get(text(object(message.history_context)?.status)?.toUpperCase());
  return state === undefined ? event : { ...event, state };
}

/**
 * Files of the last fourteen days follow on their own, under the id of the message whose place they were kept: the
 * message, should it not have come yet, and its content for the one that has.
 */
export function readPastFile(element: unknown, scope: Scope): InboundEvent[] {
  const message = object(element);
  if (!message) return [readMessage(element, scope, past)];
  const event = readPast(message, scope);
  if (event.kind !== 'message') return [event];
  const { route, externalId, sentAt, content } = event;
  return [event, { kind: 'message_update', route, externalId, at: sentAt, update: { type: 'edit', content } }];
}

function isOurs(message: Json, scope: Scope, customer: unknown): boolean {
  // A business has no user id.
  if (isUserId(message.from) || message.from_user_id !== undefined) return false;
  const from = phoneOf(message.from);
  const ours = phoneOf(object(scope.value.metadata)?.display_phone_number);
  if (from !== undefined && from === ours) return true;
  const theirs = phoneOf(customer);
  if (from !== undefined && theirs !== undefined) return from !== theirs;
  return message.to !== undefined || message.to_user_id !== undefined;
}

function phoneOf(value: unknown): string | undefined {
  const digits = digitsOf(value);
  return digits === undefined ? undefined : canonicalPhone(digits);
}

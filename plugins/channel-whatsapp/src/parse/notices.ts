import type { ChannelNotice, InboundEvent } from '@tims/core/plugin';
import { readError } from '../errors.js';
import { identifier, type Json, keptObject, object, text, time } from './json.js';
import { ignored, personOf, type Scope } from './scope.js';

/** Fields whose whole value is one piece of news for the operator. */
export const noticeFields = new Map<string, ChannelNotice['notice']>([
  ['message_template_status_update', 'template'],
  ['message_template_quality_update', 'template'],
  ['message_template_components_update', 'template'],
  ['template_category_update', 'template'],
  ['phone_number_quality_update', 'quality'],
  ['business_capability_update', 'account'],
  ['account_update', 'account'],
  ['account_alerts', 'account'],
  ['account_review_update', 'account'],
  ['account_settings_update', 'account'],
  ['phone_number_name_update', 'account'],
  ['security', 'account'],
  ['group_lifecycle_update', 'other'],
  ['group_participants_update', 'other'],
  ['group_settings_update', 'other'],
  ['group_status_update', 'other'],
]);

/** Fields that Meta sends and an inbox has no use for. */
export const unusedFields = new Set([
  'business_username_update',
  // Repeats what we and other partners sent through the API; our own sends are known already.
  'message_echoes',
  'flows',
  'partner_solutions',
  'payment_configuration_update',
  'automatic_events',
  'consumer_profile',
  'tracking_events',
]);

export function readNotice(scope: Scope, notice: ChannelNotice['notice']): InboundEvent {
  return { ...base(scope, notice), name: nameOf(scope), data: keptObject(scope.value) };
}

/** Meta's own example prints the status field's name over a quality update: the shape decides. */
function nameOf({ field, value }: Scope): string {
  if (!field.startsWith('message_template_')) return field;
  if ('new_quality_score' in value) return 'message_template_quality_update';
  if ('event' in value) return 'message_template_status_update';
  return field;
}

/** `value.errors[]`: trouble of the app or the number, without a message. */
export function readChannelError(element: unknown, scope: Scope): InboundEvent {
  const error = readError(element);
  if (!error) return ignored(scope.route, 'an error without a code');
  return { ...base(scope, 'error'), name: error.code, data: { ...error } };
}

/** One element of `user_preferences[]`: somebody stopped or resumed marketing; `data.value` says which. */
export function readPreference(element: unknown, scope: Scope): InboundEvent {
  const preference = object(element);
  const person = preference && personOf({ number: preference.wa_id, userId: preference.user_id }, scope);
  const value = text(preference?.value);
  if (!preference || !person || value === undefined) return ignored(scope.route, 'a preference that names no person');
  const data = { value, category: text(preference.category) ?? null, detail: text(preference.detail) ?? null };
  const at = time(preference.timestamp, scope.receivedAt);
  return { ...base(scope, 'opt_out'), name: 'user_preferences', person, data, at };
}

/** One element of `calls[]`. Calls are not taken here; that somebody called is worth knowing. */
export function readCall(element: unknown, scope: Scope): InboundEvent {
  const call = object(element);
  if (!call) return ignored(scope.route, 'a call that is no object');
  const fromCustomer = text(call.direction) !== 'BUSINESS_INITIATED';
  const person = fromCustomer
    ? personOf({ number: call.from, userId: call.from_user_id }, scope)
    : personOf({ number: call.to, userId: call.to_user_id }, scope);
  const at = time(call.timestamp, scope.receivedAt);
  return { ...base(scope, 'other'), name: 'calls', ...(person ? { person } : {}), data: keptObject(call), at };
}

/** One element of `state_sync[]`: the address book of the WhatsApp Business app. */
export function readAddressBookEntry(element: unknown, scope: Scope): InboundEvent {
  const entry = object(element);
  if (!entry) return ignored(scope.route, 'an address book entry that is no object');
  const at = time(object(entry.metadata)?.timestamp, scope.receivedAt);
  const contact = object(entry.contact);
  const person = contact && personOf({ number: contact.phone_number, userId: contact.user_id }, scope);
  const data = keptObject(entry);
  return { ...base(scope, 'other'), name: 'smb_app_state_sync', ...(person ? { person } : {}), data, at };
}

/** Who answers now, Meta's own agent or we. It has no `metadata`; the number stands in `recipient`. */
export function readHandover(scope: Scope): InboundEvent {
  const { value } = scope;
  const address = identifier(object(value.recipient)?.phone_number_id);
  const route = address === undefined ? scope.route : { address };
  const at = time(value.timestamp, scope.at);
  return { ...base(scope, 'other'), route, name: 'messaging_handovers', data: keptObject(value), at };
}

function base(scope: Scope, notice: ChannelNotice['notice']): ChannelNotice {
  const data: Json = {};
  return { kind: 'channel_notice', route: scope.route, notice, name: scope.field, data, at: scope.at };
}

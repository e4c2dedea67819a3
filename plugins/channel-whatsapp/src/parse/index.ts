import type { InboundEvent, Route } from '@tims/core/plugin';
import { readHistory, readPastFile } from './history.js';
import { identifier, type Json, object, text, time } from './json.js';
import { readMessage } from './messages.js';
import {
  noticeFields,
  readAddressBookEntry,
  readCall,
  readChannelError,
  readHandover,
  readNotice,
  readPreference,
  unusedFields,
} from './notices.js';
import { ignored, quoted, readContacts, type Scope } from './scope.js';
import { readStatus } from './statuses.js';

/**
 * Everything that one webhook body says. Total: whatever the value, there is an answer, and a broken element costs
 * nothing but itself. Up to 1000 updates, of several numbers and accounts, may stand in one body.
 *
 * @param receivedAt epoch milliseconds; stands in where the body gives no usable time.
 */
export function parse(body: unknown, receivedAt: number): InboundEvent[] {
  const root = object(body);
  if (!root) return [ignored({}, 'the body is no object')];
  if (root.object !== 'whatsapp_business_account') {
    return [ignored({}, `the body is about ${quoted(root.object)}, not a WhatsApp business account`)];
  }
  return each(root.entry, 'entry', {}, (element) => {
    const entry = object(element);
    if (!entry) return [ignored({}, 'an entry that is no object')];
    const account = identifier(entry.id);
    const route: Route = account === undefined ? {} : { account };
    const at = time(entry.time, receivedAt);
    return each(entry.changes, 'changes', route, (change) => readChange(change, route, at, receivedAt));
  });
}

function readChange(element: unknown, account: Route, at: number, receivedAt: number): InboundEvent[] {
  const change = object(element);
  const field = text(change?.field);
  const value = object(change?.value);
  if (field === undefined) return [ignored(account, 'a change without a field')];
  if (!value) return [ignored(account, `field ${quoted(field)} without a value`)];
  const address = identifier(object(value.metadata)?.phone_number_id);
  const route = address === undefined ? account : { address };
  return readField({ field, value, route, at, receivedAt, contacts: readContacts(value.contacts) });
}

function readField(scope: Scope): InboundEvent[] {
  const { field, value, route } = scope;
  switch (field) {
    case 'messages':
    case 'calls':
      return readConversation(scope);
    case 'smb_message_echoes':
      return readLists(scope, value, {
        message_echoes: (echo) => [readMessage(echo, scope, { origin: 'echo', direction: 'outbound' })],
      });
    case 'standby':
      return readStandby(scope);
    case 'history':
      return readLists(scope, value, {
        history: (chunk) => readHistory(chunk, scope),
        messages: (message) => readPastFile(message, scope),
        errors: (error) => [readChannelError(error, scope)],
      });
    case 'smb_app_state_sync':
      return readLists(scope, value, { state_sync: (entry) => [readAddressBookEntry(entry, scope)] });
    case 'user_preferences':
      return readLists(scope, value, { user_preferences: (preference) => [readPreference(preference, scope)] });
    case 'messaging_handovers':
      return [readHandover(scope)];
    default: {
      const notice = noticeFields.get(field);
      if (notice !== undefined) return [readNotice(scope, notice)];
      return [ignored(route, `${unusedFields.has(field) ? 'unused' : 'unknown'} field ${quoted(field)}`)];
    }
  }
}

/** Messages and statuses mostly come in changes of their own; nothing forbids both, and calls, in one. */
function readConversation(scope: Scope): InboundEvent[] {
  return readLists(scope, scope.value, {
    messages: (message) => [readMessage(message, scope, { origin: 'live', direction: 'inbound' })],
    statuses: (status) => [readStatus(status, scope)],
    calls: (call) => [readCall(call, scope)],
    errors: (error) => [readChannelError(error, scope)],
  });
}

/** Meta's own agent holds the thread: all of the conversation comes here instead of on `messages`. */
function readStandby(scope: Scope): InboundEvent[] {
  const standby = object(scope.value.standby);
  if (!standby) return [ignored(scope.route, 'field "standby" without content')];
  const contacts = standby.contacts === undefined ? scope.contacts : readContacts(standby.contacts);
  const inside = { ...scope, contacts };
  return readLists(inside, standby, {
    messages: (message) => [readMessage(message, inside, { origin: 'standby', direction: 'inbound' })],
    message_echoes: (echo) => [readMessage(echo, inside, { origin: 'standby', direction: 'outbound' })],
    statuses: (status) => [readStatus(status, inside)],
  });
}

/** Reads each list that is there with its reader; says so when none is. */
function readLists(
  scope: Scope,
  from: Json,
  readers: Record<string, (element: unknown) => InboundEvent[]>,
): InboundEvent[] {
  const events = Object.entries(readers).flatMap(([name, read]) =>
    from[name] === undefined || from[name] === null ? [] : each(from[name], name, scope.route, read),
  );
  return events.length > 0 ? events : [ignored(scope.route, `field ${quoted(scope.field)} with nothing in it`)];
}

function each(value: unknown, name: string, route: Route, read: (element: unknown) => InboundEvent[]): InboundEvent[] {
  if (!Array.isArray(value)) return [ignored(route, `${name} is no list`)];
  return value.flatMap(read);
}

import type { InboundEvent, PersonKey } from '@tims/core/plugin';
import { personKeys } from '../phone.js';
import { type Json, keptObject, object, text, time } from './json.js';
import { ignored, personOf, type Scope } from './scope.js';

/**
 * A `system` message: not said by the person but about them. A changed number or id renames an identity and opens no
 * conversation.
 */
export function readSystem(message: Json, scope: Scope): InboundEvent {
  const system = object(message.system);
  if (!system) return ignored(scope.route, 'a system message without content');
  const at = time(message.timestamp, scope.receivedAt);
  switch (text(system.type)) {
    case 'user_changed_number':
    case 'customer_changed_number':
      return changed(message, scope, at, {
        oldNumber: message.from ?? system.customer,
        newNumber: system.wa_id ?? system.new_wa_id,
      });
    case 'user_changed_user_id':
      return changed(message, scope, at, { oldNumber: message.from, newNumber: system.wa_id ?? message.from });
    default: {
      const person = personOf({ number: message.from, userId: message.from_user_id }, scope);
      return {
        kind: 'channel_notice',
        route: scope.route,
        notice: 'other',
        name: text(system.type)?.slice(0, 100) ?? 'system',
        ...(person ? { person } : {}),
        data: keptObject(system),
        at,
      };
    }
  }
}

/** With a new number comes a new business-scoped id; Meta names both since August 2026. */
function changed(
  message: Json,
  scope: Scope,
  at: number,
  numbers: { oldNumber: unknown; newNumber: unknown },
): InboundEvent {
  const system = object(message.system) ?? {};
  const userId = system.user_id;
  const before = personKeys({
    userId: system.previous_user_id ?? (message.from_user_id === userId ? undefined : message.from_user_id),
    number: numbers.oldNumber,
  });
  const after = personKeys({ userId, number: numbers.newNumber });
  if (before.length === 0 || after.length === 0) {
    return ignored(scope.route, 'a changed identity that does not say from what to what');
  }
  const values = ({ type, value }: PersonKey) => `${type} ${value}`;
  if (before.map(values).join() === after.map(values).join()) {
    return ignored(scope.route, 'a changed identity that stays the same');
  }
  return { kind: 'identity_change', route: scope.route, before, after, at };
}

import type { DeliveryState, InboundEvent } from '@tims/core/plugin';
import { readError } from '../errors.js';
import { isKey } from '../phone.js';
import { keptObject, list, object, text, time } from './json.js';
import { ignored, quoted, type Scope } from './scope.js';

const states = new Map<unknown, DeliveryState>(
  (['sent', 'delivered', 'read', 'played', 'failed'] as const).map((state) => [state, state]),
);

/** One element of `statuses[]`. Failure is what `status` says: an `errors` list also comes with messages that went. */
export function readStatus(element: unknown, scope: Scope): InboundEvent {
  const status = object(element);
  if (!status) return ignored(scope.route, `a status that is ${quoted(element)}, not an object`);
  if (text(status.type) === 'call') return ignored(scope.route, 'the status of a call');
  if (!isKey(status.id)) return ignored(scope.route, 'a status without a usable message id');
  const state = states.get(status.status);
  if (state === undefined) return ignored(scope.route, `unknown status ${quoted(status.status)}`);
  const reference = isKey(status.biz_opaque_callback_data) ? status.biz_opaque_callback_data : undefined;
  const error = state === 'failed' ? readError(list(status.errors)[0]) : undefined;
  const pricing = object(status.pricing);
  return {
    kind: 'message_update',
    route: scope.route,
    externalId: status.id,
    at: time(status.timestamp, scope.receivedAt),
    update: {
      type: 'status',
      state,
      ...(reference === undefined ? {} : { reference }),
      ...(error ? { error } : {}),
      ...(pricing ? { pricing: keptObject(pricing) } : {}),
    },
  };
}

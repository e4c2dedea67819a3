import type { InboundEvent } from '@tims/core/plugin';
import { danasPhone, number, update } from './builders.js';

const at = 1_763_600_010_000;
const reference = 'msg_06e8x2k1r7aaaaaaaaaaaaaaaa';
const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' };
const phone = (value: string) => ({ type: 'phone', value });
const userId = (value: string) => ({ type: 'user_id', value });
const systemAt = 1_763_600_000_000;

export const updates: Record<string, InboundEvent[]> = {
  'status-sent': [update('wamid.sent1', at, { type: 'status', state: 'sent', reference, pricing })],
  'status-delivered': [update('wamid.sent1', at, { type: 'status', state: 'delivered', reference, pricing })],
  'status-read': [update('wamid.sent1', at, { type: 'status', state: 'read' })],
  'status-played': [update('wamid.sent1', at, { type: 'status', state: 'played' })],
  'status-failed': [
    update('wamid.sent1', at, {
      type: 'status',
      state: 'failed',
      reference,
      error: {
        kind: 'window_closed',
        code: '131047',
        text: 'Re-engagement message: More than 24 hours have passed',
      },
    }),
  ],
  'status-sent-with-errors': [update('wamid.sent1', at, { type: 'status', state: 'sent' })],
  'status-unknown': [{ kind: 'ignored', route: number, why: 'unknown status "warning"' }],
  'system-user-changed-number': [
    {
      kind: 'identity_change',
      route: number,
      before: [userId('US.700000000000000001'), phone('+12025550123')],
      after: [userId('US.700000000000000009'), phone('+12025550140')],
      at: systemAt,
    },
  ],
  'system-customer-changed-number': [
    {
      kind: 'identity_change',
      route: number,
      before: [phone('+12025550123')],
      after: [phone('+12025550140')],
      at: systemAt,
    },
  ],
  'system-user-changed-user-id': [
    {
      kind: 'identity_change',
      route: number,
      before: [userId('US.700000000000000001'), phone('+12025550123')],
      after: [userId('US.700000000000000009'), phone('+12025550123')],
      at: systemAt,
    },
  ],
  'system-customer-identity-changed': [
    {
      kind: 'channel_notice',
      route: number,
      notice: 'other',
      name: 'customer_identity_changed',
      person: danasPhone,
      data: { type: 'customer_identity_changed', identity: 'hash', customer: '12025550123' },
      at: systemAt,
    },
  ],
};

import type { ChannelNotice, InboundEvent } from '@tims/core/plugin';
import { fixtures, receivedAt } from '../fixtures.js';
import { account, dana, number } from './builders.js';

const at = 1_763_600_020_000;
const template = {
  message_template_id: 7001,
  message_template_name: 'lesson_reminder',
  message_template_language: 'en_US',
};

function notice(kind: ChannelNotice['notice'], name: string, data: Record<string, unknown>): InboundEvent[] {
  return [{ kind: 'channel_notice', route: account, notice: kind, name, data, at }];
}

export const notices: Record<string, InboundEvent[]> = {
  'value-errors': [
    {
      kind: 'channel_notice',
      route: number,
      notice: 'error',
      name: '130429',
      data: { kind: 'rate_limited', code: '130429', text: 'Rate limit hit: Too many messages' },
      at: receivedAt,
    },
  ],
  'template-status': notice('template', 'message_template_status_update', {
    ...template,
    event: 'REJECTED',
    reason: 'INVALID_FORMAT',
  }),
  // Meta prints the status field's name over it.
  'template-quality': notice('template', 'message_template_quality_update', {
    ...template,
    previous_quality_score: 'GREEN',
    new_quality_score: 'YELLOW',
  }),
  'template-category': notice('template', 'template_category_update', {
    ...template,
    previous_category: 'UTILITY',
    new_category: 'MARKETING',
  }),
  'phone-number-quality': notice('quality', 'phone_number_quality_update', {
    display_phone_number: '12025550100',
    event: 'THROUGHPUT_UPGRADE',
    max_daily_conversations_per_business: 'TIER_UNLIMITED',
  }),
  'business-capability': notice('account', 'business_capability_update', {
    max_daily_conversations_per_business: 2000,
    max_phone_numbers_per_business: 25,
  }),
  'account-update': notice('account', 'account_update', {
    event: 'DISABLED_UPDATE',
    ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE', waba_ban_date: 'November 30, 2025' },
  }),
  'account-alert': notice('account', 'account_alerts', {
    entity_type: 'WABA',
    entity_id: '203040506070',
    alert_info: {
      alert_severity: 'WARNING',
      alert_status: 'ACTIVE',
      alert_type: 'OBA_REJECTED',
      alert_description: 'No',
    },
  }),
  'user-preferences': [
    {
      kind: 'channel_notice',
      route: number,
      notice: 'opt_out',
      name: 'user_preferences',
      person: dana,
      data: { value: 'stop', category: 'marketing_messages', detail: 'User requested to stop marketing messages' },
      at: 1_763_600_030_000,
    },
    {
      kind: 'channel_notice',
      route: number,
      notice: 'opt_out',
      name: 'user_preferences',
      person: { keys: [{ type: 'user_id', value: 'MY.800000000000000002' }] },
      data: { value: 'resume', category: 'marketing_messages', detail: 'User requested to resume' },
      at: 1_763_600_031_000,
    },
  ],
  'group-participants': [
    {
      kind: 'channel_notice',
      route: number,
      notice: 'other',
      name: 'group_participants_update',
      data: {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: '12025550100', phone_number_id: '100200300' },
        groups: [{ group_id: 'Y2FwaV9ncm91cA==', type: 'group_participants_add', timestamp: '1763600090' }],
      },
      at: receivedAt,
    },
  ],
  calls: [
    { kind: 'ignored', route: number, why: 'the status of a call' },
    {
      kind: 'channel_notice',
      route: number,
      notice: 'other',
      name: 'calls',
      person: dana,
      data: call(0),
      at: 1_763_600_060_000,
    },
    {
      kind: 'channel_notice',
      route: number,
      notice: 'other',
      name: 'calls',
      person: dana,
      data: call(1),
      at: 1_763_600_061_000,
    },
  ],
  'unused-field': [{ kind: 'ignored', route: account, why: 'unused field "flows"' }],
  'unknown-field': [{ kind: 'ignored', route: account, why: 'unknown field "constructor"' }],
};

/** The call as it came; a notice keeps it whole. */
function call(index: number): Record<string, unknown> {
  // The fixture's own shape.
  const body = fixtures.calls as { entry: [{ changes: [{ value: { calls: Record<string, unknown>[] } }] }] };
  return body.entry[0].changes[0].value.calls[index] ?? {};
}

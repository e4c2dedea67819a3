import type { InboundEvent } from '@tims/core/plugin';
import { dana, danasPhone, number, said, text, update } from './builders.js';

const echo = { origin: 'echo', direction: 'outbound' } as const;
const past = { origin: 'history', person: danasPhone } as const;
const photo = { type: 'image', v: 1, media: { externalId: '5010', mimeType: 'image/jpeg' } } as const;

/** What did not come live from a person: the vendor's app, a history, Meta's own agent. */
export const otherOrigins: Record<string, InboundEvent[]> = {
  echoes: [
    ...said('', text('Typed on the phone'), {
      ...echo,
      externalId: 'wamid.e1',
      person: { keys: dana.keys },
      sentAt: 1_763_600_040_000,
    }),
    update('wamid.e1', 1_763_600_041_000, { type: 'edit', content: text('Typed again') }),
    update('wamid.e1', 1_763_600_042_000, { type: 'revoke' }),
    update('wamid.x', 1_763_600_043_000, { type: 'reaction', person: danasPhone, emoji: '❤', byUs: true }),
  ],
  history: [
    ...said('', text('Long ago'), { ...past, externalId: 'wamid.h1', sentAt: 1_750_000_000_000 }),
    ...said('', text('We answered'), {
      ...past,
      direction: 'outbound',
      externalId: 'wamid.h2',
      sentAt: 1_750_000_001_000,
      state: 'delivered',
    }),
    ...said(
      '',
      {
        type: 'unsupported',
        v: 1,
        what: 'media_placeholder',
        raw: {
          from: '12025550100',
          id: 'wamid.h3',
          timestamp: '1750000002',
          type: 'media_placeholder',
          history_context: { status: 'PENDING' },
        },
      },
      { ...past, direction: 'outbound', externalId: 'wamid.h3', sentAt: 1_750_000_002_000 },
    ),
    ...said('', text('Not sent'), {
      ...past,
      direction: 'outbound',
      externalId: 'wamid.h4',
      sentAt: 1_750_000_003_000,
      state: 'failed',
    }),
  ],
  'history-media': [
    ...said('', photo, {
      ...past,
      direction: 'outbound',
      externalId: 'wamid.h3',
      sentAt: 1_750_000_002_000,
      state: 'read',
    }),
    update('wamid.h3', 1_750_000_002_000, { type: 'edit', content: photo }),
  ],
  'history-refused': [
    {
      kind: 'channel_notice',
      route: number,
      notice: 'error',
      name: 'history',
      data: { code: '2593109', text: 'History sync is turned off by the business: History sharing is turned off' },
      at: 1_763_700_000_000,
    },
  ],
  'state-sync': [
    {
      kind: 'channel_notice',
      route: number,
      notice: 'other',
      name: 'smb_app_state_sync',
      person: { keys: [{ type: 'phone', value: '+12025550150' }] },
      data: {
        type: 'contact',
        contact: { full_name: 'Pat Lim', first_name: 'Pat', phone_number: '12025550150' },
        action: 'add',
        metadata: { timestamp: '1763600050' },
      },
      at: 1_763_600_050_000,
    },
  ],
  standby: [
    ...said('', text('To the robot'), { origin: 'standby', externalId: 'wamid.y1', sentAt: 1_763_600_070_000 }),
    ...said('', text('From the robot'), {
      origin: 'standby',
      direction: 'outbound',
      externalId: 'wamid.y2',
      sentAt: 1_763_600_071_000,
    }),
    update('wamid.y2', 1_763_600_072_000, { type: 'status', state: 'delivered' }),
  ],
  'messaging-handover': [
    {
      kind: 'channel_notice',
      route: number,
      notice: 'other',
      name: 'messaging_handovers',
      data: {
        type: 'control_passed',
        sender: { wa_id: '12025550123' },
        recipient: { phone_number_id: '100200300', display_phone_number: '12025550100' },
        timestamp: '1763600080',
        control_passed: { previous_owner_app_role: 'meta_business_agent' },
      },
      at: 1_763_600_080_000,
    },
  ],
};

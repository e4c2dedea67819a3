import type { InboundEvent } from '@tims/core/plugin';
import { dana, number, said, text, update } from './builders.js';

const aisyah = { keys: [{ type: 'user_id', value: 'MY.800000000000000002' }], name: 'Aisyah' };
const sha256 = '3q2+7w==';
const at = 1_763_600_000_000;

export const messages: Record<string, InboundEvent[]> = {
  text: said('TEXT', text('Hello, is the tutor free on Monday? 你好')),
  'text-phone-only': said('', text('Number as timestamp'), {
    externalId: 'wamid.phoneonly',
    person: { keys: [{ type: 'phone', value: '+12025550124' }], name: 'Sam' },
    sentAt: 1_763_600_001_000,
  }),
  'text-without-phone': said('', text('Boleh saya tanya?'), {
    externalId: 'wamid.nophone',
    person: { ...aisyah, username: 'aisyah.t' },
    sentAt: 1_763_600_002_000,
  }),
  'text-user-id-in-from': said('', text('Here too'), {
    externalId: 'wamid.idinfrom',
    person: aisyah,
    sentAt: 1_763_600_003_000,
  }),
  'text-brazil': said('', text('Oi'), {
    externalId: 'wamid.brazil',
    person: {
      keys: [
        { type: 'phone', value: '+5511998765432' },
        { type: 'wa_id', value: '551198765432' },
      ],
      name: 'Bia',
    },
    sentAt: 1_763_600_004_000,
  }),
  image: said('IMAGE', {
    type: 'image',
    v: 1,
    media: { externalId: '5001', mimeType: 'image/jpeg', sha256 },
    caption: 'Report card',
  }),
  video: said('VIDEO', { type: 'video', v: 1, media: { externalId: '5002', mimeType: 'video/mp4', sha256 } }),
  'audio-voice': said('AUDIOVOICE', {
    type: 'audio',
    v: 1,
    media: { externalId: '5003', mimeType: 'audio/ogg; codecs=opus', sha256, voice: true },
  }),
  'voice-on-premises': said('VOICEONPREMISE', {
    type: 'audio',
    v: 1,
    media: { externalId: '5004', mimeType: 'audio/ogg; codecs=opus', voice: true },
  }),
  document: said('DOCUMENT', {
    type: 'document',
    v: 1,
    media: { externalId: '5005', mimeType: 'application/pdf', sha256, filename: 'timetable.pdf' },
    caption: 'The timetable',
  }),
  sticker: said('STICKER', {
    type: 'sticker',
    v: 1,
    media: { externalId: '5006', mimeType: 'image/webp', sha256, animated: false },
  }),
  'media-failed': said('MEDIAFAILED', {
    type: 'image',
    v: 1,
    media: {
      mimeType: 'image/jpeg',
      failed: '131052: Media download error: Failed to download the media from the sender',
    },
    caption: 'Did it arrive?',
  }),
  location: said('LOCATION', {
    type: 'location',
    v: 1,
    latitude: 3.139,
    longitude: 101.6869,
    name: 'Centre',
    address: '1 Example Road',
  }),
  contacts: said('CONTACTS', {
    type: 'contacts',
    v: 1,
    contacts: [
      { name: 'Lee Wei', phones: ['+1 202-555-0130', '12025550131'], emails: ['lee@example.org'] },
      { name: 'Mia Ong', phones: [], emails: [] },
    ],
  }),
  button: said('BUTTON', { type: 'choice', v: 1, id: 'CONFIRM_42', title: 'Confirm' }, { replyTo: 'wamid.template' }),
  'interactive-button-reply': said(
    'INTERACTIVEBUT',
    { type: 'choice', v: 1, id: 'yes', title: 'Yes, please' },
    { replyTo: 'wamid.asked' },
  ),
  'interactive-list-reply': said('INTERACTIVELIS', {
    type: 'choice',
    v: 1,
    id: 'maths',
    title: 'Maths',
    description: 'Primary to A-level',
  }),
  'interactive-nfm-reply': said('INTERACTIVENFM', {
    type: 'form',
    v: 1,
    name: 'flow',
    body: 'Sent',
    response: '{"flow_token":"t1","level":"P5"}',
  }),
  'interactive-nfm-reply-broken': said('INTERACTIVENFM', {
    type: 'form',
    v: 1,
    name: 'address_message',
    response: '{"city":',
  }),
  'interactive-call-permission-reply': said('INTERACTIVECAL', {
    type: 'form',
    v: 1,
    name: 'call_permission_reply',
    response:
      '{"response":"accept","is_permanent":false,"expiration_timestamp":1764200000,"response_source":"user_action"}',
  }),
  'request-welcome': [
    { kind: 'channel_notice', route: number, notice: 'other', name: 'request_welcome', person: dana, data: {}, at },
  ],
  order: said('ORDER', {
    type: 'order',
    v: 1,
    catalogId: '600',
    text: 'For two children',
    items: [
      { productId: 'trial', quantity: 2, price: 25.5, currency: 'MYR' },
      { productId: 'book', quantity: 1, price: 10, currency: 'MYR' },
    ],
  }),
  unsupported: said('UNSUPPORTED', {
    type: 'unsupported',
    v: 1,
    what: 'poll_creation',
    raw: {
      from: '12025550123',
      from_user_id: 'US.700000000000000001',
      id: 'wamid.HBgLMUNSUPPORTED=',
      timestamp: '1763600000',
      type: 'unsupported',
      errors: [{ code: 131051, title: 'Message type unknown' }],
      unsupported: { type: 'poll_creation' },
    },
  }),
  'unknown-type': said('UNKNOWNTYPE', {
    type: 'unsupported',
    v: 1,
    what: 'hologram',
    raw: {
      from: '12025550123',
      from_user_id: 'US.700000000000000001',
      id: 'wamid.HBgLMUNKNOWNTYPE=',
      timestamp: '1763600000',
      type: 'hologram',
      hologram: { id: '1' },
    },
  }),
  referral: said('REFERRAL', text('I saw your ad'), {
    referral: {
      source_url: 'https://fb.example/ad',
      source_id: '77',
      source_type: 'ad',
      headline: 'Tutors nearby',
      ctwa_clid: 'clid',
    },
  }),
  reply: said('REPLY', text('This one'), { replyTo: 'wamid.quoted' }),
  forwarded: said('FORWARDED', text('Passed on'), { forwarded: true }),
  'frequently-forwarded': said('FREQUENTLYFORW', text('Passed on and on'), { forwarded: true }),
  'product-enquiry': said('PRODUCTENQUIRY', text('Is this still on?'), {
    replyTo: 'wamid.product',
    referral: { referred_product: { catalog_id: '600', product_retailer_id: 'trial' } },
  }),
  'group-message': said('GROUPMESSAGE', text('Hi all'), { threadKey: 'group:Y2FwaV9ncm91cA==' }),
  reaction: [update('wamid.ours', at, { type: 'reaction', person: dana, emoji: '👍' })],
  'reaction-removed': [update('wamid.ours', at, { type: 'reaction', person: dana, emoji: null })],
  'reaction-removed-empty': [update('wamid.ours', at, { type: 'reaction', person: dana, emoji: null })],
  edit: [update('wamid.first', at, { type: 'edit', content: text('Tuesday, not Monday') })],
  revoke: [update('wamid.first', at, { type: 'revoke' })],
  'batch-of-two-numbers': [
    ...said('', text('one'), {
      externalId: 'wamid.b1',
      person: { keys: [{ type: 'phone', value: '+12025550125' }], name: 'First' },
    }),
    { kind: 'ignored', route: number, why: 'a message that is nothing, not an object' },
    ...said('', text('two'), {
      externalId: 'wamid.b2',
      person: { keys: [{ type: 'phone', value: '+12025550126' }], name: 'Second' },
      sentAt: 1_763_600_001_000,
    }),
    { kind: 'ignored', route: number, why: 'a message without a usable id' },
    { kind: 'ignored', route: {}, why: 'an entry that is no object' },
    ...said('', text('elsewhere'), {
      route: { address: '100200301' },
      externalId: 'wamid.b3',
      person: { keys: [{ type: 'phone', value: '+12025550127' }] },
      sentAt: 1_763_600_002_000,
    }),
    { ...update('wamid.s1', 1_763_600_003_000, { type: 'status', state: 'sent' }), route: { address: '100200301' } },
    { kind: 'ignored', route: { address: '100200301' }, why: 'messages is no list' },
  ],
};

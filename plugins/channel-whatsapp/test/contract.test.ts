import { createHmac } from 'node:crypto';
import { channelContract } from '@tims/testing';
import whatsapp from '../src/index.js';
import { fixtures } from './fixtures.js';

const goodSettings = { phoneNumberId: '100200300', businessAccountId: '203040506070', accessToken: 'token' };

channelContract(whatsapp, {
  fixtures,
  secret: 'app-secret',
  signed: (body, secret) => ({
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` },
    body: Buffer.from(body),
  }),
  goodSettings,
  badSettings: {
    'no phone number id': { accessToken: 'token' },
    'the number instead of its id': { ...goodSettings, phoneNumberId: '+1 202 555 0100' },
    'no access token': { phoneNumberId: '100200300' },
    'an empty access token': { ...goodSettings, accessToken: '' },
    'an unknown setting': { ...goodSettings, acessToken: 'typo' },
  },
  persons: {
    good: ['+12025550123', '+60 12-345 6789', 'MY.800000000000000002'],
    bad: ['', 'Dana', '12025550123', 'dana@example.org'],
  },
});

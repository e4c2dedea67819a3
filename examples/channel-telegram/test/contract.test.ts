import { readFileSync } from 'node:fs';
import { channelContract } from '@tims/testing';
import { expect, test } from 'vitest';
import telegram from '../src/index.js';
import { fixtures } from './fixtures.js';
import { botToken, secretToken } from './stage.js';

channelContract(telegram, {
  fixtures,
  secret: secretToken,
  // Every request carries the same secret token, whatever its body.
  signatureHoldsFor: 'nothing',
  signed: (body, secret) => ({
    headers: { 'x-telegram-bot-api-secret-token': secret },
    body: Buffer.from(body),
  }),
  goodSettings: { botToken, secretToken },
  badSettings: {
    'no bot token': { secretToken },
    'a bot token without the id': { botToken: 'simulated-telegram-bot-token', secretToken },
    'no secret token': { botToken },
    'a secret token that is quickly guessed': { botToken, secretToken: '1234' },
    'a secret token that Telegram refuses': { botToken, secretToken: 'with a space in the middle' },
    'an unknown setting': { botToken, secretToken, webhook: 'https://example.com' },
  },
  persons: {
    good: ['700100200', '7'],
    bad: ['', '0', '@aisyah_r', '+60123456789', '-1001234567890', '700 100 200', '9999999999999999', 'Aisyah'],
  },
});

test('the whole channel is a page: at most 150 lines', () => {
  const lines = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.length).toBeLessThanOrEqual(150);
});

import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { handshake, verify } from '../src/verify.js';

const body = Buffer.from('{"object":"whatsapp_business_account","note":"caf\\u00e9"}');
const request = (signature: string | undefined, bytes = body) => ({
  headers: { 'x-hub-signature-256': signature },
  body: bytes,
});

describe('signature', () => {
  // Computed once with `openssl dgst -sha256 -hmac`.
  const vectors = [
    {
      secret: 'app-secret',
      signature: '6a0522c2a30aae3a6fa1111caf3a229b7cfae3e526507a700a854853bcd0d837',
      bytes: body,
    },
    {
      secret: 'app-secret',
      signature: 'f685db4c946698bf105ff5b62e30bc1f78216f3914b12bb750f8992aa6748824',
      bytes: Buffer.alloc(0),
    },
    {
      secret: 'clé',
      signature: '178dde363f2f086d5cac7e3c5635679fb34990c8067162126ac2d0c2b2ab247f',
      bytes: Buffer.from([0xff, 0x00, 0x80]),
    },
  ];

  test.each(vectors)('holds for known bytes and secret %#', ({ secret, signature, bytes }) => {
    expect(verify(request(`sha256=${signature}`, bytes), secret)).toBe(true);
    expect(verify(request(`sha256=${signature.toUpperCase()}`, bytes), secret)).toBe(true);
    expect(verify(request(`sha256=${signature}`, Buffer.concat([bytes, Buffer.from(' ')])), secret)).toBe(false);
  });

  const right = createHmac('sha256', 's').update(body).digest('hex');
  test.each([
    undefined,
    '',
    right,
    `sha1=${right.slice(0, 40)}`,
    `sha256=${right.slice(0, 63)}`,
    `sha256=${right}0`,
    ` sha256=${right}`,
    `sha256=${right.slice(0, 63)}g`,
    `sha256=${'é'.repeat(64)}`,
  ])('is refused when malformed: %j', (signature) => {
    expect(verify(request(signature), 's')).toBe(false);
  });

  test('of an empty secret is refused', () => {
    const forged = createHmac('sha256', '').update(body).digest('hex');
    expect(verify(request(`sha256=${forged}`), '')).toBe(false);
  });
});

describe('handshake', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'open sesame' };

  test('answers the bare challenge', () => {
    expect(handshake(query, { verifyToken: 'open sesame' })).toEqual({ status: 200, body: '1158201444' });
  });

  test.each([
    ['a wrong token', { ...query, 'hub.verify_token': 'open' }, { verifyToken: 'open sesame' }],
    ['no token', { ...query, 'hub.verify_token': undefined }, { verifyToken: 'open sesame' }],
    ['no token set here', query, {}],
    ['an empty token on both sides', { ...query, 'hub.verify_token': '' }, { verifyToken: '' }],
    ['another mode', { ...query, 'hub.mode': 'unsubscribe' }, { verifyToken: 'open sesame' }],
    ['no challenge', { ...query, 'hub.challenge': undefined }, { verifyToken: 'open sesame' }],
  ])('refuses %s', (_, given, settings) => {
    expect(handshake(given, settings).status).toBe(403);
  });
});

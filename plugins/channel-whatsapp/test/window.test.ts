import { expect, test } from 'vitest';
import whatsapp from '../src/index.js';

const hour = 60 * 60 * 1000;
const now = Date.UTC(2025, 10, 20, 12);

test.each([
  ['just now', now, now + 24 * hour],
  ['23 h 59 min ago', now - 24 * hour + 60_000, now + 60_000],
  ['a millisecond before the end', now - 24 * hour + 1, now + 1],
  ['ahead of our clock: not longer than from now on', now + hour, now + 24 * hour],
])('open: the customer wrote %s', (_, lastInboundAt, windowEndsAt) => {
  expect(whatsapp.canSend({ lastInboundAt, now, channelActive: true })).toEqual({
    allowed: ['text'],
    reason: null,
    windowEndsAt,
  });
});

test.each([
  ['exactly 24 hours ago', now - 24 * hour],
  ['a month ago', now - 30 * 24 * hour],
  ['never', null],
])('closed: the customer wrote %s', (_, lastInboundAt) => {
  expect(whatsapp.canSend({ lastInboundAt, now, channelActive: true })).toEqual({
    allowed: [],
    reason: expect.stringContaining('only templates'),
    windowEndsAt: null,
  });
});

test('nothing is sent on a channel that is switched off', () => {
  expect(whatsapp.canSend({ lastInboundAt: now, now, channelActive: false })).toEqual({
    allowed: [],
    reason: expect.stringContaining('switched off'),
    windowEndsAt: null,
  });
});

import { createChannel } from '@tims/core';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newChannel } from '../access/made.js';
import { openStage, type Stage } from '../stage/index.js';

let stage: Stage;
const shared = '/api/webhook/whatsapp';

beforeAll(async () => {
  stage = await openStage(await openSqlite());
});
afterAll(() => stage.close());

describe('the provider’s challenge', () => {
  const ask = (path: string, token: string, mode = 'subscribe') =>
    stage.call(
      'GET',
      `${path}?hub.mode=${mode}&hub.verify_token=${encodeURIComponent(token)}&hub.challenge=1158201444`,
    );

  it('is answered as it came to whoever knows the verify token', async () => {
    const answer = await ask(shared, 'verify');
    expect([answer.status, answer.text]).toEqual([200, '1158201444']);
    expect(answer.headers['content-type']).toContain('text/plain');
  });

  it('is refused otherwise', async () => {
    const answers = [
      await ask(shared, 'another'),
      await ask(shared, ''),
      await ask(shared, 'verify', 'unsubscribe'),
      await stage.call('GET', shared),
      await stage.call(
        'GET',
        `${shared}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify&hub.verify_token=verify`,
      ),
    ];
    expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual(answers.map(() => '403 Forbidden'));
    expect((await ask('/api/webhook/telegram', 'verify')).status).toBe(404);
    expect((await ask(`${shared}/${stage.tims.channelId}`, 'verify')).status).toBe(403);
  });

  it('at a channel’s own path wants the channel’s own token', async () => {
    const { installation, admin, teamId } = stage.tims;
    const input = newChannel(teamId, { appSecret: 'own secret', verifyToken: 'own token' });
    const channel = await createChannel(installation, admin, input);
    expect((await ask(channel.webhookPath, 'own token')).text).toBe('1158201444');
    expect((await ask(channel.webhookPath, 'verify')).status).toBe(403);
  });
});

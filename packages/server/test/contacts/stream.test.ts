import { createChannel } from '@tims/core';
import { forEachDatabase, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Person, type Stage } from '../stage/index.js';

interface Said {
  id: string;
  content: { text: string };
  displayAt: string;
  conversationId: string;
  channel: { id: string; kind: string; name: string };
}

forEachDatabase('the stream of a contact', (open) => {
  let stage: Stage;
  let agent: Person;
  let contactId: string;
  let elsewhere: string;
  const from = '60123456001';

  beforeAll(async () => {
    stage = await openStage(await open());
    const { tims, call, admin: as } = stage;
    agent = await addPerson(tims, 'agent', [tims.teamId]);
    const channel = await createChannel(
      tims.installation,
      { ...tims.admin, operator: true },
      {
        kind: 'whatsapp',
        name: 'Second number',
        defaultTeamId: tims.teamId,
        config: { phoneNumberId: '106540359000001', businessAccountId: '1', accessToken: 'token' },
        verify: false,
      },
    );
    elsewhere = channel.id;
    const identities = [tims.channelId, channel.id].map((channelId) => ({ channelId, address: `+${from}` }));
    contactId = (await call('POST', '/api/contacts', { as, body: { name: 'Mei', identities } })).body.id;
    const start = Math.floor(Date.now() / 1_000) - 3_600;
    // Turn and turn about on both numbers, and twice in one second.
    for (let i = 0; i < 12; i++) {
      const phoneNumberId = i % 3 === 0 ? '106540359000001' : tims.phoneNumberId;
      await tims.receive(textWebhook({ phoneNumberId, from, text: `${i}`, at: start + Math.floor(i / 2) }));
    }
    const { body } = await call('GET', `/api/contacts/${contactId}/conversations`, { as });
    const own = body.data.find((one: { channel: { id: string } }) => one.channel.id === tims.channelId);
    await call('POST', `/api/conversations/${own.id}/assign`, { as, body: { assigneeId: agent.actor.id } });
  });
  afterAll(() => stage.close());

  const read = async (query: string, as: Person) => {
    const { status, body, text } = await stage.call('GET', `/api/contacts/${contactId}/stream?${query}`, { as });
    expect(status, text).toBe(200);
    return body as { data: Said[]; nextCursor: string | null };
  };
  const whole = async (limit: number, as: Person) => {
    const said: Said[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await read(`limit=${limit}${cursor && `&cursor=${cursor}`}`, as);
      said.push(...page.data);
      cursor = page.nextCursor;
    }
    return said;
  };

  it('is everything that was said over all channels, the newest first, and says where', async () => {
    const { data } = await read('', stage.admin);
    expect(data.map((one) => Number(one.content.text)).sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
    const order = data.map(({ displayAt, id }) => `${displayAt} ${id}`);
    expect(order).toEqual([...order].sort().reverse());
    expect(new Set(data.map(({ channel }) => channel.name))).toEqual(new Set(['Shared number', 'Second number']));
    expect(new Set(data.map(({ conversationId }) => conversationId)).size).toBe(2);
    for (const limit of [1, 5, 12]) expect(await whole(limit, stage.admin)).toEqual(data);
  });

  it('is of the conversations that the caller sees whole', async () => {
    const own = await whole(3, agent);
    expect(own).toHaveLength(8);
    expect(own.every(({ channel }) => channel.id !== elsewhere)).toBe(true);
    const { body } = await stage.call('GET', `/api/contacts/${contactId}/conversations`, { as: agent });
    // The other one waits in the agent's queue, of which a preview is shown.
    expect(body.data).toHaveLength(2);
    const stranger = await addPerson(stage.tims, 'agent', [stage.tims.teamId]);
    for (const path of ['stream', 'conversations']) {
      const answer = await stage.call('GET', `/api/contacts/${contactId}/${path}`, { as: stranger });
      expect(answer.status).toBe(404);
      expect((await stage.call('GET', `/api/contacts/${contactId}/${path}`, { as: stage.stranger })).status).toBe(404);
    }
  });

  it('is written down as looked at', async () => {
    await read('', agent);
    await stage.tims.installation.accessLog.flush();
    const { body } = await stage.call('GET', '/api/activities?action=contacts.stream', { as: stage.admin });
    expect(body.data[0]).toMatchObject({ entityId: contactId });
  });

  it('holds together however many conversations there are', async () => {
    const { writer, dialect } = stage.tims.installation.storage;
    const model = await writer('conversations').where('contact_id', contactId).first();
    const { key: _key, ...message } = await writer('messages').where('conversation_id', model.id).first();
    const id = (kind: string, i: number) => `${kind}_${String(i).padStart(26, '0')}`;
    const times = Array.from({ length: 100 }, (_, i) => 1_700_000_000_000 + i * 1_000);
    const conversations = times.map((at, i) => ({
      ...model,
      id: id('cnv', i),
      active_key: null,
      last_message_at: at,
      last_activity_at: at,
      last_message_id: id('msg', i),
    }));
    const messages = times.map((at, i) => ({
      ...message,
      id: id('msg', i),
      external_id: `old.${i}`,
      conversation_id: id('cnv', i),
      display_at: at,
      content: JSON.stringify({ type: 'text', v: 1, text: `old ${i}` }),
    }));
    await dialect.bulkInsert(writer, 'conversations', conversations);
    await dialect.bulkInsert(writer, 'messages', messages);
    const said = await whole(30, stage.admin);
    expect(said).toHaveLength(112);
    expect(said.slice(12).map((one) => one.content.text)).toEqual(
      Array.from({ length: 100 }, (_, i) => `old ${99 - i}`),
    );
  });
});

import { createChannelDirectory, readEvents } from '@tims/core';
import { forEachDatabase, startTestServer, type TestServer, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newChannel } from '../access/made.js';
import { addPerson, callerOf, newPhone, type Person, personOf, until } from '../stage/index.js';

forEachDatabase('changing a channel', (open) => {
  let server: TestServer;
  let admin: Person;
  let channelId: string;
  let phoneNumberId: string;
  const token = 'simulated-access-token';

  beforeAll(async () => {
    server = await startTestServer(await open());
    admin = await personOf(server.tims.installation, server.tims.admin, server.tims.adminEmail);
  });
  afterAll(() => server.close());

  const call = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, as = admin) =>
    callerOf(server.app)(method, `/api/${path}`, { as, body });
  const change = (body: object, as?: Person) => call('PATCH', `channels/${channelId}`, body, as);
  const settings = async () => (await server.tims.installation.channels.byId(channelId))?.settings;
  const atMeta = (id: string) =>
    server.simulator.registerNumber({
      phoneNumberId: id,
      displayPhoneNumber: '+60123456780',
      businessAccountId: '102290129340398',
      webhookUrl: `${server.url}/api/webhook/whatsapp`,
      appSecret: 'of no use here',
    });
  const write = (text: string, number = phoneNumberId) =>
    server.tims.receive(textWebhook({ phoneNumberId: number, from: newPhone(), text }));
  const newest = async () => (await call('GET', 'conversations?limit=1')).body.data[0];

  beforeEach(async () => {
    const { verify: _asked, ...input } = newChannel(server.tims.teamId, { accessToken: token });
    ({ phoneNumberId } = input.config);
    await atMeta(phoneNumberId);
    const made = await call('POST', 'channels', input);
    expect(made.status).toBe(201);
    channelId = made.body.id;
  });

  it('changes its name and its team, for the next message that comes in', async () => {
    const tx = await server.tims.addTeam(`t${channelId.slice(-20)}`);
    await write('Before');
    expect(await newest()).toMatchObject({ teamId: server.tims.teamId });
    const changed = await change({ name: 'Tutors', defaultTeamId: tx });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Tutors', defaultTeamId: tx, version: 2 } });
    expect((await call('GET', `channels/${channelId}`)).body).toEqual(changed.body);
    await write('After');
    expect(await newest()).toMatchObject({ teamId: tx, channel: { id: channelId, name: 'Tutors' } });
    expect((await change({ name: 'Tutors' })).body.version).toBe(2);
  });

  it('tells who changed what, and no value of a setting', async () => {
    await change({ name: 'Told', config: { verifyToken: 'shh-1234', displayPhoneNumber: '+60 12' } });
    await change({ name: 'Told' });
    const { installation, organization } = server.tims;
    const events = await readEvents(installation.storage.reader, organization, 0, 10_000);
    const told = events.filter(({ entityId, type }) => entityId === channelId && type === 'channel.updated');
    expect(told).toMatchObject([
      {
        entityVersion: 2,
        changes: { changed: ['name', 'config'], settings: ['displayPhoneNumber', 'verifyToken'] },
      },
    ]);
    const { data } = (await call('GET', 'activities?limit=1')).body;
    expect(data[0]).toMatchObject({ action: 'channels.update', entityId: channelId, actor: { id: admin.actor.id } });
    expect(JSON.stringify([told, data])).not.toMatch(/shh-1234|\+60 12/);
  });

  it('keeps what is left out, secrets too, and takes away what is null', async () => {
    const changed = await change({ config: { appSecret: 'own secret', displayPhoneNumber: '+60 12-345' } });
    expect(changed.body).toMatchObject({
      config: { phoneNumberId, displayPhoneNumber: '+60 12-345' },
      secrets: ['accessToken', 'appSecret'],
    });
    expect(changed.text).not.toMatch(/own secret|simulated-access-token/);
    expect(await settings()).toMatchObject({ accessToken: token, appSecret: 'own secret' });
    expect((await change({ config: { businessAccountId: '102290129340398' } })).body.account).toBe('102290129340398');
    const taken = await change({ config: { appSecret: null, displayPhoneNumber: null, businessAccountId: null } });
    expect(taken.body).toMatchObject({ config: { phoneNumberId }, secrets: ['accessToken'], account: null });
    expect(await settings()).toEqual({ phoneNumberId, accessToken: token });
  });

  it('checks all of the settings together as at the beginning, and asks the provider', async () => {
    const refused: [object, string, RegExp][] = [
      [{ accessToken: null }, 'channel_settings_invalid', /accessToken/],
      [{ accessToken: 42 }, 'channel_settings_invalid', /accessToken/],
      [{ fone: 'x' }, 'channel_settings_invalid', /no setting "fone"/],
      [{ phoneNumberId: 'letters' }, 'channel_settings_invalid', /phoneNumberId/],
      [{ accessToken: 'wrong-secret' }, 'channel_credentials_refused', /190/],
      [{ phoneNumberId: '404' }, 'channel_credentials_refused', /WhatsApp says/],
    ];
    for (const [config, code, detail] of refused) {
      const answer = await change({ name: 'Never', config });
      expect(answer).toMatchObject({ status: 422, body: { code } });
      expect(answer.body.detail).toMatch(detail);
      expect(answer.text).not.toContain('wrong-secret');
    }
    expect((await call('GET', `channels/${channelId}`)).body).toMatchObject({ name: 'Another number', version: 1 });
    expect((await settings())?.accessToken).toBe(token);
  });

  it('asks the provider where no setting changes only when told to', async () => {
    await change({ config: { accessToken: 'not-checked' }, verify: false });
    expect((await change({ name: 'Called otherwise', config: { accessToken: 'not-checked' } })).status).toBe(200);
    expect((await change({ verify: true })).body.code).toBe('channel_credentials_refused');
    expect((await change({ config: { accessToken: token } })).status).toBe(200);
    expect((await change({ verify: true })).status).toBe(200);
  });

  it('is confirmed by the provider unless an operator of the installation says otherwise', async () => {
    const local = await addPerson(server.tims, 'admin', []);
    expect((await change({ config: { accessToken: 'taken unasked' }, verify: false }, local)).status).toBe(403);
    expect((await change({ config: { verifyToken: 'asked' } }, local)).status).toBe(200);
    const missing = `channels/${channelId.slice(0, -4)}0000`;
    expect((await call('PATCH', missing, { config: { verifyToken: 'x' } })).status).toBe(404);
    expect((await change({ defaultTeamId: `tem_${channelId.slice(4)}` })).status).toBe(404);
    for (const body of [{}, { active: false }, { kind: 'x' }, { name: '' }, { config: [] }]) {
      expect((await change(body)).status).toBe(400);
    }
  });

  it('moves to another number of its own, and to nobody else’s', async () => {
    const { phoneNumberId: other } = server.tims;
    const taken = await change({ config: { phoneNumberId: other } });
    expect(taken).toMatchObject({ status: 409, body: { code: 'channel_exists' } });
    const next = `7${phoneNumberId}`;
    await atMeta(next);
    expect((await change({ config: { phoneNumberId: next } })).body).toMatchObject({ address: next, version: 2 });
    await write('To the new number', next);
    expect(await newest()).toMatchObject({ channel: { id: channelId } });
    const before = (await newest()).id;
    await write('To the old one');
    expect((await newest()).id).toBe(before);
  });

  it('loses none of the changes that many make at the same time', async () => {
    const changes: Record<string, string>[] = [
      { displayPhoneNumber: '+60 1' },
      { businessAccountId: '1022' },
      { verifyToken: 'token' },
      { appSecret: 'secret' },
    ];
    const names = ['One', 'Two', 'Three'].map((name) => change({ name }));
    const answers = await Promise.all(changes.map((config) => change({ config })));
    const named = await Promise.all(names);
    expect(named.map(({ status }) => status)).toEqual([200, 200, 200]);
    const won = changes.filter((_config, at) => answers[at]?.status === 200);
    expect(won.length).toBeGreaterThan(0);
    for (const { status, body } of answers) if (status !== 200) expect(body.code).toBe('conflict');
    expect(await settings()).toMatchObject(Object.assign({}, ...won));
    const { version } = (await call('GET', `channels/${channelId}`)).body;
    expect(version).toBe(1 + won.length + named.length);
  });

  it('refuses a change of what was read before somebody else’s', async () => {
    expect((await change({ name: 'First', version: 1 })).status).toBe(200);
    const late = await change({ name: 'Late', version: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict', version: 2 } });
    expect((await call('GET', `channels/${channelId}`)).body.name).toBe('First');
  });

  it('is known to other servers within seconds', async () => {
    const elsewhere = createChannelDirectory(server.tims.installation);
    expect((await elsewhere.byId(channelId))?.name).toBe('Another number');
    await change({ name: 'Known', config: { verifyToken: 'new' } });
    await until(async () => (await elsewhere.byId(channelId))?.name === 'Known');
    expect((await elsewhere.byId(channelId))?.settings.verifyToken).toBe('new');
  });

  it('and which settings there are is told without reading the plugin', async () => {
    const { data } = (await call('GET', 'channel-kinds')).body;
    expect(data).toMatchObject([{ kind: 'whatsapp', title: 'WhatsApp', webhookPath: '/api/webhook/whatsapp' }]);
    expect(data[0].settings[0]).toEqual({
      name: 'phoneNumberId',
      title: 'Phone number ID',
      description: expect.stringContaining('not the number itself'),
      required: true,
      secret: false,
      schema: { type: 'string', pattern: '^[0-9]{1,32}$' },
    });
    expect(data[0].settings).toContainEqual(
      expect.objectContaining({ name: 'appSecret', required: false, secret: true }),
    );
  });
});

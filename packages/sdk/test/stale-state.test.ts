import { forEachDatabase, newWamid, startTestServer, type TestInstallation, type TestServer } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Follower, follow } from './follower.js';
import { until } from './until.js';

/**
 * The promise: whatever happens, a store that follows the events shows what a fresh look would show. For an
 * administrator, who sees everything, and for an agent, whose sight comes and goes.
 */
forEachDatabase('a store that follows the events', (open) => {
  let server: TestServer;
  let admin: Follower;
  let agent: Follower;
  let agentId: string;
  let colleague: TestInstallation['admin'];
  let otherTeam: string;
  /** One that both have open from the start. */
  let id: string;
  const firstWamid = newWamid();

  const post = async (phone: string, name: string, told: { text: string } | { message: Record<string, unknown> }) => {
    await server.simulator.write({ phoneNumberId: server.tims.phoneNumberId, from: { phone, name }, ...told });
    await server.simulator.idle();
  };
  const write = (phone: string, text: string, name = 'Aisyah') => post(phone, name, { text });
  const react = (wamid: string, emoji: string) =>
    post('60123456701', 'Aisyah', { message: { type: 'reaction', reaction: { message_id: wamid, emoji } } });
  const conversationOf = async (from: string) => {
    const { data } = await admin.tims.conversations.list();
    const people = await Promise.all(data.map(({ contact }) => admin.tims.contacts.get({ id: contact.id })));
    const index = people.findIndex(({ identities }) =>
      identities.some(({ keys }) => keys.some(({ value }) => value.includes(from))),
    );
    return data[index]?.id ?? '';
  };
  const bothFresh = async () => {
    await admin.expectFresh();
    await agent.expectFresh();
  };

  beforeAll(async () => {
    server = await startTestServer(await open());
    const { tims } = server;
    otherTeam = await tims.addTeam('tx');
    const actor = await tims.addUser('agent', [tims.teamId]);
    agentId = actor.id;
    colleague = await tims.addUser('agent', [tims.teamId]);
    await post('60123456701', 'Aisyah', { message: { id: firstWamid, type: 'text', text: { body: 'Hello' } } });
    const everywhere = [
      {},
      { status: 'queued' },
      { status: 'assigned' },
      { lifecycle: 'closed' },
      { assigneeId: agentId },
      { teamId: otherTeam },
      { unread: true },
      { unread: false, lifecycle: 'open' },
      { channelId: tims.channelId },
    ] as const;
    admin = await follow(server, tims.admin, everywhere);
    agent = await follow(server, actor, [{}, { status: 'queued' }, { assigneeId: agentId }, { lifecycle: 'closed' }]);
    id = await conversationOf('60123456701');
    await admin.store.open(id);
    await agent.store.open(id);
  });
  afterAll(async () => {
    admin?.close();
    agent?.close();
    await server?.close();
  });

  it('begins equal', async () => {
    expect(agent.store.opened(id)?.preview).toBe(true);
    await bothFresh();
  });

  it('a message comes in', async () => {
    await write('60123456701', 'Are you there?');
    await bothFresh();
    expect(admin.store.opened(id)?.messages).toHaveLength(2);
  });

  it('somebody else writes for the first time', async () => {
    await write('60123456702', 'Good morning');
    await bothFresh();
    expect(admin.store.list({ status: 'queued' })?.conversations).toHaveLength(2);
  });

  it('the customer is called otherwise', async () => {
    await write('60123456701', 'It is me', 'Aisyah binti Ali');
    await bothFresh();
    expect(admin.store.opened(id)?.conversation.contact.name).toBe('Aisyah binti Ali');
  });

  it('more messages come than a preview shows', async () => {
    await write('60123456701', 'one');
    await write('60123456701', 'two');
    await bothFresh();
    expect(agent.store.opened(id)?.messages).toHaveLength(3);
  });

  it('the agent takes it: the preview becomes the whole conversation', async () => {
    const taken = await agent.tims.conversations.take({ id });
    agent.store.put(taken);
    await bothFresh();
    expect(agent.store.opened(id)).toMatchObject({ preview: false, conversation: { assigneeId: agentId } });
    expect(agent.store.opened(id)?.messages.length).toBeGreaterThan(3);
  });

  it('the agent reads it', async () => {
    await agent.tims.conversations.read({ id });
    await bothFresh();
    expect(admin.store.list({ unread: true })?.conversations.map((one) => one.id)).not.toContain(id);
  });

  it('the agent replies, and the reply is delivered and read', async () => {
    await agent.tims.messages.send({ conversationId: id, text: 'How can I help?' });
    await until(async () => (await admin.tims.conversations.get({ id })).messages.at(-1)?.state === 'read');
    await bothFresh();
    expect(agent.store.opened(id)?.messages.at(-1)?.state).toBe('read');
  });

  it('a reply fails', async () => {
    await server.simulator.customer({ phone: '60123456701', behaviour: 'blocked' });
    const sent = await agent.tims.messages.send({ conversationId: id, text: 'And now?' });
    await until(async () => (await admin.tims.messages.list({ ids: sent.id })).data[0]?.state === 'failed');
    await bothFresh();
    expect(agent.store.opened(id)?.messages.at(-1)?.error).not.toBeNull();
    await server.simulator.customer({ phone: '60123456701', behaviour: 'reads' });
  });

  it('the customer reacts, and takes the reaction back', async () => {
    await react(firstWamid, '👍');
    await bothFresh();
    const first = () => admin.store.opened(id)?.messages[0];
    expect(first()?.reactions).toHaveLength(1);
    await react(firstWamid, '');
    await bothFresh();
    expect(first()?.reactions).toHaveLength(0);
  });

  it('it is given to a colleague: the agent loses sight of it', async () => {
    await admin.tims.conversations.assign({ id, assigneeId: colleague.id });
    await bothFresh();
    expect(agent.store.opened(id)).toBeUndefined();
    expect(agent.store.list()?.conversations.map((one) => one.id)).not.toContain(id);
  });

  it('nothing of it comes to the agent while it is out of sight', async () => {
    await write('60123456701', 'Hello?');
    await bothFresh();
  });

  it('it is given to the agent: it comes into sight', async () => {
    await admin.tims.conversations.assign({ id, assigneeId: agentId });
    await bothFresh();
    await agent.store.open(id);
    await bothFresh();
    expect(agent.store.list({ assigneeId: agentId })?.conversations.map((one) => one.id)).toEqual([id]);
  });

  it('it goes back to the queue: the whole conversation becomes a preview', async () => {
    await agent.tims.conversations.assign({ id, assigneeId: null });
    await bothFresh();
    expect(agent.store.opened(id)).toMatchObject({ preview: true });
    expect(agent.store.opened(id)?.messages).toHaveLength(3);
  });

  it('it goes to another team and comes back', async () => {
    await admin.tims.conversations.assign({ id, teamId: otherTeam });
    await bothFresh();
    expect(admin.store.list({ teamId: otherTeam })?.conversations.map((one) => one.id)).toEqual([id]);
    expect(agent.store.list()?.conversations.map((one) => one.id)).not.toContain(id);
    await admin.tims.conversations.assign({ id, teamId: server.tims.teamId });
    await bothFresh();
    expect(agent.store.list()?.conversations.map((one) => one.id)).toContain(id);
  });

  it('a colleague takes one that the agent had as a preview', async () => {
    const other = await conversationOf('60123456702');
    await agent.store.open(other);
    await admin.tims.conversations.assign({ id: other, assigneeId: colleague.id });
    await bothFresh();
    expect(agent.store.opened(other)).toBeUndefined();
  });

  it('it is closed', async () => {
    await admin.tims.conversations.take({ id });
    await bothFresh();
    await admin.tims.conversations.close({ id, reason: 'resolved' });
    await bothFresh();
    expect(admin.store.list({ lifecycle: 'closed' })?.conversations.map((one) => one.id)).toEqual([id]);
  });

  it('it is opened again', async () => {
    await admin.tims.conversations.reopen({ id });
    await bothFresh();
  });

  it('it is closed, and the customer writes again', async () => {
    await admin.tims.conversations.close({ id, reason: 'resolved' });
    await write('60123456701', 'One more thing');
    await bothFresh();
    expect(admin.store.opened(id)?.conversation.lifecycle).toBe('open');
  });

  it('a conversation is started from here', async () => {
    await write('60123456703', 'Hi');
    const started = await conversationOf('60123456703');
    await admin.tims.conversations.close({ id: started, reason: 'resolved' });
    await admin.tims.messages.send({ channelId: server.tims.channelId, to: '+60123456703', text: 'We are back' });
    await server.simulator.idle();
    await bothFresh();
  });

  it('everything happens while the connection is away', async () => {
    admin.cut();
    agent.cut();
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => write(`6012345${6800 + (index % 10)}`, `Message ${index}`)),
    );
    await admin.tims.conversations.assign({ id, assigneeId: agentId });
    await bothFresh();
    await until(() => admin.live.state === 'live');
    await bothFresh();
  });

  it('everything happens at once', async () => {
    const queued = admin.store.list({ status: 'queued' })?.conversations.map((one) => one.id) ?? [];
    expect(queued.length).toBeGreaterThan(5);
    await Promise.allSettled([
      ...Array.from({ length: 40 }, (_, index) => write(`6012345${6800 + (index % 13)}`, `Again ${index}`)),
      ...queued.slice(0, 3).map((one) => admin.tims.conversations.close({ id: one, reason: 'spam' })),
      ...queued.slice(3, 6).map((one) => agent.tims.conversations.take({ id: one })),
      ...queued.slice(5, 8).map((one) => admin.tims.conversations.assign({ id: one, assigneeId: colleague.id })),
      agent.tims.messages.send({ conversationId: id, text: 'In the middle of it' }),
    ]);
    await server.simulator.idle();
    await bothFresh();
  });
});

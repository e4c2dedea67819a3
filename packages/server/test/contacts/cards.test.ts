import { updateSettings } from '@tims/core';
import { forEachDatabase, textWebhook } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, conversationAt, newPhone, openStage, type Person, type Stage } from '../stage/index.js';

forEachDatabase('a contact', (open) => {
  let stage: Stage;
  let [agent, manager]: Person[] = [];
  let tx: string;
  beforeAll(async () => {
    stage = await openStage(await open());
    tx = await stage.tims.addTeam('tx');
    [agent, manager] = await Promise.all([
      addPerson(stage.tims, 'agent', [stage.tims.teamId]),
      addPerson(stage.tims, 'manager', [stage.tims.teamId]),
    ]);
  });
  afterAll(() => stage.close());

  const post = (body: object, as: Person = stage.admin) => stage.call('POST', '/api/contacts', { as, body });
  const patch = (id: string, body: object, as: Person = stage.admin) =>
    stage.call('PATCH', `/api/contacts/${id}`, { as, body });

  it('is written down before it writes, and a conversation with it is started at its address', async () => {
    const address = `+${newPhone()}`;
    const { channelId } = stage.tims;
    const made = await post({ name: '  Mei Ling ', kind: 'tutor', identities: [{ channelId, address }] });
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'Mei Ling',
        kind: 'tutor',
        identities: [{ keys: [{ type: 'phone', value: address }] }],
        version: 1,
      },
    });
    // Without a word of hers no text may be said; who it would be said to is known all the same.
    const sent = await stage.call('POST', '/api/messages', {
      as: stage.admin,
      body: { channelId, to: address, text: 'Hello' },
    });
    expect(sent.body.code).toBe('window_closed');
    await stage.tims.receive(textWebhook({ phoneNumberId: stage.tims.phoneNumberId, from: address.slice(1) }));
    const { body } = await stage.call('GET', `/api/contacts/${made.body.id}/conversations`, { as: stage.admin });
    expect(body.data).toMatchObject([{ contact: { id: made.body.id, name: 'Mei Ling', kind: 'tutor' } }]);
  });

  it('has an address that no other one has, and says whose it is to who sees them', async () => {
    const { contactId, phone } = await conversationAt(stage.tims);
    const { channelId } = stage.tims;
    const body = { identities: [{ channelId, address: `+${phone}` }] };
    expect(await post(body)).toMatchObject({ status: 409, body: { code: 'identity_taken', contactId } });
    const hidden = await post(body, agent ?? expect.fail());
    expect(hidden.body.code).toBe('identity_taken');
    expect(hidden.text).not.toContain(contactId);
    const address = `+${newPhone()}`;
    const twice = await post({
      identities: [
        { channelId, address },
        { channelId, address },
      ],
    });
    expect(twice.body.code).toBe('identity_taken');
    expect((await post({ identities: [{ channelId, address: 'x' }] })).body.code).toBe('recipient_invalid');
    expect((await post({ identities: [{ channelId: stage.other.channelId, address }] })).status).toBe(404);
    const racing = { identities: [{ channelId, address: `+${newPhone()}` }] };
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(racing)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('needs a name or an address, and a kind that there is', async () => {
    expect((await post({ kind: 'tutor' })).status).toBe(400);
    expect((await post({ name: ' ' })).status).toBe(400);
    expect((await post({ name: 'x', kind: 'alien' })).body.code).toBe('contact_kind_unknown');
    await updateSettings(stage.tims.installation, stage.tims.admin, { contactKinds: ['parent', 'customer', 'tutor'] });
    expect((await post({ name: 'x' })).body.kind).toBe('parent');
    const { contactId } = await conversationAt(stage.tims);
    expect((await stage.call('GET', `/api/contacts/${contactId}`, { as: stage.admin })).body.kind).toBe('parent');
  });

  it('changes in what is given, told by an event without content; an old version is refused', async () => {
    const { contactId } = await conversationAt(stage.tims);
    const before = (await stage.call('GET', `/api/contacts/${contactId}`, { as: stage.admin })).body;
    const { asOf } = (await stage.call('GET', '/api/conversations', { as: stage.admin })).body;
    const changed = await patch(contactId, { name: 'Nür', version: before.version });
    expect(changed.body).toMatchObject({ name: 'Nür', kind: before.kind, version: before.version + 1 });
    expect(await patch(contactId, { name: 'Late', version: before.version })).toMatchObject({
      status: 409,
      body: { code: 'conflict', version: before.version + 1 },
    });
    expect((await patch(contactId, { name: 'Nür' })).body.version).toBe(before.version + 1);
    expect((await patch(contactId, { name: null })).body.name).toBeNull();
    const events = await stage.call('GET', `/api/events?cursor=${asOf}`, { as: stage.admin });
    expect(events.body.data).toMatchObject([
      {
        type: 'contact.updated',
        entityId: contactId,
        entityVersion: before.version + 1,
        changes: { fields: ['name'] },
      },
      { type: 'contact.updated', entityId: contactId, entityVersion: before.version + 2 },
    ]);
    expect(events.text).not.toContain('Nür');
  });

  it('is changed by who may in one of its conversations', async () => {
    const [theirs, ours, mine] = [
      await conversationAt(stage.tims, { teamId: tx }),
      await conversationAt(stage.tims),
      await conversationAt(stage.tims, { assignee: agent?.actor ?? expect.fail() }),
    ];
    const tried = async (as: Person | undefined, { contactId }: { contactId: string }) =>
      (await patch(contactId, { name: 'x' }, as ?? expect.fail())).status;
    expect([await tried(manager, theirs), await tried(manager, ours), await tried(manager, mine)]).toEqual([
      403, 200, 200,
    ]);
    expect([await tried(agent, theirs), await tried(agent, ours), await tried(agent, mine)]).toEqual([404, 404, 200]);
    const { body: fresh } = await post({ name: 'Nobody’s yet' }, manager ?? expect.fail());
    expect(await tried(manager, { contactId: fresh.id })).toBe(200);
    expect(await tried(agent, { contactId: fresh.id })).toBe(404);
  });
});

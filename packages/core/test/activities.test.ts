import {
  expireActivities,
  exportActivities,
  getContact,
  getConversation,
  listActivities,
  listActivitiesOfUser,
  purgeActivities,
  reading,
  takeConversation,
  transaction,
  updateUser,
  verifyActivities,
} from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { expect, it } from 'vitest';
import { newConversations, type Row, rows, type Stage, shared } from './stage.js';

const day = 24 * 3_600_000;

forEachDatabase('the activity log', (open) => {
  const stage = shared(open);

  it('says who did what to what, when and from where, newest first', async () => {
    const { installation, admin } = stage();
    const agent = await stage().addUser('agent', [stage().teamId]);
    const from = { ...admin, via: 'ses_00000000000000000000000001', ip: '203.0.113.9' };
    await updateUser(installation, from, { id: agent.id, status: 'deactivated' });
    const [activity] = (await listActivities(ctxOf(stage()), {})).data;
    expect(activity).toEqual({
      sequence: expect.any(Number),
      at: expect.stringMatching(/Z$/),
      actor: { type: 'user', id: admin.id },
      via: from.via,
      ip: '203.0.113.9',
      action: 'users.update',
      entityId: agent.id,
      conversationId: null,
      data: { status: ['active', 'deactivated'] },
    });
  });

  it('is narrowed by user, action, entity, conversation, session and time, and paged', async () => {
    const { installation, admin, organization } = stage();
    const ctx = ctxOf(stage());
    const agent = await stage().addUser('agent', [stage().teamId]);
    const id = await queued(stage());
    const before = new Date().toISOString();
    const via = 'key_00000000000000000000000002';
    await takeConversation(installation, { ...agent, via }, { id });
    const taken = { action: 'conversations.take', entityId: id, conversationId: id };
    for (const filter of [
      { userId: agent.id, action: 'conversations.take' },
      { entityId: id },
      { conversationId: id },
      { via },
      { userId: agent.id, action: 'conversations.take', from: before },
      { conversationId: id, from: before, to: new Date(Date.now() + 1_000).toISOString() },
    ]) {
      const { data } = await listActivities(ctx, filter);
      expect(data, JSON.stringify(filter)).toMatchObject([taken]);
    }
    expect((await listActivities(ctx, { conversationId: id, to: before })).data).toEqual([]);
    expect((await listActivities(ctx, { from: new Date(Date.now() + day).toISOString() })).data).toEqual([]);

    const all = (await listActivities(ctx, { limit: 100 })).data.map(({ sequence }) => sequence);
    const paged: number[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await listActivities(ctx, { limit: 2, ...(cursor ? { cursor } : {}) });
      paged.push(...page.data.map(({ sequence }) => sequence));
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(paged).toEqual(all);
    expect(all).toEqual([...all].sort((a, b) => b - a));
    await expect(listActivities(ctx, { cursor: 'x' })).rejects.toMatchObject({ code: 'cursor_invalid' });
    expect(organization).toBe(admin.organization);
  });

  it('shows everybody their own, and those of others to whoever reads the log', async () => {
    const agent = await stage().addUser('agent', [stage().teamId]);
    const own = reading(stage().installation, agent.organization, agent);
    await takeConversation(stage().installation, agent, { id: await queued(stage()) });
    expect((await listActivitiesOfUser(own, { id: agent.id })).data).toMatchObject([
      { action: 'conversations.take' },
      { action: 'auth.login' },
    ]);
    expect((await listActivitiesOfUser(ctxOf(stage()), { id: agent.id })).data).toHaveLength(2);
    await expect(listActivitiesOfUser(own, { id: stage().admin.id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listActivities(own, {})).rejects.toMatchObject({ code: 'forbidden' });
    const nobody = `usr_${'0'.repeat(26)}`;
    await expect(listActivitiesOfUser(ctxOf(stage()), { id: nobody })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes what is no action and somebody else’s: a log-in, also one that was refused', async () => {
    const { installation, admin, organization } = stage();
    const from = { ...admin, ip: '198.51.100.7' };
    await transaction(installation, organization, { type: 'system', id: 'sessions' }, async (ctx) => {
      ctx.record({ action: 'sessions.refused', entityId: admin.id, data: { reason: 'password' } });
      ctx.record({ action: 'sessions.begin', entityId: admin.id, by: from });
    });
    const [begin, refused] = (await listActivities(ctxOf(stage()), {})).data;
    expect(begin).toMatchObject({ action: 'sessions.begin', actor: { id: admin.id }, ip: from.ip });
    expect(refused).toMatchObject({ actor: { type: 'system', id: 'sessions' }, data: { reason: 'password' } });
    expect((await verified(stage())).fault).toBeNull();
  });

  it('has what was looked at, once in ten minutes by each user, written a moment later', async () => {
    const { installation } = stage();
    const agent = await stage().addUser('agent', [stage().teamId]);
    const id = await queued(stage());
    await takeConversation(installation, agent, { id });
    const [{ contact_id: contactId } = {}] = await rows(stage(), 'conversations', { id });
    for (const actor of [agent, agent, stage().admin, agent]) {
      const ctx = reading(installation, actor.organization, actor);
      await getConversation(ctx, { id });
      await getContact(ctx, contactId);
    }
    await installation.accessLog.flush();
    const seen = (await listActivities(ctxOf(stage()), { conversationId: id, action: 'conversations.get' })).data;
    expect(seen.map(({ actor }) => actor.id).sort()).toEqual([agent.id, stage().admin.id].sort());
    expect((await listActivities(ctxOf(stage()), { entityId: contactId, action: 'contacts.get' })).data).toHaveLength(
      2,
    );
  });

  it('is exported with formulas made harmless, and the export is in it', async () => {
    const { installation, admin } = stage();
    await transaction(installation, admin.organization, admin, async (ctx) =>
      ctx.record({ action: '=cmd', data: { said: 'a "quoted", one' } }),
    );
    let text = '';
    for await (const part of await exportActivities(installation, admin, {})) text += part;
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^sequence,at,actor_type,/);
    expect(lines[1]).toContain(',activities.export,');
    expect(lines[2]).toContain(`,'=cmd,`);
    expect(lines[2]).toContain(`"{""said"":""a \\""quoted\\"", one""}"`);
    expect(lines).toHaveLength((await rows(stage(), 'activity_logs')).length + 2);
  });
});

forEachDatabase('the chain of activities', (open) => {
  const stage = shared(open);

  const columns: [string, unknown][] = [
    ['sequence', 900_000],
    ['at', 1],
    ['actor_type', 'system'],
    ['actor_id', `usr_${'1'.repeat(26)}`],
    ['via', `ses_${'1'.repeat(26)}`],
    ['ip', '192.0.2.1'],
    ['action', 'users.nothing'],
    ['entity_id', `usr_${'1'.repeat(26)}`],
    ['conversation_id', `cnv_${'1'.repeat(26)}`],
    ['data', '{"n":99}'],
    ['mac', '0'.repeat(64)],
    ['organization_id', `org_${'1'.repeat(26)}`],
  ];

  it.each(columns)('shows that a row’s %s was edited', async (column, value) => {
    await record(stage(), 3);
    const sequence = (await head(stage())).sequence - 1;
    await tampered(
      stage(),
      { logs: (table) => table.where('sequence', sequence).update({ [column]: value }) },
      (fault) => expect(fault?.sequence).toBe(sequence),
    );
  });

  it.each(['first', 'middle', 'last'])('shows that the %s row was removed', async (which) => {
    await record(stage(), 5);
    const { sequence: last } = await head(stage());
    const sequence = { first: 1, middle: last - 2, last }[which] ?? 0;
    await tampered(stage(), { logs: (table) => table.where({ sequence }).delete() }, (fault) =>
      expect(fault).toMatchObject({ sequence, kind: which === 'last' ? 'cut_off' : 'missing' }),
    );
  });

  it('shows that several were cut off at the end, also where the head was put back along with them', async () => {
    await record(stage(), 3);
    const old = await head(stage());
    const kept = { sequence: old.sequence + 2, mac: '' };
    await record(stage(), 4);
    const [row] = await rows(stage(), 'activity_logs', { sequence: kept.sequence });
    kept.mac = row?.mac;
    const cut = { logs: (table: Table) => table.where('sequence', '>', old.sequence).delete() };
    await tampered(stage(), cut, (fault) =>
      expect(fault).toMatchObject({ sequence: old.sequence + 1, kind: 'cut_off' }),
    );
    // A whole earlier state verifies; a head that was kept elsewhere does not agree with it.
    const back = { ...cut, heads: (table: Table) => table.update(old) };
    await tampered(stage(), back, (fault) => expect(fault).toBeNull());
    expect((await verified(stage(), kept)).fault).toBeNull();
    await tampered(stage(), back, (fault) => expect(fault).toMatchObject({ kind: 'cut_off' }), kept);
    expect((await verified(stage(), { ...kept, mac: 'f'.repeat(64) })).fault).toMatchObject({ kind: 'unexpected' });
  });

  it('shows that two rows changed places', async () => {
    await record(stage(), 4);
    const { sequence } = await head(stage());
    const swap = async (table: Table) => {
      const [a, b] = [sequence - 2, sequence - 1];
      await table.clone().where('sequence', a).update({ sequence: 0 });
      await table.clone().where('sequence', b).update({ sequence: a });
      return table.clone().where('sequence', 0).update({ sequence: b });
    };
    await tampered(stage(), { logs: swap }, (fault) =>
      expect(fault).toMatchObject({ sequence: sequence - 2, kind: 'edited' }),
    );
  });

  it('shows a row that was added, at the end, before the beginning, or with the head moved along', async () => {
    await record(stage(), 2);
    const { key: _key, ...last } = (await rows(stage(), 'activity_logs')).at(-1) ?? {};
    const { sequence } = await head(stage());
    const added = (at: number) => ({ logs: (table: Table) => table.clone().insert({ ...last, sequence: at }) });
    await tampered(stage(), added(sequence + 1), (fault) =>
      expect(fault).toMatchObject({ sequence: sequence + 1, kind: 'not_recorded' }),
    );
    await tampered(stage(), added(0), (fault) => expect(fault).toMatchObject({ kind: 'not_recorded' }));
    const moved = { ...added(sequence + 1), heads: (table: Table) => table.update({ sequence: sequence + 1 }) };
    await tampered(stage(), moved, (fault) => expect(fault).toMatchObject({ sequence: sequence + 1, kind: 'edited' }));
  });

  it('shows that the head was put back, edited or removed', async () => {
    const old = await head(stage());
    await record(stage(), 2);
    await tampered(stage(), { heads: (table) => table.update(old) }, (fault) =>
      expect(fault).toMatchObject({ sequence: old.sequence + 1, kind: 'not_recorded' }),
    );
    await tampered(stage(), { heads: (table) => table.update({ signature: '0'.repeat(64) }) }, (fault) =>
      expect(fault?.kind).toBe('head'),
    );
    await tampered(stage(), { heads: (table) => table.delete() }, (fault) => expect(fault?.kind).toBe('head'));
    await tampered(stage(), { heads: (table) => table.update({ checkpoint_sequence: 1 }) }, (fault) =>
      expect(fault?.kind).toBe('checkpoint'),
    );
  });

  it('is verified while it is written, in parts', async () => {
    await Promise.all([record(stage(), 1_500), verified(stage()), verified(stage())]);
    const writing = Promise.all(Array.from({ length: 10 }, () => record(stage(), 10)));
    for (let i = 0; i < 10; i++) expect((await verified(stage())).fault).toBeNull();
    await writing;
    const { verified: count, head: end } = await verified(stage());
    expect(count).toBe((await rows(stage(), 'activity_logs')).length);
    expect(end?.sequence).toBe(count);
  });
});

forEachDatabase('purging the activity log', (open) => {
  const stage = shared(open);
  const admins = () => stage().admin;

  it('leaves a chain that begins behind a signed checkpoint', async () => {
    const old = Date.now() - 40 * day;
    const before = new Date(Date.now() - 32 * day).toISOString();
    const other = await fresh(stage());
    await record(other, 1_200, old);
    await record(other, 3);
    expect(await purgeActivities(other.installation, other.admin, { before })).toEqual({ through: 1_200, more: false });
    const left = await rows(other, 'activity_logs');
    expect(left.map(({ sequence }) => Number(sequence))).toEqual([1_201, 1_202, 1_203, 1_204]);
    expect(left.at(-1)).toMatchObject({ action: 'activities.purge' });
    expect(await verified(other)).toMatchObject({ verified: 4, begin: 1_201, fault: null });
    await tampered(other, { logs: (table) => table.where('sequence', 1_201).delete() }, (fault) =>
      expect(fault).toMatchObject({ sequence: 1_201, kind: 'missing' }),
    );
  });

  it('removes a beginning only: what is old but stands behind what is young stays', async () => {
    const other = await fresh(stage());
    await record(other, 1);
    await record(other, 5, Date.now() - 400 * day);
    const before = new Date(Date.now() - 32 * day).toISOString();
    expect(await purgeActivities(other.installation, other.admin, { before })).toEqual({ through: 0, more: false });
    expect(await verified(other)).toMatchObject({ verified: 7, begin: 1, fault: null });
  });

  it('that ends between two chunks leaves a chain that verifies, and goes on', async () => {
    const other = await fresh(stage());
    const old = Date.now() - 400 * day;
    await record(other, 1_300, old);
    const { log } = other.installation;
    // The third chunk meets a row that does not verify, and the purge ends there.
    const table = () => other.installation.storage.writer('activity_logs').where('organization_id', other.organization);
    await table().where('sequence', 1_100).update({ ip: '192.0.2.9' });
    await expireActivities({ ...other.installation, log: { ...log, error: () => {} } });
    expect((await rows(other, 'activity_logs'))[0]?.sequence).toSatisfy((n: unknown) => Number(n) === 1_001);
    expect((await verified(other)).fault).toMatchObject({ sequence: 1_100, kind: 'edited' });
    const before = new Date(Date.now() - 100 * day).toISOString();
    await expect(purgeActivities(other.installation, other.admin, { before })).rejects.toMatchObject({
      code: 'activities_broken',
      members: { sequence: 1_100 },
    });
    await table().where('sequence', 1_100).update({ ip: null });
    expect((await verified(other)).fault).toBeNull();
    await expireActivities(other.installation);
    expect(await verified(other)).toMatchObject({ begin: 1_301, fault: null });
  });

  it('is refused for the last 31 days, and to whoever may not', async () => {
    const { installation } = stage();
    const before = new Date(Date.now() - 30 * day).toISOString();
    const refused = (actor = admins(), at = before) => purgeActivities(installation, actor, { before: at });
    await expect(refused()).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(refused(admins(), 'never')).rejects.toMatchObject({ code: 'validation_failed' });
    const manager = await stage().addUser('operations_manager', []);
    await expect(refused(manager, '2020-01-01T00:00:00Z')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

type Table = ReturnType<Stage['installation']['storage']['writer']>;
type Verification = Awaited<ReturnType<typeof verifyActivities>>;

function ctxOf({ installation, organization, admin }: Stage) {
  return reading(installation, organization, admin);
}

/** An organization of its own in the same installation, whose log begins with what the test records. */
async function fresh(stage: Stage): Promise<Stage> {
  const organization = `org_${String(++organizations).padStart(26, '0')}`;
  const { writer } = stage.installation.storage;
  await writer('organizations').insert({ id: organization, name: 'Fresh', created_at: 1 });
  await writer('organization_heads').insert({ organization_id: organization, sequence: 0, event_id: '0' });
  return { ...stage, organization, admin: { ...stage.admin, organization } };
}
let organizations = 0;

async function record({ installation, organization, admin }: Stage, count: number, at?: number): Promise<void> {
  await transaction(installation, organization, admin, async (ctx) => {
    for (let n = 0; n < count; n++) ctx.record({ action: 'users.test', entityId: admin.id, data: { n }, at });
  });
}

async function queued(stage: Stage): Promise<string> {
  const [id] = await newConversations(stage, 1);
  return id ?? expect.fail('no conversation');
}

async function head(stage: Stage): Promise<Row & { sequence: number }> {
  const [row] = await rows(stage, 'activity_heads');
  return { ...row, sequence: Number(row?.sequence) };
}

/** All parts of a verification. */
async function verified(stage: Stage, expected?: { sequence: number; mac: string }): Promise<Verification> {
  const ctx = ctxOf(stage);
  let count = 0;
  for (let cursor: string | undefined; ; ) {
    const part = await verifyActivities(ctx, { cursor, expect: expected });
    count += part.verified;
    if (part.nextCursor === null) return { ...part, verified: count };
    cursor = part.nextCursor;
  }
}

/** Changes rows behind the chain's back, looks at what verification says, and puts them back. */
async function tampered(
  stage: Stage,
  change: { logs?: (table: Table) => PromiseLike<unknown>; heads?: (table: Table) => PromiseLike<unknown> },
  look: (fault: Verification['fault']) => void,
  expected?: { sequence: number; mac: string },
): Promise<void> {
  const { writer, dialect } = stage.installation.storage;
  const before = {
    activity_logs: await rows(stage, 'activity_logs'),
    activity_heads: await rows(stage, 'activity_heads'),
  };
  const of = (table: string) => writer(table).where('organization_id', stage.organization) as Table;
  if (change.logs) await change.logs(of('activity_logs'));
  if (change.heads) await change.heads(of('activity_heads'));
  try {
    look((await verified(stage, expected)).fault);
  } finally {
    await writer('activity_logs')
      .whereIn(
        'key',
        before.activity_logs.map(({ key }) => key),
      )
      .delete();
    for (const [table, kept] of Object.entries(before)) {
      await of(table).delete();
      await dialect.bulkInsert(writer, table, kept);
    }
  }
  expect((await verified(stage)).fault).toBeNull();
}

import { createIngest, type Log, listFailures, reading, replayFailure } from '@tims/core';
import {
  forEachDatabase,
  forMariadb,
  newWamid,
  signWebhook,
  testAppSecret,
  textWebhook,
  together,
} from '@tims/testing';
import { expect, it } from 'vitest';
import { anotherNode, newPhone, onlyRow, type Row, rows, type Stage, shared } from './stage.js';

forEachDatabase('what was acknowledged', (open) => {
  const stage = shared(open);

  it('is committed when the answer comes', async () => {
    const tims = stage();
    const other = await anotherNode(tims);
    const id = newWamid();
    await tims.receive(textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone(), id }));
    // Read over other connections than those that wrote it.
    expect(await other.installation.storage.reader('messages').where('external_id', id)).toHaveLength(1);
    await other.close();
  });

  it('keeps the raw body', async () => {
    const tims = stage();
    const webhook = textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone() });
    await tims.receive(webhook);
    const bodies = (await rows(tims, 'inbound_requests')).map((row) => Buffer.from(row.body).toString());
    expect(bodies).toContain(JSON.stringify(webhook));
  });

  it('loses nothing to a poisoned neighbour: only that one is put aside, raw, and replayed when the cause is gone', async () => {
    const tims = stage();
    const [first, poisoned, ...others] = ['a', 'POISON', 'c', 'd', 'e'].map((text) =>
      textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone(), id: newWamid(), text }),
    );
    const heal = await poison(tims);
    // The first is being written while the others gather into one batch.
    await Promise.all([first, poisoned, ...others].map((webhook) => tims.receive(webhook)));
    expect(await contents(tims)).toEqual(expect.arrayContaining(['a', 'c', 'd', 'e']));
    expect(await contents(tims)).not.toContain('POISON');

    const failure = await onlyRow(tims, 'inbound_failures', { reason: 'poison', replayed_at: null });
    expect(Buffer.from(failure.body).toString()).toBe(JSON.stringify(poisoned));
    expect(failure.detail).not.toContain('POISON');

    await expect(replay(tims, failure.id)).rejects.toMatchObject({ code: 'failure_not_replayable' });
    expect(await rows(tims, 'inbound_failures', { reason: 'poison' })).toMatchObject([
      { id: failure.id, replayed_at: null, attempts: 2 },
    ]);

    await heal();
    expect(await replay(tims, failure.id)).toMatchObject({ id: failure.id, replayedAt: expect.any(String) });
    expect(await contents(tims)).toContain('POISON');
    expect(await rows(tims, 'inbound_failures', { reason: 'poison', replayed_at: null })).toHaveLength(0);
  });

  it('says of a poisoned webhook that part of it failed', async () => {
    const tims = stage();
    const heal = await poison(tims);
    const report = await tims.receive(
      textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone(), text: 'POISON one' }),
    );
    await heal();
    expect(report.failed).toEqual(['poison']);
  });

  it('keeps the whole body of a POST of 700 messages when only its 600th is poisoned', async () => {
    const tims = stage();
    const before = (await rows(tims, 'messages')).length;
    const from = newPhone();
    const webhook = together(
      ...Array.from({ length: 700 }, (_, index) =>
        textWebhook({
          phoneNumberId: tims.phoneNumberId,
          from,
          id: newWamid(),
          text: index === 600 ? 'POISON late' : `${index}`,
        }),
      ),
    );
    const heal = await poison(tims);
    await tims.receive(webhook);
    expect((await rows(tims, 'messages')).length - before).toBe(699);
    const [failure] = (await rows(tims, 'inbound_failures', { reason: 'poison' })).slice(-1);
    expect(Buffer.from(failure?.body).toString()).toBe(JSON.stringify(webhook));
    await heal();
    await replay(tims, failure?.id);
    expect((await rows(tims, 'messages')).length - before).toBe(700);
  });

  it('is refused whole with 503 while the system is at fault, stores nothing, and is taken when it comes again', async () => {
    const tims = stage();
    const { writer } = tims.installation.storage;
    const webhooks = Array.from({ length: 5 }, () =>
      textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone(), id: newWamid() }),
    );
    const before = await counts(tims);
    await writer.schema.renameTable('messages', 'messages_away');
    const refused = await Promise.allSettled(webhooks.map((webhook) => tims.receive(webhook)));
    await writer.schema.renameTable('messages_away', 'messages');
    for (const one of refused) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'database_unavailable', status: 503 } });
    }
    expect(await counts(tims)).toEqual(before);
    await Promise.all(webhooks.map((webhook) => tims.receive(webhook)));
    expect((await counts(tims)).messages).toBe((before.messages ?? 0) + 5);
  });

  it('is bounded: past the limit a webhook is refused with `overloaded`, and what was taken is stored', async () => {
    const tims = stage();
    const { installation, phoneNumberId } = tims;
    const ingest = createIngest({ ...installation, settings: { ...installation.settings, ingestQueue: 4 } });
    // A server that has just started knows no channels yet: they wait for the same read, and count all the same.
    installation.channels.refresh();
    const webhooks = Array.from({ length: 40 }, () => ({ id: newWamid(), from: newPhone() }));
    const answers = await Promise.allSettled(
      webhooks.map(({ id, from }) =>
        ingest.accept({ kind: 'whatsapp', ...signWebhook(textWebhook({ phoneNumberId, from, id }), testAppSecret) }),
      ),
    );
    const stored = new Set((await rows(tims, 'messages')).map((row) => row.external_id));
    answers.forEach((answer, index) => {
      expect(stored.has(webhooks[index]?.id)).toBe(answer.status === 'fulfilled');
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'overloaded', status: 503 });
    });
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(4);
    expect(ingest.depth()).toBe(0);
    await ingest.accept({
      kind: 'whatsapp',
      ...signWebhook(textWebhook({ phoneNumberId, from: newPhone() }), testAppSecret),
    });
  });

  it('is waited for by `drain`, also what is only being put aside', async () => {
    const tims = stage();
    const { ingest, phoneNumberId } = tims;
    const before = (await rows(tims, 'inbound_failures')).length + (await nobodys(tims)).length;
    const taken = [
      ingest.accept({ kind: 'whatsapp', ...signWebhook('not JSON', testAppSecret) }),
      ingest.accept({
        kind: 'whatsapp',
        ...signWebhook(textWebhook({ phoneNumberId, from: newPhone() }), testAppSecret),
      }),
    ];
    await ingest.drain();
    expect((await rows(tims, 'inbound_failures')).length + (await nobodys(tims)).length).toBe(before + 1);
    await Promise.all(taken);
  });

  it('keeps what is no JSON, has no known shape, or names an unknown number, for the operator to see', async () => {
    const tims = stage();
    const listed = async () =>
      (await listFailures(reading(tims.installation, tims.organization, tims.admin), { limit: 100 })).data;
    const before = new Set((await listed()).map((failure) => failure.id));
    await tims.receive('{"object": "whatsapp_busi');
    await tims.receive({ hello: 'world' });
    await tims.receive(textWebhook({ phoneNumberId: '999', from: newPhone() }));
    const fresh = (await listed()).filter((failure) => !before.has(failure.id));
    expect(fresh.map((failure) => failure.reason).sort()).toEqual([
      'malformed_json',
      'unknown_address',
      'unknown_shape',
    ]);
  });

  it('writes no content into the log when something goes wrong', async () => {
    const tims = stage();
    const lines: string[] = [];
    const keep = (fields: object, message?: string) => void lines.push(JSON.stringify(fields) + message);
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    const ingest = createIngest({ ...tims.installation, log });
    const heal = await poison(tims);
    const from = newPhone();
    await ingest.accept({
      kind: 'whatsapp',
      ...signWebhook(
        textWebhook({ phoneNumberId: tims.phoneNumberId, from, text: 'POISON secret-of-the-customer' }),
        testAppSecret,
      ),
    });
    await heal();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toMatch(new RegExp(`secret-of-the-customer|${from}`));
  });
});

forMariadb('a POST that is too large for one transaction', (open) => {
  const stage = shared(open);

  it('is refused when its second half cannot be written for a reason of the system', async () => {
    const tims = stage();
    const webhook = together(
      ...Array.from({ length: 600 }, (_, index) =>
        textWebhook({
          phoneNumberId: tims.phoneNumberId,
          from: newPhone(),
          id: newWamid(),
          text: index === 550 ? 'POISON' : `${index}`,
        }),
      ),
    );
    const heal = await poison(tims, 1021); // the disk is full
    await expect(tims.receive(webhook)).rejects.toMatchObject({ code: 'database_unavailable', status: 503 });
    await heal();
    await tims.receive(webhook);
    expect(await rows(tims, 'messages')).toHaveLength(600);
    expect(await rows(tims, 'inbound_failures')).toHaveLength(0);
  });

  it('is refused with 503, not with an error of its own, when the database ends every attempt as a deadlock', async () => {
    const tims = stage();
    const heal = await poison(tims, 1213);
    const webhook = textWebhook({ phoneNumberId: tims.phoneNumberId, from: newPhone(), text: 'POISON' });
    await expect(tims.receive(webhook)).rejects.toMatchObject({ status: 503 });
    await heal();
    expect(await rows(tims, 'inbound_failures')).toHaveLength(0);
  });
});

/** Makes the database refuse messages that say POISON; answers with the mend. */
async function poison({ installation }: Stage, errno = 1366): Promise<() => Promise<void>> {
  const { writer, dialect } = installation.storage;
  await writer.raw(
    dialect.name === 'sqlite'
      ? "create trigger poisoned before insert on messages when new.content like '%POISON%' begin select raise(abort, 'poisoned'); end"
      : `create trigger poisoned before insert on messages for each row if new.content like '%POISON%' then signal sqlstate '45000' set mysql_errno = ${errno}; end if`,
  );
  return async () => void (await writer.raw('drop trigger poisoned'));
}

function replay({ installation, admin, ingest }: Stage, id: string) {
  return replayFailure(installation, admin, id, ingest.replay);
}

async function contents(tims: Stage): Promise<string[]> {
  return (await rows(tims, 'messages')).map((row) => JSON.parse(row.content).text);
}

async function counts(tims: Stage): Promise<Record<string, number>> {
  const tables = ['messages', 'conversations', 'contacts', 'events', 'inbound_requests', 'inbound_failures'];
  return Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, (await rows(tims, table)).length] as const)),
  );
}

async function nobodys({ installation }: Stage): Promise<Row[]> {
  return installation.storage.reader('inbound_failures').whereNull('organization_id');
}

import { createChannel, replayFailure } from '@tims/core';
import {
  addTestOrganization,
  forEachDatabase,
  newWamid,
  signWebhook,
  testAppSecret,
  textWebhook,
  together,
} from '@tims/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type Row, rows, type Stage, shared } from './stage.js';

/** A channel: whose it is, its number, and the secret that signs for it. */
interface Number {
  organization: Stage;
  channelId: string;
  phoneNumberId: string;
  secret: string;
  own: boolean;
}

forEachDatabase('one secret, one channel', (open) => {
  const stage = shared(open);
  const all: Record<'ours' | 'ourOwn' | 'theirs' | 'theirOwn', Number> = {} as never; // filled before the tests

  beforeAll(async () => {
    const us = stage();
    const them: Stage = { ...(await addTestOrganization(us.installation)), database: us.database };
    const shares = (organization: Stage): Number => ({
      ...organization,
      organization,
      secret: testAppSecret,
      own: false,
    });
    const owns = async (organization: Stage, phoneNumberId: string, secret: string): Promise<Number> => {
      const { id } = await createChannel(
        us.installation,
        { ...organization.admin, operator: true },
        {
          kind: 'whatsapp',
          name: 'Own app',
          defaultTeamId: organization.teamId,
          config: { phoneNumberId, accessToken: 'token', appSecret: secret },
          verify: false,
        },
      );
      return { organization, channelId: id, phoneNumberId, secret, own: true };
    };
    Object.assign(all, {
      ours: shares(us),
      ourOwn: await owns(us, '201', 'our own secret'),
      theirs: shares(them),
      theirOwn: await owns(them, '202', 'their own secret'),
    });
  });

  const names = ['ours', 'ourOwn', 'theirs', 'theirOwn'] as const;
  const post = (signer: Number, path: string | undefined, webhook: object) =>
    stage().ingest.accept({
      kind: 'whatsapp',
      ...(path ? { channelId: path } : {}),
      ...signWebhook(webhook, signer.secret),
    });

  for (const signs of names) {
    for (const carried of names) {
      it(`signed for ${signs}, carrying ${carried}’s number`, async () => {
        const [signer, number] = [all[signs], all[carried]];
        for (const path of [undefined, ...names]) {
          const through = path && all[path];
          const id = newWamid();
          const webhook = textWebhook({ phoneNumberId: number.phoneNumberId, from: newPhone(), id });
          const verifies = signer.secret === (through?.own ? through.secret : testAppSecret);
          const posted = post(signer, through?.channelId, webhook);
          if (!verifies) {
            await expect(posted).rejects.toMatchObject({ code: 'signature_invalid', status: 401 });
            expect(await stored(id)).toEqual([]);
            continue;
          }
          const report = await posted;
          // On its own path a secret speaks for that channel; on the shared path for all that have none of their own.
          const accepted = through ? through === number : !number.own;
          expect(report, `by ${path ?? 'the shared path'}`).toEqual(
            accepted ? { accepted: 1, failed: [] } : { accepted: 0, failed: ['foreign_address'] },
          );
          expect(await stored(id)).toMatchObject(
            accepted ? [{ organization_id: number.organization.organization, channel_id: number.channelId }] : [],
          );
        }
      });
    }
  }

  it('takes of a body what its secret speaks for, and nothing of the rest', async () => {
    const { ourOwn, theirs } = all;
    const [own, foreign] = [newWamid(), newWamid()];
    const webhook = together(
      textWebhook({ phoneNumberId: ourOwn.phoneNumberId, from: newPhone(), id: own }),
      textWebhook({ phoneNumberId: theirs.phoneNumberId, from: newPhone(), id: foreign }),
    );
    expect(await post(ourOwn, ourOwn.channelId, webhook)).toEqual({ accepted: 1, failed: ['foreign_address'] });
    expect(await stored(own)).toHaveLength(1);
    expect(await stored(foreign)).toEqual([]);
  });

  it('does not become another’s by a replay, not even once the number has a channel', async () => {
    const { ourOwn, theirs } = all;
    const us = ourOwn.organization;
    const id = newWamid();
    await post(ourOwn, ourOwn.channelId, textWebhook({ phoneNumberId: '203', from: newPhone(), id }));
    await post(ourOwn, ourOwn.channelId, textWebhook({ phoneNumberId: theirs.phoneNumberId, from: newPhone(), id }));
    await createChannel(
      us.installation,
      { ...theirs.organization.admin, operator: true },
      {
        kind: 'whatsapp',
        name: 'Connected later',
        defaultTeamId: theirs.organization.teamId,
        config: { phoneNumberId: '203', accessToken: 'token' },
        verify: false,
      },
    );
    const failures = (await rows(us, 'inbound_failures', { channel_id: ourOwn.channelId, replayed_at: null })).slice(
      -2,
    );
    for (const failure of failures) {
      await expect(replayFailure(us.installation, us.admin, failure.id, us.ingest.replay)).rejects.toMatchObject({
        code: 'failure_not_replayable',
      });
    }
    expect(await stored(id)).toEqual([]);
  });

  it('refuses wrong, missing and malformed signatures, and one made over other bytes', async () => {
    const us = stage();
    const id = newWamid();
    const { body, headers } = signWebhook(
      textWebhook({ phoneNumberId: us.phoneNumberId, from: newPhone(), id }),
      testAppSecret,
    );
    const right = headers['x-hub-signature-256'] ?? '';
    for (const signature of [
      undefined,
      '',
      'sha256=',
      right.slice(0, -1),
      `${right}0`,
      right.replace('sha256', 'sha1'),
    ]) {
      const given = { ...headers, 'x-hub-signature-256': signature };
      await expect(us.ingest.accept({ kind: 'whatsapp', headers: given, body })).rejects.toMatchObject({
        code: 'signature_invalid',
      });
    }
    const padded = Buffer.concat([body, Buffer.from(' ')]);
    await expect(us.ingest.accept({ kind: 'whatsapp', headers, body: padded })).rejects.toMatchObject({
      code: 'signature_invalid',
    });
    await expect(us.ingest.accept({ kind: 'telegram', headers, body })).rejects.toMatchObject({ code: 'not_found' });
    expect(await stored(id)).toEqual([]);
    await us.ingest.accept({ kind: 'whatsapp', headers, body });
    expect(await stored(id)).toHaveLength(1);
  });

  describe('a POST that carries two organizations’ messages', () => {
    it('gives each its own and nothing of the other: messages, contacts, events, wake-ups', async () => {
      const { ours, theirs } = all;
      const from = newPhone(); // the same person writes to both
      const webhook = together(
        textWebhook({ phoneNumberId: ours.phoneNumberId, from, text: 'for us' }),
        textWebhook({ phoneNumberId: theirs.phoneNumberId, from, text: 'for them' }),
        textWebhook({ phoneNumberId: ours.phoneNumberId, from, text: 'for us too' }),
      );
      const woken: string[] = [];
      const unsubscribe = stage().installation.wakeups.subscribe((organization) => void woken.push(organization));
      expect(await post(ours, undefined, webhook)).toEqual({ accepted: 3, failed: [] });
      unsubscribe();
      expect(woken.sort()).toEqual([ours.organization.organization, theirs.organization.organization].sort());
      const texts = async ({ organization }: Number) => {
        const [key] = await rows(organization, 'identity_keys', { type: 'phone', value: `+${from}` });
        const messages = await rows(organization, 'messages', { identity_id: key?.identity_id });
        return messages.map((row) => JSON.parse(row.content).text).sort();
      };
      expect(await texts(ours)).toEqual(['for us', 'for us too']);
      expect(await texts(theirs)).toEqual(['for them']);
    });

    it('is stored for the one also when the other’s part is poisoned', async () => {
      const { ours, theirs } = all;
      const { writer, dialect } = stage().installation.storage;
      await writer.raw(
        dialect.name === 'sqlite'
          ? "create trigger poisoned before insert on messages when new.content like '%POISON%' begin select raise(abort, 'poisoned'); end"
          : "create trigger poisoned before insert on messages for each row if new.content like '%POISON%' then signal sqlstate '45000' set mysql_errno = 1366; end if",
      );
      const id = newWamid();
      const webhook = together(
        textWebhook({ phoneNumberId: ours.phoneNumberId, from: newPhone(), text: 'POISON' }),
        textWebhook({ phoneNumberId: theirs.phoneNumberId, from: newPhone(), id }),
      );
      expect(await post(ours, undefined, webhook)).toEqual({ accepted: 1, failed: ['poison'] });
      await writer.raw('drop trigger poisoned');
      expect(await stored(id)).toMatchObject([{ organization_id: theirs.organization.organization }]);
      // The body speaks for both, so neither may read it: it is kept for the operator.
      const { reader } = stage().installation.storage;
      expect(await reader('inbound_failures').where('reason', 'poison')).toMatchObject([{ organization_id: null }]);
      const bodies = await reader('inbound_requests').where('body', 'like', `%${id}%`);
      expect(bodies.map((row) => row.organization_id)).toEqual([null, null]);
    });
  });

  function stored(externalId: string): Promise<Row[]> {
    return Promise.resolve(stage().installation.storage.reader('messages').where('external_id', externalId));
  }
});

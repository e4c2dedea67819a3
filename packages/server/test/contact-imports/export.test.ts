import { createContactAttribute } from '@tims/core';
import { forEachDatabase } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newChannel } from '../access/made.js';
import { customerWrites, openStage, type Stage } from '../stage/index.js';
import { contactOf, importFile, newNumber } from './files.js';

forEachDatabase('an export of contacts', (open) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(await open());
    const { installation, admin } = stage.tims;
    await createContactAttribute(installation, admin, { key: 'plan', name: 'Plan', type: 'text' });
    await createContactAttribute(installation, admin, { key: 'score', name: 'Score', type: 'number' });
    await createContactAttribute(installation, admin, { key: 'name', name: 'Nickname', type: 'text' });
  });
  afterAll(() => stage.close());

  const exported = async (query = '') => {
    const answer = await stage.call('GET', `/api/contacts/export${query}`, { as: stage.admin });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    return answer.text;
  };

  it('has every contact once, runs in no spreadsheet, and is recorded', async () => {
    const { contactId, phone } = await customerWrites(stage.tims);
    const { report, rows } = await importFile(
      stage,
      `name,tags,plan,score,phone\n"=1+1, really",Payment|New Lead,"@SUM(""A1"")",-5,${newNumber()}\n`,
    );
    expect(report).toMatchObject({ created: 1 });
    const text = await exported();
    const [heading, ...lines] = text.split('\r\n');
    expect(heading).toBe('id,name,kind,tags,address,created_at,plan,score,attributes.name');
    expect(lines.filter((line) => line.startsWith(contactId))).toHaveLength(1);
    expect(text).toContain(`'+${phone}`);
    const mine = lines.find((line) => line.startsWith(rows[0].contactId)) ?? '';
    expect(mine).toContain(`"'=1+1, really"`);
    expect(mine).toMatch(/,"'@SUM\(""A1""\)",'-5,$/);
    expect(text).not.toMatch(/(^|[,\n])"?[=+\-@\t]/);
    const log = await stage.call('GET', '/api/activities?action=contacts.export', { as: stage.admin });
    expect(log.body.data[0]).toMatchObject({ actor: { id: stage.tims.admin.id }, data: {} });
  });

  it('changes nothing when it is imported again, and makes the same people elsewhere', async () => {
    const names = ['=cmd', "'=cmd", "''+1", "'quoted", '-', '@x', ' "x"\n=y ', '\t=z', '+60 12', 'a|b', '=1,"2";3'];
    const lines = names.map(
      (name) => `"${name.replaceAll('"', '""')}",${newNumber()},"${name.trim().replaceAll('"', '""')}"`,
    );
    await importFile(stage, `full name,phone,Nickname\n${lines.join('\n')}\n`);
    const text = await exported();
    const again = await importFile(stage, text);
    expect(again.report).toMatchObject({ failed: 0, created: 0, updated: 0, unchanged: again.report.rows });
    expect(await exported()).toBe(text);
  });

  it('tells the addresses of the channel that is asked for', async () => {
    const { contactId, phone } = await customerWrites(stage.tims);
    const second = await stage.call('POST', '/api/channels', {
      as: stage.admin,
      body: newChannel(stage.tims.teamId),
    });
    stage.tims.installation.channels.refresh();
    expect((await exported()).split('\r\n')[0]).not.toContain('address');
    const line = async (channelId: string) =>
      (await exported(`?channelId=${channelId}`)).split('\r\n').find((one) => one.startsWith(contactId));
    expect(await line(stage.tims.channelId)).toContain(`'+${phone}`);
    const id = second.body.id ?? stage.tims.channelId;
    if (second.status === 201) expect(await line(id)).not.toContain(phone);
    for (const [query, code] of [
      [stage.other.channelId, 'not_found'],
      ['chn_x', 'validation_failed'],
    ]) {
      const answer = await stage.call('GET', `/api/contacts/export?channelId=${query}`, { as: stage.admin });
      expect(answer.body.code).toBe(code);
    }
    expect((await contactOf(stage, contactId)).id).toBe(contactId);
  });

  it('has nothing of another organization', async () => {
    const { contactId } = await customerWrites(stage.other);
    expect(await exported()).not.toContain(contactId);
  });

  it('goes over as many pages as there are', async () => {
    const lines = Array.from({ length: 1_201 }, (_, n) => `Somebody ${n}`);
    await importFile(stage, `full name\n${lines.join('\n')}\n`);
    const ids = (await exported(`?channelId=${stage.tims.channelId}`))
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[0] ?? '');
    expect(new Set(ids.filter((id) => id.startsWith('con_'))).size).toBeGreaterThan(1_201);
    expect([...ids].filter((id) => id.startsWith('con_')).sort()).toEqual(ids.filter((id) => id.startsWith('con_')));
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestReset, startWorkers } from '@tims/core';
import { openSqlite, openTestInstallation } from '@tims/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailerOf } from '../../src/mail/index.js';
import { listMails, readMail } from '../../src/mail/kept-mails.js';
import { until } from '../stage/until.js';
import { startMailServer } from './mail-server.js';

const mailFrom = 'Bright Tuition <inbox@example.com>';
const letter = {
  to: 'mei@example.com',
  subject: 'Ünïcode — 欢迎',
  text: 'Hello Mei,\n\nhttps://x.example/invite?token=abc=1\n',
};
const patience = () => AbortSignal.timeout(5_000);

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tims-mail-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

describe('without a mail server', () => {
  it('mails are files that their owner alone reads, the newest first', async () => {
    const mailer = mailerOf({ dataDir, mailFrom });
    expect(await listMails(dataDir, 10)).toEqual([]);
    await mailer.send(letter, patience());
    await new Promise((resolve) => setTimeout(resolve, 5));
    await mailer.send({ ...letter, to: 'arjun@example.com' }, patience());
    const mails = await listMails(dataDir, 10);
    expect(mails.map(({ to }) => to)).toEqual(['arjun@example.com', 'mei@example.com']);
    expect(mails[1]).toMatchObject(letter);
    expect(await readMail(dataDir, 'latest')).toEqual(mails[0]);
    expect(await readMail(dataDir, mails[1]?.id ?? '')).toEqual(mails[1]);
    expect(await readMail(dataDir, '../secret')).toBeUndefined();
    const folder = join(dataDir, 'mail');
    expect((statSync(folder).mode & 0o777).toString(8)).toBe('700');
    for (const name of readdirSync(folder)) {
      expect((statSync(join(folder, name)).mode & 0o777).toString(8)).toBe('600');
      expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^From: Bright Tuition <inbox@example.com>$/m);
    }
  });

  it('a line break in a name makes no other header', async () => {
    const mailer = mailerOf({ dataDir, mailFrom });
    await mailer.send({ ...letter, subject: 'Join Evil\r\nBcc: everybody@example.com on TIMS' }, patience());
    const [name = ''] = readdirSync(join(dataDir, 'mail'));
    expect(readFileSync(join(dataDir, 'mail', name), 'utf8')).not.toMatch(/^Bcc:/m);
  });
});

describe('with a mail server', () => {
  it('mails are handed to it as the settings say', async () => {
    const server = await startMailServer();
    await mailerOf({ dataDir, mailFrom, smtpUrl: server.url }).send(letter, patience());
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toMatchObject({ from: 'inbox@example.com', to: ['mei@example.com'] });
    expect(server.mails[0]?.data).toContain('token=abc=1');
    expect(readdirSync(dataDir)).toEqual([]);
    await server.close();
  });

  it('a mail waits until the server is back, sealed', async () => {
    const database = await openSqlite();
    const tims = await openTestInstallation(database);
    const server = await startMailServer({ refuses: 1 });
    const mail = mailerOf({ dataDir, mailFrom, smtpUrl: server.url });
    await requestReset(tims.installation, { email: tims.adminEmail });
    const workers = startWorkers({ ...tims.installation, mail });
    await until(() => server.refused === 1);
    const jobs = await until(async () => {
      const rows = await tims.installation.storage.reader('jobs').where('kind', 'mail.send').whereNull('lease_until');
      return rows.length > 0 && rows[0].error !== null && rows;
    });
    expect(JSON.stringify(jobs)).not.toMatch(/token|admin-|reset-password/);
    await until(() => server.mails.length === 1, 15_000);
    expect(server.mails[0]?.to).toEqual([tims.adminEmail]);
    await until(async () => (await tims.installation.storage.reader('jobs')).length === 0);
    await workers.stop();
    await server.close();
    await tims.close();
  });

  it('a server that is not there is said at once', async () => {
    const mailer = mailerOf({ dataDir, mailFrom, smtpUrl: 'smtp://127.0.0.1:9' });
    await expect(mailer.send(letter, patience())).rejects.toThrow();
  });

  it('an encrypted connection is demanded where the server is another machine', async () => {
    const server = await startMailServer();
    const { port } = new URL(server.url);
    // The same server under a name that is not this machine’s own.
    const mailer = mailerOf({ dataDir, mailFrom, smtpUrl: `smtp://0.0.0.0:${port}` });
    await expect(mailer.send(letter, patience())).rejects.toThrow(/STARTTLS|TLS/);
    expect(server.mails).toEqual([]);
    await mailerOf({ dataDir, mailFrom, smtpUrl: `smtp://0.0.0.0:${port}/?requireTLS=false` }).send(letter, patience());
    expect(server.mails).toHaveLength(1);
    await server.close();
  });
});

it('a job without a way to send mail fails, and is not lost in silence', async () => {
  const tims = await openTestInstallation(await openSqlite());
  await requestReset(tims.installation, { email: tims.adminEmail });
  const workers = startWorkers(tims.installation);
  await until(async () => {
    const row = await tims.installation.storage.reader('jobs').where('kind', 'mail.send').first();
    return row?.error === 'Error';
  });
  await workers.stop();
  await tims.close();
});

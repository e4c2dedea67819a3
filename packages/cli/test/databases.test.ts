import { forEachDatabase } from '@tims/testing';
import { expect, it } from 'vitest';
import { addressOf, newPlace } from './process.js';

forEachDatabase('the command', (open) => {
  it('makes an installation, serves it, and finds it in order afterwards', async () => {
    const database = await open();
    // One process has an SQLite file, and here that is the command.
    await database.storage.close();
    const place = newPlace();
    place.env.TIMS_DATABASE_URL = database.url;

    expect((await place.tims(['doctor'])).stdout).toMatch(/warn +database +\d+ migration steps/);
    const who = ['--organization', 'Bright', '--email', 'mei@example.com', '--name', 'Mei'];
    const made = await place.tims(['init', ...who, '--password-stdin'], { input: 'nine-lives-of-a-cat' });
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^org_\w+ {2}mei@example.com\n$/) });

    const server = place.start(['start']);
    const url = await addressOf(server);
    const login = ['login', '--url', url, '--email', 'mei@example.com', '--password-stdin'];
    expect((await place.tims(login, { input: 'nine-lives-of-a-cat' })).code).toBe(0);
    const listed = await place.tims(['conversations', 'list', '--json']);
    expect(JSON.parse(listed.stdout).data).toEqual([]);
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);

    const findings = JSON.parse((await place.tims(['doctor', '--json'])).stdout);
    expect(findings.filter(({ status }: { status: string }) => status !== 'ok')).toEqual([]);
    expect(findings.map(({ check }: { check: string }) => check)).toEqual(
      expect.arrayContaining(['secret key', 'counts', 'outbox']),
    );
    await place.leave();
    await database.close();
  });
});

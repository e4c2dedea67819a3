import { forEachDatabase, testPassword } from '@tims/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPerson, openStage, type Stage } from '../stage/index.js';
import { openPost, type Post } from './post.js';

const password = 'a good horse battery';

forEachDatabase('a forgotten password', (open) => {
  let stage: Stage;
  let post: Post;
  beforeAll(async () => {
    stage = await openStage(await open());
    post = openPost(stage.tims);
  });
  afterAll(async () => {
    await post.stop();
    await stage.close();
  });

  const ask = (email: string) => stage.call('POST', '/api/auth/password-reset', { body: { email } });
  const confirm = (token: string, secret = password) =>
    stage.call('POST', '/api/auth/password-reset/confirm', { body: { token, password: secret } });
  const login = (email: string, secret: string) =>
    stage.call('POST', '/api/auth/login', { body: { email, password: secret } });
  const jobsDone = async () => {
    const { reader } = stage.tims.installation.storage;
    for (let left = 1; left > 0; ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      left = (await reader('jobs')).length;
    }
  };
  const gone = { status: 410, body: { code: 'link_invalid' } };

  it('is replaced with the link from the mail, once, and every session ends', async () => {
    const person = await addPerson(stage.tims, 'agent', []);
    const { body: session } = await login(person.email, testPassword);
    expect(await ask(person.email.toUpperCase())).toMatchObject({ status: 202, text: '' });
    const token = await post.tokenFor(person.email.toUpperCase());
    expect((await confirm(token, 'short')).body.code).toBe('password_refused');
    expect(await confirm(token)).toMatchObject({ status: 204, text: '' });
    expect(await confirm(token)).toMatchObject(gone);
    expect((await stage.call('GET', '/api/me', { as: session.accessToken })).status).toBe(401);
    const refreshed = await stage.call('POST', '/api/auth/refresh', { body: { refreshToken: session.refreshToken } });
    expect(refreshed.status).toBe(401);
    expect((await login(person.email, testPassword)).status).toBe(401);
    expect((await login(person.email, password)).status).toBe(200);
    const { reader } = stage.tims.installation.storage;
    for (const table of ['password_resets', 'jobs', 'events', 'activity_logs']) {
      expect(JSON.stringify(await reader(table)), table).not.toContain(token);
    }
    const recorded = await reader('activity_logs').where('entity_id', person.actor.id);
    expect(recorded.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['auth.requestReset', 'auth.confirmReset']),
    );
  });

  it('is nobody’s to find out about: a stranger, a deactivated user and a user are answered alike', async () => {
    const person = await addPerson(stage.tims, 'agent', []);
    const left = await addPerson(stage.tims, 'agent', []);
    await stage.call('PATCH', `/api/users/${left.actor.id}`, { as: stage.admin, body: { status: 'deactivated' } });
    const answers = [];
    for (const email of [person.email, left.email, 'nobody@example.com', "' or 1=1 --", 'x']) {
      const { status, text, headers } = await ask(email);
      answers.push({ status, text, length: headers['content-length'] });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 202, text: '', length: answers[0]?.length })]),
    );
    await jobsDone();
    const told = post.mails.map(({ to }) => to);
    expect(told).toContain(person.email);
    expect(told).not.toContain(left.email);
    expect(told).not.toContain('nobody@example.com');
  });

  it('has a link for an hour, and no mailbox is filled', async () => {
    const person = await addPerson(stage.tims, 'agent', []);
    for (let i = 0; i < 5; i++) await ask(person.email);
    await jobsDone();
    expect(post.mails.filter(({ to }) => to === person.email)).toHaveLength(3);
    const token = await post.tokenFor(person.email);
    await stage.tims.installation.storage.writer('password_resets').update({ expires_at: Date.now() - 1 });
    expect(await confirm(token)).toMatchObject(gone);
    for (const made of ['x', `${token}x`, token.toUpperCase(), '%', "' or 1=1 --"]) {
      expect(await confirm(made)).toMatchObject(gone);
    }
  });

  it('is replaced once by two who use the link at the same time; the other links go with it', async () => {
    const person = await addPerson(stage.tims, 'agent', []);
    await ask(person.email);
    const other = await post.tokenFor(person.email);
    await ask(person.email);
    await jobsDone();
    const token = await post.tokenFor(person.email);
    expect(token).not.toBe(other);
    const secrets = ['the first horse battery', 'the second horse battery'];
    const answers = await Promise.all(secrets.map((secret) => confirm(token, secret)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410]);
    const logins = await Promise.all(secrets.map((secret) => login(person.email, secret)));
    expect(logins.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await confirm(other)).toMatchObject(gone);
  });
});

import { newId } from '@tims/core';
import { forEachDatabase, testPassword } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, addPerson, openStage, type Person, type Stage } from '../stage/index.js';
import { openPost, type Post } from './post.js';

const password = 'a good horse battery';

forEachDatabase('invitations', (open) => {
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

  let serial = 0;
  const newEmail = () => `guest-${++serial}@example.com`;
  const invite = (email: string, changes: object = {}, as: Person = stage.admin, headers = {}): Promise<Answer> =>
    stage.call('POST', '/api/invitations', { as, body: { email, role: 'agent', ...changes }, headers });
  const accept = (token: string, changes: object = {}) =>
    stage.call('POST', '/api/invitations/accept', { body: { token, name: 'Guest', password, ...changes } });
  const preview = (token: string) => stage.call('POST', '/api/invitations/preview', { body: { token } });
  const on = (id: string, method: 'POST' | 'DELETE', as: Person = stage.admin) =>
    stage.call(method, `/api/invitations/${id}${method === 'POST' ? '/resend' : ''}`, { as });
  const login = (email: string, secret: string, organizationId?: string) =>
    stage.call('POST', '/api/auth/login', { body: { email, password: secret, organizationId } });
  const rows = () => stage.tims.installation.storage.writer('invitations');

  const gone = { status: 410, body: { code: 'link_invalid' } };

  it('reach the person by mail, say what they are about, and make them a user', async () => {
    const email = newEmail();
    const { teamId } = stage.tims;
    const invited = await invite(email.toUpperCase(), { name: 'Mei', teams: [{ id: teamId, lead: true }] });
    expect(invited).toMatchObject({ status: 201, body: { email, status: 'pending', invitedBy: stage.admin.actor.id } });
    const token = await post.tokenFor(email);
    expect(invited.body.link).toBe(`http://127.0.0.1:4000/invite?token=${token}`);
    expect((await preview(token)).body).toMatchObject({ email, name: 'Mei', hasAccount: false });
    expect((await preview(token)).body.organizationName).toMatch(/^Organization \d+$/);
    const accepted = await accept(token);
    expect(accepted).toMatchObject({ status: 201, body: { email, organizationId: stage.tims.organization } });
    const { body: session } = await login(email, password);
    expect(session.user).toMatchObject({
      id: accepted.body.userId,
      name: 'Guest',
      role: 'agent',
      primaryTeamId: teamId,
      teams: [{ id: teamId, lead: true }],
    });
    const { body: list } = await stage.call('GET', '/api/invitations', { as: stage.admin });
    expect(list.data[0]).toMatchObject({ email, status: 'accepted', acceptedAt: expect.any(String) });
  });

  describe('a link', () => {
    it('works once', async () => {
      const email = newEmail();
      await invite(email);
      const token = await post.tokenFor(email);
      expect((await accept(token)).status).toBe(201);
      expect(await accept(token)).toMatchObject(gone);
      expect(await preview(token)).toMatchObject(gone);
    });

    it('makes one user of several who accept at once', async () => {
      const email = newEmail();
      await invite(email);
      const token = await post.tokenFor(email);
      const answers = await Promise.all([accept(token), accept(token), accept(token)]);
      expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
      const { storage } = stage.tims.installation;
      expect(await storage.reader('accounts').where({ email })).toHaveLength(1);
      const { id } = await storage.reader('accounts').where({ email }).first('id');
      expect(await storage.reader('users').where('account_id', id)).toHaveLength(1);
    });

    it('works for seven days, and longer when it is sent again', async () => {
      const email = newEmail();
      const { body: invitation } = await invite(email);
      const token = await post.tokenFor(email);
      expect(new Date(invitation.expiresAt).getTime() - Date.now()).toBeGreaterThan(6.99 * 24 * 3_600_000);
      await rows()
        .where('id', invitation.id)
        .update({ expires_at: Date.now() - 1 });
      expect(await accept(token)).toMatchObject(gone);
      const { body: list } = await stage.call('GET', '/api/invitations?limit=1', { as: stage.admin });
      expect(list.data[0]).toMatchObject({ id: invitation.id, status: 'expired' });
      const again = await on(invitation.id, 'POST');
      expect(again).toMatchObject({ status: 200, body: { status: 'pending', version: 2 } });
      expect(await accept(token)).toMatchObject(gone);
      expect((await accept(again.body.link.split('=')[1])).status).toBe(201);
      expect(await on(invitation.id, 'POST')).toMatchObject({ status: 409, body: { code: 'invitation_accepted' } });
      expect(await on(invitation.id, 'DELETE')).toMatchObject({ status: 409, body: { code: 'invitation_accepted' } });
    });

    it('is not to be guessed, and is nothing but itself', async () => {
      const email = newEmail();
      const { body: invitation } = await invite(email);
      const { hash } = await rows().where('id', invitation.id).first('hash');
      for (const token of ['x', hash, invitation.id, `${invitation.link.split('=')[1]}x`, "' or 1=1 --", '%']) {
        expect(await accept(token), token).toMatchObject(gone);
        expect(await preview(token), token).toMatchObject(gone);
      }
    });

    it('is not used up by a password that is refused', async () => {
      const email = newEmail();
      await invite(email);
      const token = await post.tokenFor(email);
      expect((await accept(token, { password: 'short' })).body.code).toBe('password_refused');
      expect((await accept(token)).status).toBe(201);
    });

    it('works no more when it was withdrawn, or when whoever gave it may not any more', async () => {
      const [one, another, third] = [newEmail(), newEmail(), newEmail()];
      const { body: withdrawn } = await invite(one);
      const token = await post.tokenFor(one);
      expect((await on(withdrawn.id, 'DELETE')).status).toBe(204);
      expect((await on(withdrawn.id, 'DELETE')).status).toBe(404);
      expect(await accept(token)).toMatchObject(gone);

      const inviter = await addPerson(stage.tims, 'admin', []);
      const { body: left } = await invite(another, {}, inviter);
      await invite(third, {}, inviter);
      await stage.call('PATCH', `/api/users/${inviter.actor.id}`, {
        as: stage.admin,
        body: { status: 'deactivated' },
      });
      expect(await preview(await post.tokenFor(another))).toMatchObject(gone);
      expect(await accept(await post.tokenFor(third))).toMatchObject(gone);
      // Somebody who may takes over.
      const again = await on(left.id, 'POST');
      expect((await accept(again.body.link.split('=')[1])).status).toBe(201);
    });
  });

  describe('an e-mail that has an account in another organization', () => {
    it('joins with that account and its password, and needs no other', async () => {
      const person = await addPerson(stage.other, 'manager', []);
      const { email } = person;
      await invite(email);
      const token = await post.tokenFor(email);
      expect((await preview(token)).body).toMatchObject({ hasAccount: true });
      const wrong = await accept(token, { password });
      expect(wrong).toMatchObject({ status: 401, body: { code: 'login_failed' } });
      expect((await accept(token, { password: testPassword, name: 'Somebody else' })).status).toBe(201);
      const { organization } = stage.tims;
      expect((await login(email, testPassword)).body.code).toBe('organization_required');
      expect((await login(email, testPassword, organization)).body.user).toMatchObject({
        role: 'agent',
        name: 'manager',
      });
      expect((await login(email, password, organization)).status).toBe(401);
    });

    it('keeps name and password from the administrators of either, and changes them in both', async () => {
      const person = await addPerson(stage.other, 'agent', []);
      await invite(person.email);
      const { userId } = (await accept(await post.tokenFor(person.email), { password: testPassword })).body;
      const path = `/api/users/${userId}`;
      const shared = { status: 409, body: { code: 'account_shared' } };
      const set = await stage.call('POST', `${path}/password`, { as: stage.admin, body: { password } });
      expect(set).toMatchObject(shared);
      expect(await stage.call('PATCH', path, { as: stage.admin, body: { name: 'Taken over' } })).toMatchObject(shared);
      expect((await stage.call('PATCH', path, { as: stage.admin, body: { role: 'manager' } })).status).toBe(200);

      const there = (await login(person.email, testPassword, stage.other.organization)).body;
      const here = (await login(person.email, testPassword, stage.tims.organization)).body;
      const change = { name: 'Both', password, currentPassword: testPassword };
      expect((await stage.call('PATCH', '/api/me', { as: there.accessToken, body: change })).status).toBe(200);
      expect((await stage.call('GET', '/api/me', { as: here.accessToken })).status).toBe(401);
      const refreshed = await stage.call('POST', '/api/auth/refresh', { body: { refreshToken: here.refreshToken } });
      expect(refreshed.status).toBe(401);
      const again = await login(person.email, password, stage.tims.organization);
      expect(again.body.user).toMatchObject({ name: 'Both', role: 'manager' });
    });
  });

  describe('nobody', () => {
    it('is invited who is a user here already, a deactivated one too, or twice', async () => {
      const person = await addPerson(stage.tims, 'agent', []);
      expect(await invite(person.email)).toMatchObject({ status: 409, body: { code: 'email_taken' } });
      await stage.call('PATCH', `/api/users/${person.actor.id}`, { as: stage.admin, body: { status: 'deactivated' } });
      expect((await invite(person.email)).body.code).toBe('email_taken');
      const email = newEmail();
      const { body: first } = await invite(email);
      expect((await invite(email)).body).toMatchObject({ code: 'already_invited', invitationId: first.id });
    });

    it('who became a user in another way becomes one twice', async () => {
      const email = newEmail();
      await invite(email);
      const body = { email, name: 'Made', password, role: 'agent' };
      await stage.call('POST', '/api/users', { as: stage.admin, body });
      expect(await accept(await post.tokenFor(email))).toMatchObject(gone);
    });

    it('invites to what they lack, or into what is not theirs', async () => {
      expect((await invite(newEmail(), { role: 'nonsense' })).status).toBe(404);
      expect((await invite(newEmail(), { teams: [{ id: stage.other.teamId }] })).status).toBe(404);
      expect((await invite(newEmail(), { teams: [{ id: newId('team') }] })).status).toBe(404);
      const { body: theirs } = await invite(newEmail(), {}, stage.stranger);
      expect((await on(theirs.id, 'POST')).status).toBe(404);
      expect((await on(theirs.id, 'DELETE')).status).toBe(404);
      for (const email of ['nobody', 'a@b', `x@example.com\nBcc: y@example.com`, 'a b@example.com']) {
        expect((await invite(email)).status, email).toBe(400);
      }
    });
  });

  it('keep their secrets: no table holds the link, and a repeated call does not tell it again', async () => {
    const email = newEmail();
    const key = { 'idempotency-key': `invite ${email}`.replaceAll(' ', '-') };
    const first = await invite(email, {}, stage.admin, key);
    const token = first.body.link.split('=')[1];
    const second = await invite(email, {}, stage.admin, key);
    expect(second).toMatchObject({ status: 201, body: { ...first.body, link: null } });
    await post.tokenFor(email);
    const { reader } = stage.tims.installation.storage;
    for (const table of ['invitations', 'idempotency_keys', 'jobs', 'events', 'activity_logs']) {
      expect(JSON.stringify(await reader(table)), table).not.toContain(token);
    }
    expect(post.mails.filter(({ to }) => to === email)).toHaveLength(1);
  });
});

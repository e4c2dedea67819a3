import { createHash } from 'node:crypto';
import { forEachDatabase } from '@tims/testing';
import { expect, it } from 'vitest';
import { migrations } from '../src/database/migrations/index.js';
import { authenticate, migrate, newId, openInstallation, refresh } from '../src/index.js';

const day = 86_400_000;

forEachDatabase('who was signed in before sessions had rows', (open) => {
  it('stays signed in, once the schema is of today', async () => {
    const { storage, close } = await open();
    await migrate(storage, [{ namespace: 'core', migrations: migrations.slice(0, 1) }]);
    const { writer: db } = storage;
    const [organization, account, user, family] = (['organization', 'account', 'user', 'session'] as const).map(
      (kind) => newId(kind),
    );
    const now = Date.now();
    await db('organizations').insert({ id: organization, name: 'Bright', created_at: now });
    const person = { email: 'mei@example.com', name: 'Mei', password_hash: 'x', operator: 0 };
    await db('accounts').insert({ id: account, ...person, created_at: now });
    const role = { role: 'agent', status: 'active', auth_version: 1, version: 1 };
    const place = { organization_id: organization, created_at: now };
    await db('users').insert({ ...place, id: user, account_id: account, ...role });
    const of = { family_id: family, organization_id: organization, user_id: user };
    const hash = (token: string) => createHash('sha256').update(token).digest('hex');
    await db('refresh_tokens').insert({ hash: hash('old'), ...of, expires_at: now + 28 * day, used_at: now });
    await db('refresh_tokens').insert({ hash: hash('new'), ...of, expires_at: now + 29 * day, used_at: null });

    const installation = await openInstallation({
      storage,
      secretKey: 'a secret key of at least thirty-two characters',
    });
    const [session] = await db('sessions');
    expect([session.id, session.mode, Number(session.expires_at)]).toEqual([family, 'token', now + 29 * day]);
    const step = migrations[1]?.steps.find(({ name }) => name === 'sessions_of_before');
    await step?.run(db, storage.dialect);
    expect(await db('sessions')).toHaveLength(1);
    const renewed = await refresh(installation, 'new');
    expect(await authenticate(installation, renewed.accessToken)).toMatchObject({ id: user, via: family });
    await close();
  });
});

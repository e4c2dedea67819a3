import { forEachDatabase, openTestInstallation, testPassword } from '@tims/testing';
import { expect, it } from 'vitest';
import { authenticate, createKey, login } from '../src/index.js';
import { purge } from '../src/pipeline/jobs/purge.js';

const day = 86_400_000;

forEachDatabase('what somebody got in with', (open) => {
  it('is purged when it ran out: sessions and their tokens, failures, and keys a month later', async () => {
    let ahead = 0;
    const clock = { now: () => Date.now() + ahead };
    const tims = await openTestInstallation(await open(), { clock });
    const { installation, adminEmail: email } = tims;
    const { storage } = installation;
    await login(installation, { email, password: 'wrong horse battery' }).catch(() => undefined);
    const expiresAt = new Date(clock.now() + day).toISOString();
    await createKey(installation, tims.admin, { name: 'k', permissions: ['users:read'], expiresAt });
    const counts = async () =>
      Object.fromEntries(
        await Promise.all(
          ['sessions', 'refresh_tokens', 'login_failures', 'api_keys'].map(
            async (table) => [table, (await storage.reader(table)).length] as const,
          ),
        ),
      );
    await purge(installation);
    expect(await counts()).toEqual({ sessions: 1, refresh_tokens: 1, login_failures: 1, api_keys: 1 });

    ahead = 29 * day;
    const { accessToken } = await login(installation, { email, password: testPassword });
    ahead = 30 * day + 60_000;
    await purge(installation);
    expect(await counts()).toEqual({ sessions: 1, refresh_tokens: 1, login_failures: 0, api_keys: 1 });
    ahead = 29 * day + 60_000;
    expect(await authenticate(installation, accessToken)).toBeDefined();
    ahead = 33 * day;
    await purge(installation);
    expect((await counts()).api_keys).toBe(0);
    await tims.close();
  });
});

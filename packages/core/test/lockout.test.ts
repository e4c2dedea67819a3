import { forEachDatabase, openTestInstallation, type TestInstallation } from '@tims/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { guarded, type Outcome } from '../src/features/lockout/index.js';

const minute = 60_000;

forEachDatabase('after too many failures', (openDatabase) => {
  let tims: TestInstallation;
  let ahead = 0;
  beforeEach(async () => {
    ahead = 0;
    tims = await openTestInstallation(await openDatabase(), { clock: { now: () => Date.now() + ahead } });
  });
  afterEach(() => tims.close());

  /** One check that ends so; `locked` and the seconds to wait where none was made. */
  const attempt = (outcome: Outcome, email: string, ip: string | null = null): Promise<string> =>
    guarded(tims.installation, { email, ip }, async () => ({ outcome, value: outcome as string })).catch(
      ({ code, members }) => `${code} ${Math.ceil(members.retryAfterSeconds / 60)}`,
    );
  const failures = async (times: number, email: string) => {
    for (let i = 0; i < times; i++) expect(await attempt('refused', email)).toBe('refused');
  };

  it('an account is locked, whoever tries, for twice as long each time, and for an hour at most', async () => {
    await failures(10, 'mei@example.com');
    expect(await attempt('proved', 'Mei@Example.com', '203.0.113.9')).toBe('login_locked 1');
    expect(await attempt('proved', 'other@example.com')).toBe('proved');
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      ahead += minutes * minute - 1_000;
      expect(await attempt('refused', 'mei@example.com')).toMatch(/^login_locked/);
      ahead += 1_000;
      expect(await attempt('refused', 'mei@example.com')).toBe('refused');
      const next = Math.min(minutes * 2, 60);
      expect(await attempt('proved', 'mei@example.com')).toBe(`login_locked ${next}`);
    }
    ahead += 60 * minute;
    expect(await attempt('proved', 'mei@example.com')).toBe('proved');
    await failures(10, 'mei@example.com');
  });

  it('a quarter of an hour without one forgets them', async () => {
    await failures(9, 'mei@example.com');
    ahead += 15 * minute + 1;
    await failures(10, 'mei@example.com');
    ahead += 16 * minute + 1;
    await failures(10, 'mei@example.com');
  });

  it('what is neither right nor wrong forgets nothing and adds nothing', async () => {
    for (let i = 0; i < 10; i++) {
      expect(await attempt('undecided', 'mei@example.com')).toBe('undecided');
      await failures(1, 'mei@example.com');
    }
    expect(await attempt('undecided', 'mei@example.com')).toBe('login_locked 1');
  });

  it('of those that come all at once no more are let through than one after another', async () => {
    const outcomes = await Promise.all(Array.from({ length: 25 }, () => attempt('refused', 'mei@example.com')));
    expect(outcomes.filter((outcome) => outcome === 'refused').length).toBeLessThanOrEqual(10);
    expect(outcomes.filter((outcome) => outcome === 'login_locked 1').length).toBeGreaterThan(0);
    await expect(attempt('proved', 'mei@example.com')).resolves.toMatch(/^(login_locked|proved)/);
  });

  it('an address is locked, whomever it tries, and no other; nothing of either is kept in the open', async () => {
    const ip = '203.0.113.9';
    for (let i = 0; i < 50; i++) expect(await attempt('refused', `guess-${i}@example.com`, ip)).toBe('refused');
    expect(await attempt('proved', 'mei@example.com', ip)).toBe('login_locked 1');
    expect(await attempt('proved', 'mei@example.com', '203.0.113.10')).toBe('proved');
    const rows = await tims.installation.storage.reader('login_failures');
    expect(rows).toHaveLength(51);
    expect(JSON.stringify(rows)).not.toMatch(/example\.com|203\.0/);
    ahead += minute;
    expect(await attempt('proved', 'mei@example.com', ip)).toBe('proved');
  });
});

import { checkCounts, readBacklog } from '@tims/core';
import { forEachDatabase, openTestInstallation, textWebhook } from '@tims/testing';
import { expect, it } from 'vitest';

forEachDatabase('check-up', (open) => {
  it('tells events that are not counted yet from counts that are wrong, and mends both', async () => {
    const tims = await openTestInstallation(await open());
    const { installation, organization, phoneNumberId } = tims;
    await tims.receive(textWebhook({ phoneNumberId, from: '60123456701' }));
    // No worker runs, so nothing is counted.
    const behind = await checkCounts(installation, organization);
    expect(behind.drift).toBeGreaterThan(0);
    expect(behind.behind).toBeGreaterThan(0);
    expect(await checkCounts(installation, organization, { repair: true })).toEqual({ drift: 0, behind: 0 });
    expect(await checkCounts(installation, organization)).toEqual({ drift: 0, behind: 0 });

    await installation.storage.writer('conversation_counts').update({ count: 7 });
    expect(await checkCounts(installation, organization)).toEqual({ drift: 1, behind: 0 });
    await checkCounts(installation, organization, { repair: true });
    expect(await installation.storage.reader('conversation_counts')).toMatchObject([{ count: 1 }]);
    await tims.close();
  });

  it('counts what waits for a person', async () => {
    const tims = await openTestInstallation(await open());
    const { storage } = tims.installation;
    expect(await readBacklog(storage.reader)).toEqual({ parkedEvents: 0, failedJobs: 0, failures: 0, outbox: 0 });
    await tims.receive(textWebhook({ phoneNumberId: '999', from: '60123456701' }));
    await storage
      .writer('jobs')
      .insert({ id: 'job_1', kind: 'channel.mark_read', payload: '{}', run_at: 1, attempts: 9, failed_at: 1 });
    const parked = {
      organization_id: tims.organization,
      consumer: 'counts',
      sequence: 1,
      error: 'Error',
      parked_at: 1,
    };
    await storage.writer('parked_events').insert(parked);
    expect(await readBacklog(storage.reader)).toEqual({ parkedEvents: 1, failedJobs: 1, failures: 1, outbox: 0 });
    await tims.close();
  });
});

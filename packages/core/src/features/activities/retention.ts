import type { Installation } from '../../installation.js';
import { listOrganizationIds } from '../organizations/index.js';
import { leastActivityRetentionMs, removeBefore } from './purge.js';

const actor = { type: 'system', id: 'activity-retention' } as const;

/** Removes what every organization has recorded longer ago than is kept. One whose log is broken stays as it is. */
export async function expireActivities(installation: Installation): Promise<void> {
  const { storage, settings, clock, log } = installation;
  const before = clock.now() - Math.max(settings.activityRetentionMs, leastActivityRetentionMs);
  for (const organization of await listOrganizationIds(storage.reader)) {
    try {
      for (let more = true; more; ) ({ more } = await removeBefore(installation, organization, actor, before));
    } catch (error) {
      log.error({ organization, error: String(error) }, 'the activity log is not purged');
    }
  }
}

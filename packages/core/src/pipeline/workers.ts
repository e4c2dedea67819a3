import type { Installation } from '../installation.js';
import { countsConsumer } from './consumers/counts.js';
import { notificationsConsumer } from './consumers/notifications.js';
import { startConsumer } from './consumers/runner.js';
import { searchConsumer } from './consumers/search.js';
import { startJobs } from './jobs/runner.js';
import { startOutbox } from './outbox/index.js';

/** Everything that works in the background. */
export interface Workers {
  /** Lets what is running end and begins nothing more. */
  stop(): Promise<void>;
}

export function startWorkers(installation: Installation): Workers {
  const workers = [
    startOutbox(installation),
    startConsumer(installation, countsConsumer),
    startConsumer(installation, notificationsConsumer),
    startConsumer(installation, searchConsumer),
    startJobs(installation),
  ];
  return {
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

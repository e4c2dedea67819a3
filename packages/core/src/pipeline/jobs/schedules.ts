import { expireActivities } from '../../features/activities/index.js';
import type { Installation } from '../../installation.js';
import { applyKeptUpdates } from '../ingest/kept-updates.js';
import { remindOfDue } from './follow-ups.js';
import { purge } from './purge.js';

/** What is done again and again. A run that was missed while nothing ran is done once when something does. */
const schedules: Record<string, { everyMs: number; run(installation: Installation): Promise<void> }> = {
  kept_updates: { everyMs: 2_000, run: applyKeptUpdates },
  follow_ups: { everyMs: 1_000, run: remindOfDue },
  purge: { everyMs: 3_600_000, run: purge },
  activities: { everyMs: 24 * 3_600_000, run: expireActivities },
};

export async function runSchedules(installation: Installation): Promise<void> {
  const { storage, clock } = installation;
  const now = clock.now();
  const rows: { name: string; next_run_at: number }[] = await storage.reader('schedules').select('name', 'next_run_at');
  const known = new Map(rows.map((row) => [row.name, Number(row.next_run_at)]));
  for (const [name, { everyMs, run }] of Object.entries(schedules)) {
    const due = known.get(name);
    if (due === undefined) {
      const row = { name, every_ms: everyMs, next_run_at: now + everyMs };
      await storage.dialect.bulkInsertIgnore(storage.writer, 'schedules', [row]);
    } else if (due <= now) {
      // Whoever moves the row runs it: no schedule runs twice, however many servers tick.
      const won = await storage
        .writer('schedules')
        .where({ name, next_run_at: due })
        .update({ next_run_at: now + everyMs });
      if (won === 1) await run(installation);
    }
  }
}

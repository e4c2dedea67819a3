import type { Knex } from 'knex';
import type { JobKind, JobPayloads } from '../../features/jobs/index.js';
import type { Installation } from '../../installation.js';
import { newId } from '../../kernel/ids.js';
import { fromJson } from '../../kernel/json.js';
import { startWorker, type Worker } from '../worker.js';
import { type JobDefinition, jobCatalogue } from './catalogue.js';
import { runSchedules } from './schedules.js';

interface JobRow {
  id: string;
  kind: JobKind;
  payload: string;
  attempts: number;
}

const atOnce = 8;

/** Does what is due: jobs once each (again after a failure, with growing pauses), schedules when their time has come. */
export function startJobs(installation: Installation): Worker {
  return startWorker(
    async () => {
      await runSchedules(installation);
      const jobs = await claimJobs(installation);
      await Promise.all(jobs.map((job) => runJob(installation, job)));
      return jobs.length === atOnce;
    },
    { everyMs: 1_000 },
    (error) => installation.log.error({ error: String(error) }, 'jobs failed'),
  );
}

async function claimJobs({ storage, clock }: Installation): Promise<JobRow[]> {
  const now = clock.now();
  const free = (or: Knex.QueryBuilder) => {
    or.whereNull('lease_until').orWhere('lease_until', '<', now);
  };
  const due = storage
    .reader('jobs')
    .whereNull('failed_at')
    .where('run_at', '<=', now)
    .where(free)
    .orderBy('run_at')
    .limit(atOnce);
  const rows: JobRow[] = await due.select('id', 'kind', 'payload', 'attempts');
  const claimed: JobRow[] = [];
  for (const row of rows) {
    const won = await storage
      .writer('jobs')
      .where({ id: row.id, attempts: row.attempts })
      .where(free)
      .update({
        claimed_by: newId('job', now),
        lease_until: now + definitionOf(row.kind).timeoutMs * 2,
        attempts: row.attempts + 1,
      });
    if (won === 1) claimed.push({ ...row, attempts: row.attempts + 1 });
  }
  return claimed;
}

async function runJob(installation: Installation, job: JobRow): Promise<void> {
  const { storage, clock, log } = installation;
  const definition = definitionOf(job.kind);
  const row = storage.writer('jobs').where('id', job.id);
  try {
    await definition.run(
      installation,
      fromJson<JobPayloads[JobKind]>(job.payload),
      AbortSignal.timeout(definition.timeoutMs),
    );
    await row.clone().delete();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'error';
    log.warn({ job: job.id, kind: job.kind, attempt: job.attempts, error: name }, 'job failed');
    const now = clock.now();
    const over = job.attempts >= definition.attempts;
    await row.clone().update({
      lease_until: null,
      run_at: now + 1_000 * 4 ** job.attempts,
      error: name,
      failed_at: over ? now : null,
    });
  }
}

function definitionOf(kind: JobKind): JobDefinition<JobKind> {
  // The catalogue's types tie each kind to its payload; a row's kind is only known at run time.
  return jobCatalogue[kind] as JobDefinition<JobKind>;
}

import type { Command } from 'commander';
import type { Finding } from './finding.js';

/** A running server has the SQLite file for itself: what can be seen from outside is asked of it. */
export async function overHttp(url: string, command: Command): Promise<Finding[]> {
  const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  );
  const findings: Finding[] = [
    {
      check: 'database',
      status: ready ? 'ok' : 'fail',
      detail: ready
        ? 'in use by the running server, which says it is ready; counts, keys and jobs can be checked while it is stopped'
        : 'in use by the running server, which says it is not ready',
    },
  ];
  const waiting = await failuresWaiting(command);
  if (waiting === undefined)
    return [
      ...findings,
      { check: 'failures', status: 'warn', detail: 'not looked at: nobody who may see them is signed in' },
    ];
  return [
    ...findings,
    waiting === 0
      ? { check: 'failures', status: 'ok', detail: 'none' }
      : {
          check: 'failures',
          status: 'warn',
          detail: `${waiting} webhooks could not be taken in; \`tims failures list\` says why`,
        },
  ];
}

async function failuresWaiting(command: Command): Promise<number | undefined> {
  const { connect } = await import('../../../connect.js');
  try {
    const { tims } = await connect(command);
    const { data } = await tims.failures.list({ limit: 100 });
    return data.filter(({ replayedAt }) => replayedAt === null).length;
  } catch {
    return undefined; // Not signed in, or not allowed: said above.
  }
}

/** Whether a TIMS server answers there. */
export async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.headers.has('x-request-id'),
    () => false,
  );
}

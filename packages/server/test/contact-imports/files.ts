import { startWorkers } from '@tims/core';
import type { Answer, Person, Stage } from '../stage/index.js';
import { until } from '../stage/index.js';

/** Sends a file as a client does. */
export function upload(
  { call, admin }: Stage,
  file: string | Buffer,
  { as = admin, query = '', headers = {} }: { as?: Person; query?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const type = { 'content-type': 'text/csv', ...headers };
  return call('POST', `/api/contact-imports${query}`, { as, body: file, headers: type });
}

/** Uploads, starts and waits for the end; answers with the import and its rows. */
export async function importFile(stage: Stage, file: string | Buffer, start: object = {}) {
  const { call, admin, tims } = stage;
  const staged = await upload(stage, file);
  if (staged.status !== 201) throw new Error(staged.text);
  const { id } = staged.body;
  const started = await call('POST', `/api/contact-imports/${id}/start`, { as: admin, body: start });
  if (started.status !== 200) throw new Error(started.text);
  const workers = startWorkers(tims.installation);
  try {
    await until(async () => (await call('GET', `/api/contact-imports/${id}`, { as: admin })).body.state === 'done');
  } finally {
    await workers.stop();
  }
  return reportOf(stage, id);
}

export async function reportOf({ call, admin }: Stage, id: string) {
  const get = async (path: string) => (await call('GET', `/api/contact-imports/${id}${path}`, { as: admin })).body;
  return { report: await get(''), rows: (await get('/rows?limit=100')).data };
}

export async function contactOf({ call, admin }: Stage, id: string) {
  return (await call('GET', `/api/contacts/${id}`, { as: admin })).body;
}

let serial = 0;
/** A number that no other test of this file has. */
export const newNumber = () => `+6013${String(4_000_000 + ++serial)}`;

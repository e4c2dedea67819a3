import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Installation } from '@tims/core';
import type { Storage } from '@tims/core/plugin';
import type { LoadedSettings } from '@tims/server';
import type { Command } from 'commander';
import { databaseFile, databaseIsMissing } from './database-file.js';
import { isStorageOpenError } from './server.js';

export interface Finding {
  check: string;
  status: 'ok' | 'warn' | 'fail';
  /** What was found, and what to do. */
  detail: string;
}

type Server = typeof import('@tims/server');
type Core = typeof import('@tims/core');

interface Options {
  repair: boolean;
  command: Command;
}

/** Looks at everything that can be looked at; one thing at fault does not hide the others. */
export async function examine(server: Server, core: Core, options: Options): Promise<Finding[]> {
  const settings = await readSettings(server);
  if (Array.isArray(settings)) return [node(), ...settings];
  const url = server.urlOf(settings.host, settings.port);
  const running = await answers(url);
  return [
    node(),
    { check: 'settings', status: 'ok', detail: settings.file ? `from ${settings.file} and the environment` : 'from the environment' },
    dataFolder(settings),
    secretKeyFile(settings),
    await port(server, settings, running ? url : undefined),
    ...(await database(server, core, settings, { ...options, url: running ? url : undefined })),
  ];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  return {
    check: 'node',
    status: fits ? 'ok' : 'fail',
    detail: `${process.version}${fits ? '' : '; TIMS needs 20.19 or newer'}`,
  };
}

async function readSettings(server: Server): Promise<LoadedSettings | Finding[]> {
  try {
    return await server.loadSettings();
  } catch (error) {
    if (!(error instanceof server.SettingsError)) throw error;
    return error.problems.map((detail) => ({ check: 'settings', status: 'fail', detail }));
  }
}

function dataFolder({ dataDir }: LoadedSettings): Finding {
  const check = 'data folder';
  let place = dataDir;
  while (!existsSync(place)) place = dirname(place);
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch {
    return { check, status: 'fail', detail: `this user may not write to ${place}; check TIMS_DATA_DIR and the folder's owner` };
  }
  if (place !== dataDir) return { check, status: 'warn', detail: `${dataDir} is not there yet; the first start makes it` };
  return { check, status: 'ok', detail: dataDir };
}

function secretKeyFile({ dataDir, secretKey }: LoadedSettings): Finding {
  const check = 'key file';
  if (secretKey !== undefined) return { check, status: 'ok', detail: 'not used: TIMS_SECRET_KEY is set' };
  const file = `${dataDir}/secret.key`;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return { check, status: 'warn', detail: `${file} is not there yet; the first start makes it` };
  if ((mode & 0o077) !== 0) return { check, status: 'warn', detail: `others may read ${file}; run chmod 600 on it` };
  return { check, status: 'ok', detail: file };
}

async function port(server: Server, settings: LoadedSettings, url: string | undefined): Promise<Finding> {
  const check = 'port';
  if (url) return { check, status: 'ok', detail: `a TIMS server answers at ${url}` };
  try {
    await server.demandFreePort(settings, 'port');
    return { check, status: 'ok', detail: `${settings.port} is free` };
  } catch (error) {
    return { check, status: 'fail', detail: error instanceof Error ? error.message : String(error) };
  }
}

async function database(
  server: Server,
  core: Core,
  settings: LoadedSettings,
  options: Options & { url: string | undefined },
): Promise<Finding[]> {
  const check = 'database';
  const file = databaseFile(settings);
  if (databaseIsMissing(settings)) {
    return [{ check, status: 'warn', detail: `${file} is not there yet; \`tims init\` or the first start makes it` }];
  }
  let storage: Storage;
  try {
    storage = await server.openStorage(settings);
  } catch (error) {
    if (!isStorageOpenError(error)) throw error;
    if (file !== undefined && options.url) return overHttp(options.url, options.command);
    return [{ check, status: 'fail', detail: error.message }];
  }
  try {
    return await inside(server, core, settings, storage, options.repair);
  } finally {
    await storage.close();
  }
}

async function inside(
  server: Server,
  core: Core,
  settings: LoadedSettings,
  storage: Storage,
  repair: boolean,
): Promise<Finding[]> {
  const schema = await schemaOf(core, storage);
  // Opening the installation would migrate; a check-up changes nothing that it was not asked to.
  if (schema.status !== 'ok') return [schema];
  const installation = await core.openInstallation({
    storage,
    secretKey: server.secretKeyOf(settings),
    channelPlugins: settings.registry.channels,
    pluginSettings: settings.pluginSettings,
  });
  return [schema, await secretKey(server, installation), ...(await counts(core, installation, repair)), ...(await backlog(core, installation))];
}

async function schemaOf(core: Core, storage: Storage): Promise<Finding> {
  const check = 'database';
  try {
    const pending = await core.pendingMigrations(storage, [{ namespace: 'core', migrations: core.migrations }]);
    if (pending.length === 0) return { check, status: 'ok', detail: `${storage.dialect.name}, at this version's schema` };
    return { check, status: 'warn', detail: `${pending.length} migration steps are to be done; \`tims migrate\` or the next start does them` };
  } catch (error) {
    if (!(error instanceof core.SchemaTooNewError)) throw error;
    return { check, status: 'fail', detail: error.message };
  }
}

async function secretKey(server: Server, installation: Installation): Promise<Finding> {
  const check = 'secret key';
  const closed = await server.channelsThatDoNotOpen(installation);
  if (closed.length === 0) return { check, status: 'ok', detail: "opens every channel's secrets" };
  return {
    check,
    status: 'fail',
    detail: `it is not the one that sealed the secrets of ${closed.map(({ id }) => id).join(', ')}; give the old TIMS_SECRET_KEY`,
  };
}

async function counts(core: Core, installation: Installation, repair: boolean): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const organization of await core.listOrganizationIds(installation.storage.reader)) {
    const before = await core.checkCounts(installation, organization);
    const check = 'counts';
    if (before.drift === 0) findings.push({ check, status: 'ok', detail: `of ${organization} agree with the conversations` });
    else if (repair) {
      await core.checkCounts(installation, organization, { repair });
      findings.push({ check, status: 'ok', detail: `of ${organization}: ${before.drift} written anew` });
    } else if (before.behind > 0) {
      findings.push({ check, status: 'ok', detail: `of ${organization}: ${before.behind} events are still to be counted` });
    } else {
      findings.push({ check, status: 'fail', detail: `of ${organization}: ${before.drift} differ from the conversations; \`tims doctor --repair\` mends them` });
    }
  }
  if (findings.length === 0) findings.push({ check: 'organization', status: 'warn', detail: 'there is none yet; `tims init` makes it' });
  return findings;
}

async function backlog(core: Core, installation: Installation): Promise<Finding[]> {
  const { parkedEvents, failedJobs, failures, outbox } = await core.readBacklog(installation.storage.reader);
  const found = (check: string, count: number, what: string): Finding =>
    count === 0 ? { check, status: 'ok', detail: 'none' } : { check, status: 'warn', detail: `${count} ${what}` };
  return [
    found('failures', failures, 'webhooks could not be taken in; `tims failures list` says why'),
    found('parked', parkedEvents, 'events could not be handled and were put aside; the log says why'),
    found('jobs', failedJobs, 'jobs failed for good; the log says why'),
    { check: 'outbox', status: 'ok', detail: outbox === 0 ? 'empty' : `${outbox} messages are on their way` },
  ];
}

/** A running server has the SQLite file for itself: what can be seen from outside is asked of it. */
async function overHttp(url: string, command: Command): Promise<Finding[]> {
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
  if (waiting === undefined) return [...findings, { check: 'failures', status: 'warn', detail: 'not looked at: nobody who may see them is signed in' }];
  return [
    ...findings,
    waiting === 0
      ? { check: 'failures', status: 'ok', detail: 'none' }
      : { check: 'failures', status: 'warn', detail: `${waiting} webhooks could not be taken in; \`tims failures list\` says why` },
  ];
}

async function failuresWaiting(command: Command): Promise<number | undefined> {
  const { connect } = await import('../../client.js');
  try {
    const { tims } = await connect(command);
    const { data } = await tims.failures.list({ limit: 100 });
    return data.filter(({ replayedAt }) => replayedAt === null).length;
  } catch {
    return undefined; // Not signed in, or not allowed: said above.
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.headers.has('x-request-id'),
    () => false,
  );
}

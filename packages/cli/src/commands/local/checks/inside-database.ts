import type { Installation } from '@tims/core';
import type { Storage } from '@tims/core/plugin';
import type { LoadedSettings } from '@tims/server/operator';
import type { Core, Finding, Server } from './finding.js';

/** What the open database tells. Nothing is changed that was not asked for: opening the installation would migrate. */
export async function inside(
  server: Server,
  core: Core,
  settings: LoadedSettings,
  storage: Storage,
  repair: boolean,
): Promise<Finding[]> {
  const schema = await schemaOf(core, storage);
  if (schema.status !== 'ok') return [schema];
  const installation = await core.openInstallation({
    storage,
    secretKey: server.secretKeyOf(settings),
    channelPlugins: settings.registry.channels,
    pluginSettings: settings.pluginSettings,
  });
  return [
    schema,
    await secretKey(server, installation),
    ...(await counts(core, installation, repair)),
    ...(await search(core, installation)),
    ...(await backlog(core, installation)),
  ];
}

async function schemaOf(core: Core, storage: Storage): Promise<Finding> {
  const check = 'database';
  try {
    const pending = await core.pendingMigrations(storage, [{ namespace: 'core', migrations: core.migrations }]);
    if (pending.length === 0)
      return { check, status: 'ok', detail: `${storage.dialect.name}, at this version's schema` };
    return {
      check,
      status: 'warn',
      detail: `${pending.length} migration steps are to be done; \`tims migrate\` or the next start does them`,
    };
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
    if (before.drift === 0)
      findings.push({ check, status: 'ok', detail: `of ${organization} agree with the conversations` });
    else if (repair) {
      await core.checkCounts(installation, organization, { repair });
      findings.push({ check, status: 'ok', detail: `of ${organization}: ${before.drift} written anew` });
    } else if (before.behind > 0) {
      findings.push({
        check,
        status: 'ok',
        detail: `of ${organization}: ${before.behind} events are still to be counted`,
      });
    } else {
      findings.push({
        check,
        status: 'fail',
        detail: `of ${organization}: ${before.drift} differ from the conversations; \`tims doctor --repair\` mends them`,
      });
    }
  }
  if (findings.length === 0)
    findings.push({ check: 'organization', status: 'warn', detail: 'there is none yet; `tims init` makes it' });
  return findings;
}

async function search(core: Core, installation: Installation): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const organization of await core.listOrganizationIds(installation.storage.reader)) {
    const { looked, drift, behind } = await core.checkSearch(installation, organization);
    const of = `of ${organization}`;
    const check = 'search';
    if (behind > 0) findings.push({ check, status: 'ok', detail: `${of}: ${behind} events are still to be followed` });
    else if (drift === 0) findings.push({ check, status: 'ok', detail: `${of} finds the last ${looked} messages` });
    else {
      const detail = `${of}: ${drift} of the last ${looked} messages are not found as they are; \`tims search rebuild\` mends it`;
      findings.push({ check, status: 'fail', detail });
    }
  }
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

import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createIngest, type Installation, openInstallation, SchemaTooNewError, startWorkers } from '@tims/core';
import { type Storage, StorageOpenError } from '@tims/core/plugin';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Demo } from './demo/index.js';
import type { LoadedSettings } from './load-settings.js';
import { mailerOf } from './mail/index.js';
import { inboxFolder } from './plugins/web-inbox.js';
import { demandFreePort, explainListen, urlOf } from './ports.js';
import { demandSecretKey, secretKeyOf } from './secret-key.js';
import { StartError } from './start-error.js';
import { demandTls } from './tls.js';

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:4000`. */
  url: string;
  installation: Installation;
  demo: Demo | undefined;
  /** Whether a web inbox stands at `url`. */
  inbox: boolean;
  /** Refuses what is new, ends what is under way, commits what was taken in, closes the database. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** Adds the demo's organization, simulator and customers to an empty installation. */
  demo?: boolean;
  log: Logger;
}

/**
 * Starts the server: database, installation, ingest, workers, HTTP. What was opened is closed again when a later part
 * fails.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function startServer(
  settings: LoadedSettings,
  { demo = false, log }: StartOptions,
): Promise<RunningServer> {
  const opened: Opened[] = [];
  const close = () => closeAll(opened, log);
  try {
    const tls = demandTls(settings);
    makeDataDir(settings.dataDir);
    const storage = await openStorage(settings);
    opened.push({ what: 'database', close: () => storage.close() });
    await demandFreePort(settings, 'port');
    const inbox = inboxFolder(settings.inboxDir);
    const stage = demo ? await (await import('./demo/index.js')).openDemo(settings, log) : undefined;
    if (stage) opened.push({ what: 'simulator', close: stage.close });
    const installation = await openInstallation({
      storage,
      secretKey: secretKeyOf(settings),
      channelPlugins: settings.registry.channels,
      pluginSettings: { ...settings.pluginSettings, ...stage?.pluginSettings },
      settings: coreSettings(settings),
      mail: mailerOf(settings),
      log,
    });
    opened.push({ what: 'access log', close: () => installation.accessLog.flush() });
    await demandSecretKey(installation);
    await stage?.populate(installation);
    const ingest = createIngest(installation);
    const workers = startWorkers(installation);
    opened.push({ what: 'workers', close: () => workers.stop() });
    opened.push({ what: 'ingest', close: () => ingest.drain() });
    // Loaded as late as this, so that a start that is refused is refused at once.
    const { build } = await import('./app.js');
    const app = await build({
      installation,
      ingest,
      loggerInstance: log,
      allowedOrigins: [...settings.allowedOrigins, ...originOf(settings.publicUrl)],
      tls,
      inboxFolder: inbox,
      metricsToken: settings.metricsToken,
      trustProxy: settings.trustProxy?.split(',').map((network) => network.trim()) ?? false,
      rateLimits: { perMinute: settings.rateLimitPerMinute, loginPerMinute: settings.loginLimitPerMinute },
    });
    opened.push({ what: 'HTTP', close: () => app.close() });
    const url = await listen(app, settings, tls ? 'https' : 'http');
    // Where the system chose the port, only now is it known what links in mails begin with.
    if (settings.publicUrl === undefined) installation.settings.publicUrl = url;
    await stage?.begin(url);
    if (stage) opened.push({ what: 'customers', close: stage.stopCustomers });
    return { url, installation, demo: stage, inbox: inbox !== undefined, close };
  } catch (error) {
    await close();
    throw explain(error);
  }
}

interface Opened {
  what: string;
  close(): Promise<void>;
}

/** The last opened goes first: nobody is left without what they work on. A second call finds nothing to do. */
async function closeAll(opened: Opened[], log: Logger): Promise<void> {
  for (let part = opened.pop(); part; part = opened.pop()) {
    const { what } = part;
    // One part that cannot be closed must not keep the others open.
    await part.close().catch((error: unknown) => log.error({ what, error: String(error) }, 'not closed'));
  }
}

/**
 * Opens the database that the settings name.
 *
 * @throws StorageOpenError
 */
export async function openStorage({
  databaseUrl,
  registry,
}: Pick<LoadedSettings, 'databaseUrl' | 'registry'>): Promise<Storage> {
  const plugin = registry.storages.find(({ schemes }) =>
    schemes.some((scheme) => databaseUrl.startsWith(`${scheme}:`)),
  );
  if (!plugin) throw new StartError('No storage plugin serves TIMS_DATABASE_URL.');
  return plugin.open(databaseUrl);
}

/**
 * Customers' messages lie in it: nobody else on the machine has to read them.
 *
 * @throws StartError
 */
export function makeDataDir(dataDir: string): void {
  // For the folder, and for the database's files in one that was there before.
  process.umask(0o077);
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`The data folder cannot be made: ${why}. Check TIMS_DATA_DIR and who owns that place.`);
  }
}

/** The settings that the domain takes, in its units. */
export function coreSettings(settings: LoadedSettings) {
  return {
    reopenWindowMs: settings.reopenWindowHours * 3_600_000,
    outboxLeaseMs: settings.outboxLeaseSeconds * 1_000,
    ingestQueue: settings.ingestQueue,
    publicUrl: (settings.publicUrl ?? urlOf(settings.host, settings.port)).replace(/\/+$/, ''),
    activityRetentionMs: settings.activityRetentionDays * 24 * 3_600_000,
  };
}

/** The inbox at the public address is our own, also where a proxy calls us by another name. */
function originOf(publicUrl: string | undefined): string[] {
  return publicUrl !== undefined && URL.canParse(publicUrl) ? [new URL(publicUrl).origin] : [];
}

async function listen(app: FastifyInstance, { host, port }: LoadedSettings, scheme: 'http' | 'https'): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw await explainListen(error, { host, port, setting: 'port' });
  }
  const { port: taken } = app.server.address() as AddressInfo; // it listens on TCP
  return urlOf(host, taken, scheme);
}

function explain(error: unknown): unknown {
  if (!(error instanceof StorageOpenError) && !(error instanceof SchemaTooNewError)) return error;
  return new StartError(error.message, { cause: error });
}

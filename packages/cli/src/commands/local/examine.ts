import type { Storage } from '@tims/core/plugin';
import type { LoadedSettings } from '@tims/server/operator';
import type { Command } from 'commander';
import type { Core, Finding, Server } from './checks/finding.js';
import { inside } from './checks/inside-database.js';
import { dataFolder, node, port, secretKeyFile } from './checks/machine.js';
import { answers, overHttp } from './checks/over-http.js';
import { databaseFile, databaseIsMissing } from './database-file.js';
import { isStorageOpenError } from './server.js';

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
    {
      check: 'settings',
      status: 'ok',
      detail: settings.file ? `from ${settings.file} and the environment` : 'from the environment',
    },
    dataFolder(settings),
    secretKeyFile(settings),
    await port(server, settings, running ? url : undefined),
    ...(await database(server, core, settings, { ...options, url: running ? url : undefined })),
  ];
}

async function readSettings(server: Server): Promise<LoadedSettings | Finding[]> {
  try {
    return await server.loadSettings();
  } catch (error) {
    if (!(error instanceof server.SettingsError)) throw error;
    return error.problems.map((detail) => ({ check: 'settings', status: 'fail', detail }));
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

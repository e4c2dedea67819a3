import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LoadedSettings } from '@tims/server/operator';
import type { Finding, Server } from './finding.js';

export function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  return {
    check: 'node',
    status: fits ? 'ok' : 'fail',
    detail: `${process.version}${fits ? '' : '; TIMS needs 20.19 or newer'}`,
  };
}

export function dataFolder({ dataDir }: LoadedSettings): Finding {
  const check = 'data folder';
  let place = dataDir;
  while (!existsSync(place)) place = dirname(place);
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch {
    return {
      check,
      status: 'fail',
      detail: `this user may not write to ${place}; check TIMS_DATA_DIR and the folder's owner`,
    };
  }
  if (place !== dataDir)
    return { check, status: 'warn', detail: `${dataDir} is not there yet; the first start makes it` };
  return { check, status: 'ok', detail: dataDir };
}

export function secretKeyFile({ dataDir, secretKey }: LoadedSettings): Finding {
  const check = 'key file';
  if (secretKey !== undefined) return { check, status: 'ok', detail: 'not used: TIMS_SECRET_KEY is set' };
  const file = `${dataDir}/secret.key`;
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined)
    return { check, status: 'warn', detail: `${file} is not there yet; the first start makes it` };
  if ((mode & 0o077) !== 0) return { check, status: 'warn', detail: `others may read ${file}; run chmod 600 on it` };
  return { check, status: 'ok', detail: file };
}

export async function port(server: Server, settings: LoadedSettings, url: string | undefined): Promise<Finding> {
  const check = 'port';
  if (url) return { check, status: 'ok', detail: `a TIMS server answers at ${url}` };
  try {
    await server.demandFreePort(settings, 'port');
    return { check, status: 'ok', detail: `${settings.port} is free` };
  } catch (error) {
    return { check, status: 'fail', detail: error instanceof Error ? error.message : String(error) };
  }
}

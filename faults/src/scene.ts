import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import whatsapp from '@tims/channel-whatsapp';
import {
  authenticate,
  createChannel,
  createOrganization,
  type Installation,
  login,
  openInstallation,
  type UserActor,
} from '@tims/core';
import { Broken, type Drill } from './drill.js';

export const appSecret = 'app-secret-of-the-drills';
export const accessToken = 'access-token-of-the-drills';
export const phoneNumberId = '106540352242922';
const secretKey = 'the secret key of the drills, long enough';
const admin = { email: 'admin@example.com', name: 'Admin', password: 'correct horse battery' };

/** A prepared database with one organization and one WhatsApp channel, and how servers are started on it. */
export interface Scene {
  folder: string;
  databaseUrl: string;
  organization: string;
  channelId: string;
  environment: Record<string, string>;
  /** Looks into the database; of SQLite only while no server has it. */
  look<T>(work: (installation: Installation, admin: UserActor) => Promise<T>): Promise<T>;
}

export interface SceneOptions {
  /** SQLite in the scene's folder unless told. */
  databaseUrl?: string;
  /** Where Meta's side is. */
  graphUrl?: string;
}

export async function prepare(drill: Drill, options: SceneOptions = {}): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'tims-drill-'));
  drill.defer(() => rmSync(folder, { recursive: true, force: true }));
  const databaseUrl = options.databaseUrl ?? `sqlite:${join(folder, 'tims.db')}`;
  const look: Scene['look'] = async (work) => {
    const installation = await open(databaseUrl);
    try {
      return await work(installation, await adminOf(installation));
    } finally {
      await installation.close();
    }
  };
  const installation = await open(databaseUrl);
  const { organizationId, teamId } = await createOrganization(installation, { name: 'Drill', admin });
  const channel = await createChannel(installation, await adminOf(installation), {
    kind: 'whatsapp',
    name: 'Drill',
    defaultTeamId: teamId,
    config: { phoneNumberId, businessAccountId: '102290129340398', accessToken },
    verify: false,
  });
  await installation.close();
  return {
    folder,
    databaseUrl,
    organization: organizationId,
    channelId: channel.id,
    look,
    environment: {
      TIMS_DATABASE_URL: databaseUrl,
      TIMS_SECRET_KEY: secretKey,
      TIMS_LOG_LEVEL: 'warn',
      TIMS_RATE_LIMIT_PER_MINUTE: '1000000',
      TIMS_LOGIN_LIMIT_PER_MINUTE: '1000',
      TIMS_WHATSAPP_APP_SECRET: appSecret,
      TIMS_WHATSAPP_VERIFY_TOKEN: randomBytes(8).toString('hex'),
      ...(options.graphUrl ? { TIMS_WHATSAPP_GRAPH_URL: options.graphUrl } : {}),
    },
  };
}

export const credentials = { email: admin.email, password: admin.password };

async function open(databaseUrl: string): Promise<Installation> {
  const { default: plugin } = databaseUrl.startsWith('sqlite:')
    ? await import('@tims/storage-sqlite')
    : await import('@tims/storage-mysql');
  return openInstallation({
    storage: await plugin.open(databaseUrl),
    secretKey,
    channelPlugins: [whatsapp],
    pluginSettings: { whatsapp: { appSecret } },
  });
}

async function adminOf(installation: Installation): Promise<UserActor> {
  const session = await login(installation, credentials);
  const actor = await authenticate(installation, session.accessToken);
  if (!actor) throw new Broken('The administrator cannot log in');
  return actor;
}

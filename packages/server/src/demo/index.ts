import type { Installation } from '@tims/core';
import type { InstallationSettings } from '@tims/core/plugin';
import type { Logger } from 'pino';
import type { LoadedSettings } from '../load-settings.js';
import { demoPassword, keepDemo, readDemo } from './kept.js';
import { demandOwnDatabase } from './own-database.js';
import { populate } from './populate.js';
import { openSimulator } from './simulator.js';

/** The demo around one server. */
export interface Demo {
  /** What takes the place of the installation's own WhatsApp settings. */
  pluginSettings: Record<string, InstallationSettings>;
  simulatorUrl: string;
  /** Of all its users; empty until the installation is populated. */
  readonly password: string;
  /** Makes the organization, its people and its channel, as far as they are missing. */
  populate(installation: Installation): Promise<void>;
  /** Connects the simulated number to the server at `url`, and lets customers write from now on. */
  begin(url: string): Promise<void>;
  stopCustomers(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the WhatsApp simulator of the demo. Its secrets are made once and kept in the data folder.
 *
 * @throws StartError when its port is taken.
 */
export async function openDemo(settings: LoadedSettings, log: Logger): Promise<Demo> {
  const kept = readDemo(settings.dataDir);
  const simulator = await openSimulator(settings, kept, log);
  const { whatsapp } = settings.pluginSettings;
  const { appSecret, verifyToken } = kept;
  let password = '';
  return {
    simulatorUrl: simulator.url,
    pluginSettings: { whatsapp: { ...whatsapp, graphUrl: simulator.url, appSecret, verifyToken } },
    get password() {
      return password;
    },
    async populate(installation) {
      await demandOwnDatabase(installation, settings.dataDir, kept);
      keepDemo(settings.dataDir, kept);
      password = demoPassword(settings, log);
      const organizationId = await populate(installation, { kept, password, dataDir: settings.dataDir });
      keepDemo(settings.dataDir, { ...kept, organizationId });
    },
    begin: simulator.begin,
    stopCustomers: simulator.stopCustomers,
    close: simulator.close,
  };
}

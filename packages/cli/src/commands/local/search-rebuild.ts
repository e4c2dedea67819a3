import type { SearchReport } from '@tims/core';
import { say } from '../../output/print.js';
import { withServer } from './server.js';

/** Goes through every organization of this machine's installation; says how far it is where somebody looks. */
export function rebuild(): Promise<SearchReport> {
  return withServer(async (server, core) => {
    const settings = await server.loadSettings();
    const storage = await server.openStorage(settings);
    try {
      const installation = await core.openInstallation({
        storage,
        secretKey: server.secretKeyOf(settings),
        channelPlugins: settings.registry.channels,
        pluginSettings: settings.pluginSettings,
      });
      const total: SearchReport = { looked: 0, drift: 0, behind: 0 };
      for (const organization of await core.listOrganizationIds(storage.reader)) {
        const report = await core.rebuildSearch(installation, organization, {
          onProgress: progress(total.looked),
          // The more at once, the more of them go into one place of the index.
          chunk: 10_000,
        });
        for (const name of ['looked', 'drift', 'behind'] as const) total[name] += report[name];
      }
      return total;
    } finally {
      await storage.close();
    }
  });
}

const everyMs = 2_000;

function progress(before: number): (report: SearchReport) => void {
  let last = Date.now();
  return ({ looked, drift }) => {
    if (Date.now() - last < everyMs) return;
    last = Date.now();
    say(`${before + looked} looked at, ${drift} differed`);
  };
}

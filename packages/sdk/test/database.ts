import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import plugin from '@tims/storage-sqlite';
import type { TestDatabase } from '@tims/testing';

/** An empty SQLite database. What databases differ in is behind the API, so one of them is enough for a client. */
export async function openDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'tims-sdk-test-'));
  const url = `sqlite:${join(folder, 'tims.db')}`;
  const storage = await plugin.open(url);
  return {
    name: 'SQLite',
    url,
    plugin,
    storage,
    async close() {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

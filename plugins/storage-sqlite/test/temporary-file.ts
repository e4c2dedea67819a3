import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '@tims/core/plugin';
import { onTestFinished } from 'vitest';
import plugin from '../src/index.js';

/** A folder that is gone after the test, and the path of a database in it. */
export function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tims-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'tims.db');
}

export async function openFile(file: string): Promise<Storage> {
  const storage = await plugin.open(`sqlite:${file}`);
  onTestFinished(() => storage.close());
  return storage;
}

/** Opened, with a table `notes (id, body)` in it. */
export async function openWithNotes(file = temporaryFile()): Promise<Storage> {
  const storage = await openFile(file);
  await storage.writer.schema.createTable('notes', (table) => {
    table.increments('id');
    table.text('body');
  });
  return storage;
}

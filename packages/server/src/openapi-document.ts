import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import whatsapp from '@tims/channel-whatsapp';
import { createIngest, openInstallation } from '@tims/core';
import sqlite from '@tims/storage-sqlite';
import { build } from './app.js';

/** Writes the OpenAPI document to the file that is named: `node openapi-document.js openapi.json`. */
async function writeDocument(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tims-openapi-'));
  const storage = await sqlite.open(`sqlite:${join(folder, 'tims.db')}`);
  const installation = await openInstallation({ storage, secretKey: 'x'.repeat(32), channelPlugins: [whatsapp] });
  const app = await build({ installation, ingest: createIngest(installation) });
  writeFileSync(file, `${JSON.stringify(app.swagger(), null, 2)}\n`);
  await app.close();
  await installation.close();
  rmSync(folder, { recursive: true });
}

const [file] = process.argv.slice(2);
if (file) await writeDocument(file);
else process.stderr.write('Name the file to write: node openapi-document.js openapi.json\n');

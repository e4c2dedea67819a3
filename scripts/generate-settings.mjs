// Writes the tables of docs/configuration.md from the schemas of the settings, and leaves the text between them:
// node scripts/generate-settings.mjs <page.md> <out.md>
import { readFileSync, writeFileSync } from 'node:fs';
import { settingDefinitions } from '../packages/server/dist/operator.js';
import whatsapp from '../plugins/channel-whatsapp/dist/index.js';
import { settingTables } from './generate/setting-tables.mjs';

const [page, out] = process.argv.slice(2);
if (!page || !out) throw new Error('Say where the page is and where the new one goes');
writeFileSync(out, settingTables(readFileSync(page, 'utf8'), settingDefinitions([whatsapp])));

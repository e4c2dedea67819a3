// Writes the reference of every command from the program itself: node scripts/generate-commands.mjs <out.md>
import { writeFileSync } from 'node:fs';
import { createProgram } from '../packages/cli/dist/program.js';
import { commandsPage } from './generate/commands-page.mjs';

const [out] = process.argv.slice(2);
if (!out) throw new Error('Say where the page goes');
writeFileSync(out, commandsPage(createProgram()));

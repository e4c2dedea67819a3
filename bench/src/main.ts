import { crowd } from './crowd/index.js';
import { delivery } from './delivery/index.js';
import { inbox } from './inbox/index.js';
import { inboxTerminal } from './inbox-terminal/index.js';
import { inboxWeb } from './inbox-web/index.js';
import { ingest } from './ingest/index.js';
import { searching } from './search/index.js';
import { start } from './start/index.js';

/**
 * `npm run bench -- NAME [--json]`: runs one bench and prints its figures; with `--json` as one line. What else a bench
 * understands stands in its index.ts.
 */
const benches: Record<string, (progress: (line: string) => void, argv: string[]) => Promise<object>> = {
  ingest,
  delivery,
  start,
  inbox,
  crowd,
  search: searching,
  'inbox-terminal': inboxTerminal,
  'inbox-web': inboxWeb,
};

const [name, ...argv] = process.argv.slice(2);
const json = argv.includes('--json');
const bench = name === undefined ? undefined : benches[name];
if (!bench) {
  process.stderr.write(`Name one bench: ${Object.keys(benches).join(', ')}\nExample: npm run bench -- ingest --json\n`);
  process.exit(2);
}
const figures = await bench((line) => process.stderr.write(`${line}\n`), argv);
process.stdout.write(json ? `${JSON.stringify(figures)}\n` : `${JSON.stringify(figures, null, 2)}\n`);

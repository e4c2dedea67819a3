import { delivery } from './delivery/index.js';
import { inboxTerminal } from './inbox-terminal/index.js';
import { inboxWeb } from './inbox-web/index.js';
import { ingest } from './ingest/index.js';
import { searching } from './search/index.js';
import { start } from './start/index.js';

/** `npm run bench -- NAME [--json]`: runs one bench and prints its figures; with `--json` as one line. */
const benches: Record<string, (progress: (line: string) => void) => Promise<object>> = {
  ingest,
  delivery,
  start,
  search: searching,
  'inbox-terminal': inboxTerminal,
  'inbox-web': inboxWeb,
};

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const json = process.argv.includes('--json');
const [name] = names;
const bench = name === undefined ? undefined : benches[name];
if (!bench) {
  process.stderr.write(`Name one bench: ${Object.keys(benches).join(', ')}\nExample: npm run bench -- ingest --json\n`);
  process.exit(2);
}
const figures = await bench((line) => process.stderr.write(`${line}\n`));
process.stdout.write(json ? `${JSON.stringify(figures)}\n` : `${JSON.stringify(figures, null, 2)}\n`);

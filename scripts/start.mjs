/** `npm start`: all set-up, then the server with its demo data. Arguments go to `tims start`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root, setUp } from './setup.mjs';

await setUp();
await build();

// The server runs in this very process: it owns the terminal, the signals and the exit code, and nothing stands between.
const shim = join(root, 'packages/cli/bin/tims.js');
process.argv = [process.execPath, shim, 'start', '--demo', ...process.argv.slice(2)];
await import(pathToFileURL(shim).href);

// `npm run bench -- NAME [--json]`: sets up, builds, runs one bench. Figures on stdout, everything else on stderr.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, root, setUp } from './setup.mjs';

await setUp();
await build();
const { status } = spawnSync(process.execPath, [join(root, 'bench/dist/main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);

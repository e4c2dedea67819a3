#!/usr/bin/env node
// Committed, so that the package manager links the command before anything is built.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);

if (existsSync(main)) {
  await import(main.href);
} else {
  console.error(
    'tims is not built yet. In the repository, run `npm start` (sets up, builds, starts) or `npm run build`.',
  );
  process.exitCode = 1;
}

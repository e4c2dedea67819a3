/**
 * `npm run docs`: builds the documentation site when something of it changed, and serves it on this machine.
 *
 *     npm run docs                    at http://127.0.0.1:4002, or on the port that TIMS_DOCS_PORT names
 *     node scripts/docs.mjs --check   builds it and looks for links that lead nowhere and for other hosts; serves nothing
 */
import { parseArgs } from 'node:util';
import { problemsOf } from './docs/check.mjs';
import { serve } from './docs/serve.mjs';
import { buildSite, siteIsFresh } from './docs/site.mjs';
import { root, setUp } from './setup.mjs';

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });

if (values.check) {
  await buildOrExit();
  const problems = problemsOf(root);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log('No link of the site leads nowhere, and it asks no other host for anything.');
} else {
  await setUp();
  if (!siteIsFresh(root)) await buildOrExit();
  const port = Number(process.env.TIMS_DOCS_PORT || 4002);
  const { address } = await serve(root, port).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    const taken = error.code === 'EADDRINUSE';
    console.error(taken ? `Port ${port} is taken. Choose another: TIMS_DOCS_PORT=4102 npm run docs` : error.message);
    process.exit(1);
  });
  console.log(`The documentation is at ${address}\nStop with Ctrl+C.`);
}

async function buildOrExit() {
  if (!(await buildSite(root))) process.exit(1);
}

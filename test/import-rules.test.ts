import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** One breach of each rule: the file that breaks it, and what it says. */
const breaches: Record<string, { file: string; text: string }> = {
  'kernel-stands-alone': {
    file: 'packages/core/src/kernel/clock.ts',
    text: "import '../features/teams/index.js';",
  },
  'contracts-only-kernel': {
    file: 'packages/core/src/plugin/channel.ts',
    text: "import type { Team } from '../features/teams/index.js';\nexport type A = Team;",
  },
  'plugins-only-contracts': {
    file: 'plugins/channel-sms/src/index.ts',
    text: "import '../../../packages/core/src/features/teams/index.js';",
  },
  'features-by-index': {
    file: 'packages/core/src/features/tags/actions.ts',
    text: "import '../teams/repository.js';",
  },
  'clients-only-the-api': {
    file: 'packages/cli/src/commands/users.ts',
    text: "import '../../../server/src/app.js';",
  },
  'core-without-http': {
    file: 'packages/core/src/features/tags/policy.ts',
    text: "import 'fastify';",
  },
  'sql-in-its-places': {
    file: 'packages/core/src/features/tags/events.ts',
    text: "import type { Knex } from 'knex';\nexport type A = Knex;",
  },
  'no-tests-in-the-product': {
    file: 'packages/server/src/listen.ts',
    text: "import '../test/start.js';",
  },
  'no-cycles': {
    file: 'packages/core/src/features/cycle/one.ts',
    text: "import type { Two } from './two.js';\nexport type One = Two[];",
  },
  'no-running-cycles': {
    file: 'packages/core/src/features/loop/one.ts',
    text: "import { parts } from '../../installation.js';\nexport const one = parts;",
  },
  'all-resolves': {
    file: 'packages/sdk/src/index.ts',
    text: "import './nowhere.js';",
  },
};

/** What the breaches import, and imports that are allowed and look much like a breach. */
const surroundings: Record<string, string> = {
  'node_modules/fastify/index.js': '',
  'node_modules/knex/index.js': '',
  'packages/core/src/features/teams/index.ts': "import './repository.js';\nexport interface Team { id: string }",
  'packages/core/src/features/teams/repository.ts': "import 'knex';\nexport const a = 1;",
  'packages/core/src/features/tags/repository-search.ts': "import 'knex';\nimport '../teams/index.js';",
  'packages/core/src/features/cycle/two.ts': "import type { One } from './one.js';\nexport type Two = One[];",
  'packages/core/src/features/named/actions.ts':
    "import type { Parts } from '../../installation.js';\nexport type A = Parts;",
  'packages/core/src/installation.ts':
    "import './features/loop/one.js';\nimport './features/named/actions.js';\nexport interface Parts {}\nexport const parts = 1;",
  'packages/core/src/kernel/ids.ts': "import './clock.js';",
  'packages/core/src/plugin/index.ts': "import '../kernel/clock.js';",
  'packages/server/src/app.ts': "import 'fastify';",
  'packages/server/test/start.ts': "import '../src/app.js';",
  'packages/cli/src/commands/local/start.ts': "import '../../../../server/src/app.js';",
  'plugins/storage-sms/src/index.ts': "import 'knex';\nimport '../../../packages/core/src/plugin/index.js';",
};

let tree: string;
let violations: { rule: string; file: string }[];

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'tims-import-rules-'));
  for (const { file, text } of Object.values(breaches)) put(file, text);
  for (const [file, text] of Object.entries(surroundings)) put(file, text);
  violations = await cruise();
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('every import rule has a breach here that it must find', () => {
  const config: { forbidden: { name: string }[] } = require('../.dependency-cruiser.cjs');
  expect(Object.keys(breaches).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
});

test.each(Object.entries(breaches))('%s finds its breach', (rule, { file }) => {
  expect(violations).toContainEqual({ rule, file });
});

test('what is allowed is not complained about', () => {
  const breaking = Object.values(breaches).map((breach) => breach.file);
  // The other end of a cycle is found as well.
  breaking.push('packages/core/src/features/cycle/two.ts', 'packages/core/src/installation.ts');
  expect(violations.filter(({ file }) => !breaking.includes(file))).toEqual([]);
});

function put(file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), `${text}\n`);
}

/** Runs the rules as the test command does, over the small tree. It exits with the number of violations. */
function cruise(): Promise<{ rule: string; file: string }[]> {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'packages', 'plugins'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [cruiser, ...args], { cwd: tree }, (_exit, stdout, stderr) => {
      if (!stdout) return reject(new Error(stderr));
      const report: { summary: { violations: { rule: { name: string }; from: string }[] } } = JSON.parse(stdout);
      resolve(report.summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from })));
    });
  });
}

const ours = '^(packages|plugins|examples)/';

/** The module of an installed package, wherever the package manager keeps it. */
const installed = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'kernel-stands-alone',
      comment: 'Everything imports the kernel, so it imports nothing of ours.',
      severity: 'error',
      from: { path: '^packages/core/src/kernel/' },
      to: { path: ours, pathNot: '^packages/core/src/kernel/' },
    },
    {
      name: 'contracts-only-kernel',
      comment: 'What plugins import must not pull the domain along.',
      severity: 'error',
      from: { path: '^packages/core/src/plugin/' },
      to: { path: ours, pathNot: '^packages/core/src/(plugin|kernel)/' },
    },
    {
      name: 'plugins-only-contracts',
      comment: 'A plugin of ours gets no more than anybody else: @tims/core/plugin.',
      severity: 'error',
      from: { path: '^(plugins/[^/]+|examples/channel-[^/]+)/src/' },
      to: { path: ours, pathNot: ['^$1/', '^packages/core/src/plugin/index\\.ts$'] },
    },
    {
      name: 'features-by-index',
      comment: 'A feature uses another only through its index.ts: what stands there is its public side.',
      severity: 'error',
      from: { path: '^packages/core/src/features/([^/]+)/' },
      to: {
        path: '^packages/core/src/features/',
        pathNot: ['^packages/core/src/features/$1/', '^packages/core/src/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'clients-only-the-api',
      comment:
        'The SDK, the examples and the command are clients like any other. Only cli/src/commands/local may load the server.',
      severity: 'error',
      from: {
        path: '^(packages/(sdk|cli)/(src|bin)|examples)/',
        pathNot: ['^packages/cli/src/commands/local/', '^examples/channel-'],
      },
      to: { path: '^packages/(core|server)/' },
    },
    {
      name: 'core-without-http',
      comment: 'The domain is reached by HTTP, command and job alike.',
      severity: 'error',
      from: { path: '^packages/core/src/' },
      to: { path: [installed('fastify', 'fastify-plugin', '@fastify', 'express', 'koa', 'hono'), '^(node:)?https?$'] },
    },
    {
      name: 'sql-in-its-places',
      comment:
        'SQL stands in database/, pipeline/ and repositories; the kernel and the storage contract name its types.',
      severity: 'error',
      from: {
        path: '^(packages|plugins|examples)/[^/]+/(src|bin)/',
        pathNot: [
          '^packages/core/src/(database|pipeline)/',
          '^packages/core/src/features/[^/]+/repository[^/]*\\.ts$',
          '^packages/core/src/kernel/context\\.ts$',
          '^packages/core/src/plugin/storage\\.ts$',
          '^packages/testing/src/',
          '^plugins/storage-[^/]+/src/',
        ],
      },
      to: { path: installed('knex', 'mysql2', 'better-sqlite3', 'pg') },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'What ships imports no test and no contract suite.',
      severity: 'error',
      from: { path: '^(packages|plugins|examples)/[^/]+/(src|bin)/', pathNot: '^packages/testing/' },
      to: { path: ['^(packages|plugins|examples)/[^/]+/test/', '^packages/testing/', installed('vitest')] },
    },
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one thing, or miss a third. Types count too, but for the type Installation: it is where the parts are put together, and they all name it.',
      severity: 'error',
      from: {},
      to: { circular: true, viaNot: '^packages/core/src/installation\\.ts$' },
    },
    {
      name: 'no-running-cycles',
      comment: 'A cycle that is there when the program runs has no exception.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'all-resolves',
      comment: 'An import that does not resolve escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: `${__dirname}/tsconfig.check.json` },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated|coverage)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default'] },
  },
};

import { defineConfig } from 'vitest/config';

// Tests import the packages' sources, so an edit needs no build; worker threads and spawned servers run the build.
const conditions = ['source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['{packages,plugins,examples}/*/test/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: ['packages/testing/src/databases/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

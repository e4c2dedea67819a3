import { defineConfig } from 'vitest/config';

// Tests import the packages' sources, so an edit needs no build; worker threads and spawned servers run the build.
const conditions = ['source', 'node'];

const project = (name: string, include: string[], isolate: boolean) => ({
  extends: true as const,
  test: { name, include, isolate },
});

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    projects: [
      // They keep nothing in modules, so a worker need not read the sources anew for each file.
      project('platform', ['{packages/{core,server,sdk,testing},plugins/*}/test/**/*.test.ts'], false),
      // A document or a terminal is a world of its own.
      project('faces', ['{packages/cli,examples/*}/test/**/*.test.{ts,tsx}', 'test/**/*.test.ts'], true),
    ],
    globalSetup: ['packages/testing/src/databases/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

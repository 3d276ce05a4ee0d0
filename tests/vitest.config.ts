import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeout = 10_000, isolate = true) => ({
  test: {
    name,
    isolate,
    root: `${import.meta.dirname}/..`,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    silent: 'passed-only',
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    projects: [
      project('domain'),
      project('adapters'),
      project('steps'),
      project('contract', 30_000),
      // The CDK takes seconds to load; its tests share nothing else.
      project('infrastructure', 60_000, false),
      project('local', 30_000),
      project('journeys', 120_000),
    ],
  },
});

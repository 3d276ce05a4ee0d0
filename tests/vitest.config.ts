import { defineConfig } from 'vitest/config';

const project = (name: string, testTimeout = 10_000) => ({
  test: {
    name,
    root: `${import.meta.dirname}/..`,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('domain'),
      project('adapters'),
      project('steps'),
      project('contract', 30_000),
      project('infrastructure', 60_000),
      project('local', 30_000),
      project('journeys', 120_000),
    ],
  },
});

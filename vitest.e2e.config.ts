import { defineConfig } from 'vitest/config';

/** The package as users get it: packed, installed in an empty project, run, compiled and sent deliveries. */
export default defineConfig({
  test: {
    include: ['test/e2e/*.test.ts'],
    // The last one is taken down first.
    globalSetup: ['test/temporary.ts', 'test/e2e/setup.ts'],
    // Most of the time goes by in programs that the tests start.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});

import { defineConfig } from 'vitest/config';

/** The unit tests of what is mutated: others would find little more, and take a hundred times as long. */
export default defineConfig({
  test: {
    include: ['test/load/**/*.test.ts', 'test/templates/**/*.test.ts'],
    isolate: false,
    testTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';
import { structureForTests } from './structure.mjs';

export default defineConfig({
  plugins: [structureForTests],
  test: {
    env: { FRESHWORKS_GEN_CACHE: 'off' },
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

import { defineConfig } from 'vitest/config';
import { compiledForTests } from './build/compiled.mjs';

export default defineConfig({
  plugins: [compiledForTests],
  test: {
    env: { FRESHWORKS_GEN_CACHE: 'off' },
    // Its CommonJS names no exports; the bundle takes its modules.
    server: { deps: { inline: ['jsonc-parser'] } },
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    globalSetup: 'test/temporary.ts',
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

import { defineConfig } from 'vitest/config';
import { compiledForTests } from './build/compiled.mjs';
import { long } from './test/long.js';

/** Those that change what a module imports, or count what is loaded. */
const isolated = ['test/app/patterns.test.ts', 'test/model/pattern.test.ts', 'test/output/format.test.ts'];

export default defineConfig(({ mode }) => ({
  plugins: [compiledForTests],
  test: {
    env: { FRESHWORKS_GEN_CACHE: 'off', ...(mode === 'all' && { TEST_ALL: '1' }) },
    // Its CommonJS names no exports; the bundle takes its modules.
    server: { deps: { inline: ['jsonc-parser'] } },
    globalSetup: 'test/temporary.ts',
    setupFiles: ['test/seeds.ts', 'test/structures.ts'],
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      // Modules are loaded once for all files, which would else take longer than most tests.
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/page/browser/**', 'test/servers/**', ...isolated, ...long],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'long', include: long, isolate: false } },
      { extends: true, test: { name: 'apart', include: isolated } },
    ],
  },
}));

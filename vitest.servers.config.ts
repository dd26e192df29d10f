import { defineConfig } from 'vitest/config';
import { compiledForTests } from './build/compiled.mjs';

/** The inboxes with the servers that they are made for, in real processes. Run by `npm run test:servers`. */
export default defineConfig({
  plugins: [compiledForTests],
  test: {
    env: { FRESHWORKS_GEN_CACHE: 'off' },
    // Its CommonJS names no exports; the bundle takes its modules.
    server: { deps: { inline: ['jsonc-parser'] } },
    include: ['test/servers/*.test.ts'],
    globalSetup: 'test/temporary.ts',
    // Each starts servers and processes, and waits for what they do.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});

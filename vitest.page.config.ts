import { defineConfig } from 'vitest/config';
import { compiledForTests } from './build/compiled.mjs';

/** The page of `dev` in Chromium, with the server that it is for. Run by `npm run test:page`. */
export default defineConfig({
  plugins: [compiledForTests],
  test: {
    env: { FRESHWORKS_GEN_CACHE: 'off' },
    // Its CommonJS names no exports; the bundle takes its modules.
    server: { deps: { inline: ['jsonc-parser'] } },
    include: ['test/page/browser/*.test.ts'],
    globalSetup: 'test/temporary.ts',
    // Each file has a browser and a server of its own.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // What is waited for comes when the browser has time for it.
    expect: { poll: { timeout: 45_000 } },
  },
});

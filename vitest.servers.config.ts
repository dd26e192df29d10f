import { defineConfig } from 'vitest/config';

/** The inboxes with the servers that they are made for, in real processes. Run by `npm run test:servers`. */
export default defineConfig({
  test: {
    include: ['test/servers/*.test.ts'],
    globalSetup: 'test/temporary.ts',
    // Each starts servers and processes, and waits for what they do.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});

export default {
  mutate: [
    'src/load/**/*.ts',
    'templates/**/*.ts',
    // They stand in for generated files, and never reach a kit.
    '!templates/payloads/shop.ts',
    '!templates/validators/shop.ts',
  ],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A repeated run tries anew what survived, and what has changed.
  incremental: true,
  incrementalFile: 'coverage/mutation/incremental.json',
  tempDirName: 'coverage/mutation/sandbox',
  reporters: ['clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'coverage/mutation/report.html' },
  jsonReporter: { fileName: 'coverage/mutation/report.json' },
};

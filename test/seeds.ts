import fc from 'fast-check';
import { relative } from 'node:path';
import { expect } from 'vitest';
import { all, runs, seed } from './sample.js';

/*
 * Every law is tried with the same values each time: FUZZ_SEED=5 begins with others, FUZZ_SEED=random with others each time,
 * and FUZZ_RUNS=10000 goes on for longer. What fails says how to see it again.
 */
fc.configureGlobal({
  seed,
  numRuns: runs(100),
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- a plugin would be asked where a test wants a failure, too
  reporter(details) {
    if (!details.failed) return;
    const { testPath = '' } = expect.getState();
    const whole = all ? 'TEST_ALL=1 ' : '';
    const values = `FUZZ_SEED=${details.seed} FUZZ_RUNS=${details.runConfiguration.numRuns}`;
    throw new Error(
      `${fc.defaultReportMessage(details)}\n\nTo see it again: ${whole}${values} npx vitest run ${relative('.', testPath)}`,
      { cause: details.errorInstance },
    );
  },
});

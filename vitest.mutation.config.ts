import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

const slow = /(?:formats|json|node|overlay|yaml)\.test\.ts$/;

/** The quick tests first: the first that fails is the last that runs. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [false, true].flatMap((late) => sorted.filter(({ moduleId }) => slow.test(moduleId) === late));
  }
}

/** The unit tests of what is mutated: others would find little more, and take a hundred times as long. */
export default defineConfig({
  test: {
    include: ['test/load/**/*.test.ts', 'test/templates/**/*.test.ts'],
    setupFiles: 'test/seeds.ts',
    isolate: false,
    sequence: { sequencer: QuickFirst },
    // Instrumented, a megabyte takes its time; a mutant that hangs is for Stryker to stop.
    testTimeout: 600_000,
  },
});

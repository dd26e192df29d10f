import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { runCase } from './cases/run.js';
import { runIn } from './cli/command.js';
import { faults } from './emit/program.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

test('the types of the kit for the shipped documents promise what test/types/shipped.ts says', async () => {
  const { kit } = await runCase('shipped', runIn);
  const promises = readFileSync(fileURLToPath(new URL('types/shipped.ts', import.meta.url)), 'utf8');
  const files = new Map([...kit].map(([path, text]) => [`kit/${path}`, text]));
  expect(faults(files.set('shipped.ts', promises))).toEqual([]);
});

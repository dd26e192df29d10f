import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { runCase } from './cases/run.js';
import { runIn } from './cli/command.js';
import { faults } from './emit/program.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

test.each([
  ['shipped', 'shipped.ts'],
  ['production', 'clients.ts'],
])('the types of the kit of the case %s promise what test/types/%s says', async (name, file) => {
  const { kit } = await runCase(name, runIn);
  const promises = readFileSync(fileURLToPath(new URL(`types/${file}`, import.meta.url)), 'utf8');
  const files = new Map([...kit].map(([path, text]) => [`kit/${path}`, text]));
  expect(faults(files.set(file, promises))).toEqual([]);
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { declared } from '../../src/cli/program.js';
import { printed } from './printed.js';

const folder = mkdtempSync(join(tmpdir(), 'values-'));
const program: Command = declared(() => () => Promise.resolve());

/** Every option that takes a value, and every argument, of every command. */
const takers = program.commands.flatMap((command) => {
  const name = command.name();
  return [
    ...command.options
      .filter(({ required }) => required)
      .map(({ long }) => [name, `${String(long)}=`] as const),
    ...command.registeredArguments.map(() => [name, ''] as const),
  ];
});

test.each(takers)('%s %s refuses an empty value and a list of none', async (name, taker) => {
  expect(takers.length).toBeGreaterThan(100);
  for (const empty of ['', ',', ' , '])
    expect(await printed(folder, [name, `${taker}${empty}`])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^error usage-value-invalid: .* The value is empty\.\n/) as string,
    });
});

test.each([
  ['simulate', '--mix', 'freshdesk/ticket-created', 'usage-value-invalid: `--mix` takes `event=weight`'],
  ['dev', 'abc', 'usage-invalid: `dev` takes ids'],
  ['dev', 'abc', '--clear', 'usage-invalid: `dev` takes ids'],
  ['webhooks', 'list', 'whk_abc', 'usage-invalid: `webhooks` takes an id'],
  ['webhooks', 'ensure', 'whk_abc', 'usage-invalid: `webhooks` takes an id'],
  ['infer', 'x', '--template=a.json', '--overlay=own.yaml', 'usage-invalid: `--template` stands'],
  ['dev', '--port=4600', '--page-port=4600', 'usage-value-invalid: `--port` and `--page-port` have to'],
  [
    'infer',
    '--template=a.json',
    '--event=x',
    '--overlay=own.json',
    'infer-overlay-form: the overlay is written',
  ],
  ['dev', '--port=4511', 'usage-value-invalid: `--port` and `--page-port` have to differ'],
])('what the command would not look at, or cannot be: %s %s', async (...line) => {
  const words = [...line];
  const said = words.pop() ?? '';
  const to = line[0] === 'simulate' ? ['--to', 'http://localhost:1'] : [];
  expect(await printed(folder, [...words, ...to])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`error ${said}`) as string,
  });
});

test.each(['generate', 'check', 'list', 'validate'])(
  '%s: a product that there is not stands where the configuration asks for it',
  async (command) => {
    const project = mkdtempSync(join(tmpdir(), 'values-'));
    writeFileSync(join(project, 'freshworks-gen.config.yaml'), 'out: events\nproducts: [frshdesk]\n');
    expect((await printed(project, [command])).stderr).toContain('freshworks-gen.config.yaml:2:1');
  },
);

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { failure } from '../../src/cli/failure.js';
import { hasHidden } from '../../src/diagnostics/printable.js';
import { keeping, printed } from './printed.js';

vi.setConfig({ testTimeout: 60_000 });

/** Commands to the logs of GitHub and Azure, and to a terminal, where a document has names and words. */
const commands = [
  '::error file=a.ts::b',
  '##[error]b',
  '##vso[task.setvariable variable=a]b',
  '\u009b31m',
  'a\u202eb',
];

const event = (name: string, index: number, payload: object) => [
  `c${index}`,
  {
    address: name,
    description: `${name}\n${name}`,
    'x-event': {
      product: 'shop',
      discriminator: { pointer: '/kind', value: name },
      deliveryKey: ['$message.payload#/##[a]'],
    },
    messages: { m: { title: name, payload } },
  },
];

/** A project with a document that can be taken, and one that cannot. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const write = (file: string, names: readonly string[], payload: object) => {
    const channels = Object.fromEntries(
      names.map((name, index) => event(name, index, payload)) as [string, object][],
    );
    const info = { title: names[0], version: '1' };
    writeFileSync(join(folder, file), JSON.stringify({ asyncapi: '3.0.0', info, channels }, null, 1));
  };
  const shown = commands.filter((name) => !hasHidden(name));
  const strange = { description: commands.join('\n'), enum: commands, 'x-file': commands[0] };
  write('taken.json', shown, { type: 'object', properties: { kind: {}, word: strange } });
  write('refused.json', shown, { type: 'object', properties: { kind: { type: commands[0] } } });
  write('hidden.json', commands, {});
  return folder;
}

function drives(text: string): readonly string[] {
  return text.split('\n').filter((line) => /^\s*::|##(?:vso)?\[/.test(line) || hasHidden(line));
}

test.each([
  ['list --spec taken.json', 0],
  ['list --spec taken.json --json', 0],
  ['validate --spec taken.json --verbose', 0],
  ['validate --spec taken.json --json --verbose', 0],
  ['generate --spec taken.json --out events', 0],
  ['generate --spec taken.json --out events --json', 0],
  ['generate --spec taken.json --out events --dry-run', 0],
  ['validate --spec refused.json', 3],
  ['validate --spec refused.json --json', 3],
  ['generate --spec hidden.json --out events', 3],
  ['generate --spec hidden.json --out events --json', 3],
] as const)('`%s` drives no terminal and no CI log', async (line, expected) => {
  const { stdout, stderr, exitCode } = await printed(project(), line.split(' '));
  expect({ exitCode, stdout: drives(stdout), stderr: drives(stderr) }).toEqual({
    exitCode: expected,
    stdout: [],
    stderr: [],
  });
});

test('--json reads back as what the document says', async () => {
  const { stdout } = await printed(project(), ['list', '--spec', 'taken.json', '--json']);
  const { events } = JSON.parse(stdout) as { events: { name: string }[] };
  expect(events.map(({ name }) => name).sort()).toEqual(commands.filter((name) => !hasHidden(name)).sort());
});

test('a fault of the program drives none either', async () => {
  const { stderr, value } = await keeping(() => failure(new Error(commands.join('\n'))).exitCode);
  expect({ value, drives: drives(stderr) }).toEqual({ value: 1, drives: [] });
  expect(stderr).toContain('\\u009b31m');
});

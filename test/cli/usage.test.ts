import { Command, Option, type CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { usageFailure } from '../../src/cli/usage.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { keeping, printed } from './printed.js';

/** A program with a bit of everything that a command line can get wrong. */
function program(): Command {
  const root = new Command('tool')
    .version('1.0.0')
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  root
    .command('write')
    .requiredOption('--out <folder>')
    .addOption(new Option('--format <format>').choices(['text', 'json']))
    .addOption(new Option('--quiet').conflicts('format'))
    .action(() => undefined);
  root
    .command('explain <code>')
    .action(() => root.error('error: of another kind', { code: 'other', exitCode: 7 }));
  return root;
}

/** What a command line comes to: its finding, and what commander printed itself. */
async function outcomeOf(
  line: readonly string[],
): Promise<{ found?: Diagnostic | undefined; printed: string }> {
  const { value, stdout, stderr } = await keeping(async () => {
    try {
      await program().parseAsync(line, { from: 'user' });
      return undefined;
    } catch (error) {
      const ended = error as CommanderError;
      return ended.exitCode === 0 ? undefined : usageFailure(ended).diagnostics[0];
    }
  });
  return { found: value, printed: stdout + stderr };
}

describe('a command line that', () => {
  test.each([
    [
      'misspells a command',
      'wirte',
      'usage-command-unknown',
      "unknown command 'wirte' (Did you mean write?)",
    ],
    ['names what is like nothing', 'xyz', 'usage-command-unknown', "unknown command 'xyz'"],
    [
      'misspells an option',
      'write --out a --formt json',
      'usage-option-unknown',
      "unknown option '--formt' (Did you mean --format?)",
    ],
    [
      'leaves out what is required',
      'write',
      'option-missing',
      "required option '--out <folder>' not specified",
    ],
    ['ends before a value', 'write --out', 'usage-value-missing', "option '--out <folder>' argument missing"],
    [
      'chooses what there is not',
      'write --out a --format yaml',
      'usage-value-invalid',
      "option '--format <format>' argument 'yaml' is invalid. Allowed choices are text, json.",
    ],
    [
      'asks for what excludes each other',
      'write --out a --format json --quiet',
      'usage-option-conflict',
      "option '--quiet' cannot be used with option '--format <format>'",
    ],
    ['leaves out an argument', 'explain', 'usage-argument-missing', "missing required argument 'code'"],
    [
      'has an argument too many',
      'explain a b',
      'usage-argument-excess',
      "too many arguments for 'explain'. Expected 1 argument but got 2.",
    ],
    ['is wrong in another way', 'explain a', 'usage-invalid', 'of another kind'],
  ])('%s: %s', async (_, line, code, message) => {
    const { found, printed } = await outcomeOf(line.split(' '));
    expect(found).toMatchObject({ code, severity: 'error', message });
    expect(printed).toBe('');
  });

  test('names no command gets the help, and is wrong all the same', async () => {
    const { found, printed } = await outcomeOf([]);
    expect(found).toMatchObject({ code: 'usage-command-missing', message: 'no command is given' });
    expect(printed).toContain('Usage: tool');
    expect((await outcomeOf(['help', 'nothing'])).found).toMatchObject({ code: 'usage-command-missing' });
  });

  test.each(['--help', '--version', 'help', 'help write', 'write --help'])(
    'asks for `%s` gets it, and nothing is wrong',
    async (line) => {
      const { found, printed } = await outcomeOf(line.split(' '));
      expect(found).toBeUndefined();
      expect(printed).not.toBe('');
    },
  );

  test('holds a line of its own stays as it was typed', async () => {
    const { found } = await outcomeOf(['a\n(Did you mean b?)\nc']);
    expect(found!.message).toBe("unknown command 'a\n(Did you mean b?)\nc'");
  });
});

describe('of a command line that cannot be understood', () => {
  const wrong = ['check', '--otu', 'events'];

  test('a reader is told what is wrong and what to do, and the program ends with 2', async () => {
    expect(await printed('.', wrong)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^error usage-option-unknown: unknown option '--otu' \(Did you mean --out\?\)\n {2}fix: Correct/,
      ) as string,
    });
  });

  test('a program is told the same in JSON and in SARIF', async () => {
    const found = { code: 'usage-option-unknown', message: "unknown option '--otu' (Did you mean --out?)" };
    const json = await printed('.', [...wrong, '--json']);
    expect(json).toMatchObject({ exitCode: 2, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: 1,
      ok: false,
      exitCode: 2,
      diagnostics: [found],
    });

    const log = await printed('.', [...wrong, '--format=sarif']);
    expect(JSON.parse(log.stdout)).toMatchObject({
      runs: [
        {
          invocations: [{ executionSuccessful: false, exitCode: 2 }],
          results: [{ ruleId: found.code, message: { text: found.message } }],
        },
      ],
    });
  });

  test('nothing that was typed drives the terminal or the log', async () => {
    for (const typed of ['--\u001b[2J', '::error::x', '##[error]x', 'a\n::error::x'])
      for (const format of ['text', 'json', 'sarif']) {
        const { stdout, stderr } = await printed('.', [typed, '--format', format]);
        expect(stdout + stderr).not.toMatch(/\u001b|^\s*::|##\[/m);
      }
  });
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { bashScript } from '../../src/cli/completion/bash.js';
import { fishScript } from '../../src/cli/completion/fish.js';
import { wordsOf, type Words } from '../../src/cli/completion/words.js';
import { zshScript } from '../../src/cli/completion/zsh.js';
import { explanations } from '../../src/cli/explanations.js';
import { declared } from '../../src/cli/program.js';
import { shells } from '../../src/cli/shells.js';
import { printed } from './printed.js';
import { completed, has } from './shells.js';

vi.setConfig({ testTimeout: 120_000 });

const here = shells.filter(has);
const missing = shells.filter((shell) => !here.includes(shell));

afterAll(() => {
  if (missing.length > 0)
    console.log(`Left out: completion in ${missing.join(' and ')}, not on this machine.`);
});

/** A project with files whose names a shell would run, if they were not quoted. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'completion-'));
  mkdirSync(join(folder, 'kept'));
  for (const name of ['kept.yaml', 'specs.yaml', 'run$(touch pwned) `touch pwned`;x.yaml'])
    writeFileSync(join(folder, name), '');
  return folder;
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Each word but its last key, where that is not the beginning of another, and what it becomes. */
function everything({ commands }: Words): readonly (readonly [line: string, word: string])[] {
  const rows = (opening: string, words: readonly string[]) =>
    words.map((word) => {
      const typed = word.slice(0, -1);
      const alone = words.every((other) => other === word || !other.startsWith(typed));
      return [opening + (alone ? typed : word), word] as const;
    });
  return [
    ...rows(
      '',
      commands.map(({ name }) => name),
    ),
    ...commands.flatMap(({ name, options, values }) => [
      ...rows(`${name} `, values),
      ...rows(
        `${name} `,
        options.flatMap(({ names }) => names).filter((option) => option.startsWith('--')),
      ),
      ...options.flatMap(({ names, takes }) =>
        typeof takes === 'string' ? [] : rows(`${name} ${names[0]} `, takes),
      ),
    ]),
  ];
}

describe.each(here)('%s', (shell) => {
  test('completes every command, option, choice and code', async () => {
    const { stdout } = await printed('.', ['completion', shell]);
    const program = declared(() => async () => undefined);
    const rows = everything(wordsOf(program, { code: [...explanations().keys()] }));
    expect(rows.length).toBeGreaterThan(150);
    const words = completed(
      shell,
      stdout,
      project(),
      rows.map(([line]) => line),
    );
    // zsh goes on to the value, which is a part of the same word.
    expect(words.map((word) => word.replace(/=$/, ''))).toEqual(rows.map(([, word]) => word));
  });

  test.each<readonly [what: string, line: string, word: string]>([
    ['a folder, and no file, for the folder of a kit', 'check --out ke', 'kept'],
    // Where no folder matches, zsh shows files; whether it does is a setting of its user.
    ...(shell === 'zsh' ? [] : [['no file for the folder of a kit', 'check --out sp', 'sp'] as const]),
    ['a folder behind a short option', 'check -o ke', 'kept'],
    ['a file', 'check --spec sp', 'specs.yaml'],
    ['a value behind an equals sign', 'check --format=sar', '--format=sarif'],
    ['an option behind others', 'check --spec specs.yaml --out kept --jso', '--json'],
    ['a name that holds a command, as a name', 'check --spec ru', 'run$(touch pwned) `touch pwned`;x.yaml'],
    ['nothing where a text is expected', 'check --products ke', 'ke'],
    ['no file where a command is expected', 'ke', 'ke'],
    ['no option of another command', 'list --dry', '--dry'],
    ['no command behind a command', 'check lis', 'lis'],
  ])('completes %s: %s', async (_, line, word) => {
    const { stdout } = await printed('.', ['completion', shell]);
    const folder = project();
    expect(completed(shell, stdout, folder, [line]).map((each) => each.replace(/\/$/, ''))).toEqual([word]);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  test('runs nothing of what names and descriptions hold', () => {
    const hostile = [
      '$(touch pwned)',
      '`touch pwned`',
      "';touch pwned;'",
      '";touch pwned;"',
      '\\',
      "'",
      '*',
      '~',
    ].map((name, index) => `${index}${name}`);
    const words: Words = {
      name: 'freshworks-gen',
      options: [option('--help')],
      commands: [
        ...['try', ...hostile].map((name) => ({
          name,
          description: `${name}[]:`,
          options: hostile.map((each) => option(`--${each}`)),
          values: hostile,
        })),
        {
          name: 'take',
          description: hostile.join(''),
          options: [{ ...option('--pick'), takes: hostile.map((each) => `pick${each}`) }],
          values: hostile.map((each) => `value${each}`),
        },
      ],
    };
    const folder = project();
    const before = readdirSync(folder);
    const script = scripts[shell](words);
    completed(shell, script, folder, ['', 'try ', 'try --', '--', 'take ', 'take --pick ']);
    expect(readdirSync(folder)).toEqual(before);
    for (const [line, kind] of [
      ['take ', 'value'],
      ['take --pick ', 'pick'],
    ] as const) {
      const typed = hostile.map((_, index) => `${line}${kind}${index}`);
      const expected = hostile.map((each) => `${kind}${each}`);
      expect(completed(shell, script, folder, typed)).toEqual(expected);
    }
    expect(readdirSync(folder)).toEqual(before);
  });
});

function option(name: string): Words['options'][number] {
  return { names: [name], description: `${name}[]:`, takes: 'nothing', repeatable: false };
}

describe('the command', () => {
  test('knows three shells, and says where each looks', async () => {
    expect(await printed('.', ['completion', 'tcsh'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Allowed choices are bash, zsh, fish.') as string,
    });
    const { stdout } = await printed('.', ['completion', '--help']);
    for (const shell of shells) expect(stdout).toContain(`freshworks-gen completion ${shell}`);
  });

  test('gives the same script to a program', async () => {
    const { stdout } = await printed('.', ['completion', 'fish', '--json']);
    const { stdout: script } = await printed('.', ['completion', 'fish']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, shell: 'fish', script });
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shell } from '../../src/cli/shells.js';

/** Whether a shell is on this machine. */
export function has(shell: Shell): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

/**
 * Types command lines into a shell that has read a completion script, each with a Tab at its end.
 *
 * @param folder where the shell stands
 * @param lines what follows on `freshworks-gen`
 * @returns of each line the last word that the program would get
 */
export function completed(
  shell: Shell,
  script: string,
  folder: string,
  lines: readonly string[],
): readonly string[] {
  const apart = mkdtempSync(join(tmpdir(), `${shell}-`));
  const files = { script: join(apart, 'script'), got: join(apart, 'got'), driver: join(apart, 'driver') };
  writeFileSync(files.script, script);
  writeFileSync(files.got, '');
  const { command, driver } = sessions[shell](files, lines);
  writeFileSync(files.driver, driver);
  const [program, ...args] = command as [string, ...string[]];
  const { error, stderr, status } = spawnSync(program, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: apart, TERM: 'dumb', LC_ALL: 'C.UTF-8', INPUTRC: '/dev/null' },
    ...(shell === 'bash' && { input: driver }),
    encoding: 'utf8',
  });
  if (error || status !== 0) throw new Error(`${shell} failed: ${error?.message ?? stderr}`);
  const words = readFileSync(files.got, 'utf8').split('\0').slice(0, -1);
  if (words.length !== lines.length) throw new Error(`${shell} took ${words.length} lines: ${stderr}`);
  return words;
}

interface Session {
  readonly command: readonly string[];
  /** What the shell runs; what bash reads. */
  readonly driver: string;
}

type Files = Readonly<Record<'script' | 'got' | 'driver', string>>;

const sessions: Readonly<Record<Shell, (files: Files, lines: readonly string[]) => Session>> = {
  /** A bash that is told to be interactive edits lines, wherever they come from. */
  bash: ({ script, got }, lines) => ({
    command: ['bash', '--norc', '--noprofile', '-i'],
    driver: [
      `source '${script}'`,
      `freshworks-gen() { printf '%s\\0' "\${@: -1}" >>'${got}'; }`,
      ...lines.map((line) => `freshworks-gen ${line}\t`),
      'exit 0',
      '',
    ].join('\n'),
  }),

  /** zsh edits lines of a terminal alone, and brings one along. */
  zsh: ({ script, got, driver }, lines) => ({
    command: ['zsh', '-f', driver],
    driver: [
      'zmodload zsh/zpty',
      'zpty shell zsh -f -i',
      ...[
        'PS1= PS2=',
        'autoload -Uz compinit',
        'compinit -D -u',
        `source '${script}'`,
        `freshworks-gen() { printf '%s\\0' "$@[-1]" >>'${got}' }`,
        ...lines.map((line) => `freshworks-gen ${line}\t`),
        'exit',
      ].map((line) => `zpty -w shell $'${line.replace(/[\\']/g, '\\$&').replaceAll('\t', '\\t')}'`),
      'while zpty -r shell said; do :; done',
      '',
    ].join('\n'),
  }),

  /** fish says what it would offer: the word is what it is if that is one thing, and stays as it was typed otherwise. */
  fish: ({ script, got, driver }, lines) => ({
    command: ['fish', '--no-config', driver],
    driver: [
      `source '${script}'`,
      ...lines.flatMap((line) => {
        const typed = `'${`freshworks-gen ${line}`.replace(/[\\']/g, '\\$&')}'`;
        return [
          `set -l offered (complete -C ${typed})`,
          `if test (count $offered) -eq 1`,
          `  printf '%s\\0' (string split \\t -- $offered)[1] >>'${got}'`,
          'else',
          `  printf '%s\\0' (string split ' ' -- ${typed})[-1] >>'${got}'`,
          'end',
        ];
      }),
      '',
    ].join('\n'),
  }),
};

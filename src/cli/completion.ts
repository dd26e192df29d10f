import type { Command } from 'commander';
import { bashScript } from './completion/bash.js';
import { fishScript } from './completion/fish.js';
import { wordsOf, type Words } from './completion/words.js';
import { zshScript } from './completion/zsh.js';
import { exitCodes } from './exit.js';
import type { Outcome } from './outcome.js';
import type { Shell } from './shells.js';

const scripts: Readonly<Record<Shell, (words: Words) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/**
 * `completion`: prints the script that completes the program's command line in a shell.
 *
 * @param codes what `explain` explains
 */
export function completionCommand(shell: Shell, program: Command, codes: Iterable<string>): Outcome {
  const script = scripts[shell](wordsOf(program, { code: [...codes] }));
  return {
    exitCode: exitCodes.fine,
    findings: [],
    document: { shell, script },
    say: () => void process.stdout.write(script),
  };
}

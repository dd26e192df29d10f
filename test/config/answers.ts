/**
 * A program of its own, which runs one command after another as a process of its own would, each in its folder: standard input
 * says which, standard output what each of them said. Node has to load the program's modules once only.
 */
import { readFileSync } from 'node:fs';
import { run } from '../../src/cli/program.js';

/** A command line, and where it is given. */
export interface Asked {
  readonly cwd: string;
  readonly args: readonly string[];
}

/** What a command did. */
export interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const { write } = process.stdout;
const answers: Answer[] = [];
for (const { cwd, args } of JSON.parse(readFileSync(0, 'utf8')) as readonly Asked[]) {
  process.chdir(cwd);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (text: string | Uint8Array, ...more: readonly unknown[]) => {
      said[name] += String(text);
      for (const each of more) if (typeof each === 'function') (each as () => void)();
      return true;
    };
  }
  answers.push({ status: await run(args), ...said });
}
write.call(process.stdout, JSON.stringify(answers));

import { vi } from 'vitest';
import { run } from '../../src/cli/program.js';

/** What a command did. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a folder, in this process; its colours are off. */
export async function runIn(folder: string, args: readonly string[]): Promise<Outcome> {
  const home = process.cwd();
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  process.env['NO_COLOR'] = '1';
  process.chdir(folder);
  try {
    const exitCode = await run(args);
    return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(home);
    stdout.stop();
    stderr.stop();
  }
}

function capture(stream: NodeJS.WriteStream) {
  const written: string[] = [];
  const spy = vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  return {
    text: () => written.join(''),
    stop: () => {
      spy.mockRestore();
    },
  };
}

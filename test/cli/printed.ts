import { vi } from 'vitest';
import { run } from '../../src/cli/program.js';

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs a command line in a folder, and keeps what it prints. */
export async function printed(folder: string, args: readonly string[]): Promise<Printed> {
  const home = process.cwd();
  process.chdir(folder);
  try {
    const { value, ...texts } = await keeping(() => run(args));
    return { ...texts, exitCode: value };
  } finally {
    process.chdir(home);
  }
}

/** Does some work, and keeps what it prints. */
export async function keeping<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly value: T; readonly stdout: string; readonly stderr: string }> {
  const kept = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      kept[name] += String(text);
      return true;
    }),
  );
  try {
    const value = await work();
    return { ...kept, value };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

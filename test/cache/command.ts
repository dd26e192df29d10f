import { join } from 'node:path';
import { vi } from 'vitest';
import { checkCommand } from '../../src/cli/check.js';
import { failure } from '../../src/cli/failure.js';
import { generateCommand } from '../../src/cli/generate.js';
import { openRunCache } from '../../src/app/run-cache.js';
import type { Flags } from '../../src/cli/flags.js';
import { render } from '../../src/cli/render.js';
import { put, temporaryFolder } from '../output/tree.js';

/** A project, and beside it the cache folder of the user who works on it. */
export interface Desk {
  readonly project: string;
  /** What XDG_CACHE_HOME says. */
  readonly cacheHome: string;
  /** Where the entries are. */
  readonly entries: string;
}

export function newDesk(files: Readonly<Record<string, string>>): Desk {
  const folder = temporaryFolder();
  put(join(folder, 'project'), files);
  const cacheHome = join(folder, 'cache');
  return { project: join(folder, 'project'), cacheHome, entries: join(cacheHome, 'freshworks-gen') };
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was answered from what an earlier run had found. */
  readonly remembered: boolean;
}

interface Surroundings {
  /** Relative to the project. */
  readonly cwd?: string;
  readonly program?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** False for a full run that remembers nothing. */
  readonly memory?: boolean;
}

/** Runs a command in the project of a desk. */
export async function run(
  { project, cacheHome }: Desk,
  command: 'generate' | 'check',
  flags: Flags,
  { cwd = '.', program = 'a build', env = {}, memory = true }: Surroundings = {},
): Promise<Outcome> {
  const home = process.cwd();
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  process.chdir(join(project, cwd));
  try {
    const {
      out = '',
      spec,
      overlay,
      refRoot,
      literal,
      products,
      handlers,
      adapters,
      inbox,
      clients,
      replay,
    } = flags;
    const opened =
      memory && !flags.force && !flags.dryRun
        ? openRunCache(
            { out, spec, overlay, refRoot, literal, products, handlers, adapters, inbox, clients, replay },
            { env: { XDG_CACHE_HOME: cacheHome, ...env }, program },
          )
        : undefined;
    const remembered = opened?.recall() !== undefined;
    const perform = command === 'check' ? checkCommand : generateCommand;
    const outcome = await perform(flags, () => opened).catch(failure);
    await render(command, outcome, flags.json ? 'json' : 'text');
    return { exitCode: outcome.exitCode, ...said, remembered };
  } finally {
    process.chdir(home);
    for (const spy of spies) spy.mockRestore();
  }
}

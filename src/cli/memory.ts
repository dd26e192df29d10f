import { resolve } from 'node:path';
import { openCache } from '../cache/cache.js';
import { cacheFolder, homeFolder } from '../cache/folder.js';
import { programId } from '../cache/program.js';
import type { Json } from '../catalog/json.js';
import type { Witness } from '../catalog/witness.js';
import type { Rendered } from '../generate.js';
import type { Flags } from './program.js';
import { summaryOf, type Summary } from './summary.js';

/** What earlier runs of the same command line found, for as long as it is true. */
export interface Memory {
  /** The report of a kit that is up to date; undefined where that has to be found out anew. */
  recall(): Summary | undefined;
  readonly witness: Witness;
  /** Remembers a run after which the kit is up to date. */
  keep(rendered: Rendered): Promise<void>;
}

/** What a run of the program depends on beside the disk. */
interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly program?: string | undefined;
}

/** @returns undefined where nothing is to be remembered */
export function openMemory(
  flags: Flags,
  { env = process.env, program = programId() }: Surroundings = {},
): Memory | undefined {
  if (program === undefined || flags.force || flags.dryRun) return undefined;
  const { out = '', spec, overlay, refRoot, literal, products, handlers, adapters, replay } = flags;
  const cwd = process.cwd();
  const home = homeFolder();
  const folder = cacheFolder(env, [cwd, resolve(out)]);
  if (folder === undefined || home === undefined) return undefined;

  // `check` and `generate` find the same in a kit that is up to date.
  const asked = { out, spec, overlay, refRoot, literal, products, handlers, adapters, replay };
  const cache = openCache(folder, JSON.stringify({ program, cwd, home, asked }));
  // No kit is kept in a folder that holds the home folder.
  cache.witness('place', home);
  return {
    recall: () => cache.recall() as Summary | undefined,
    witness: cache.witness,
    async keep(rendered) {
      const { nextRun } = await import('../next-run.js');
      const next = await nextRun(rendered, { ...flags, out }, cache.witness);
      if (next === undefined) return;
      cache.keep(summaryOf(next.rendered) as unknown as Json, {
        folder: rendered.plan.out,
        files: next.files,
      });
    },
  };
}

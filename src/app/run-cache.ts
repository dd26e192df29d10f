import { resolve } from 'node:path';
import { openCache, type Cache } from './cache/cache.js';
import { cacheFolder } from './cache/folder.js';
import { programId } from './cache/program.js';
import { homeFolder } from '../disk/home.js';
import type { Json } from '../model/json.js';
import type { AddDependency } from '../model/dependency.js';
import type { Options } from '../config/settings.js';
import type { Rendered } from './generate.js';
import { summaryOf, type Summary } from './summary.js';

/** What earlier runs found about a kit when they were asked the same, for as long as it is true. */
export interface RunCache {
  /** The report of a kit that is up to date; undefined where that has to be found out anew. */
  recall(): Summary | undefined;
  readonly addDependency: AddDependency;
  /** Remembers a run after which the kit is up to date. */
  keep(rendered: Rendered): Promise<void>;
}

/** What a run of the program depends on beside the disk. */
export interface Environment {
  readonly env?: NodeJS.ProcessEnv;
  readonly program?: string | undefined;
}

/**
 * `check` and `generate` find the same in a kit that is up to date, so they share what is remembered.
 *
 * @returns undefined where nothing is to be remembered
 */
export function openRunCache(options: Options, environment: Environment = {}): RunCache | undefined {
  const { out, spec, overlay, refRoot, literal, products, handlers, adapters, inbox, clients, replay } =
    options;
  const cache = cacheFor(
    { out, spec, overlay, refRoot, literal, products, handlers, adapters, inbox, clients, replay },
    [resolve(out)],
    environment,
  );
  return (
    cache && {
      recall: () => cache.recall() as Summary | undefined,
      addDependency: cache.addDependency,
      async keep(rendered) {
        const { nextRun } = await import('./next-run.js');
        const next = await nextRun(rendered, options, cache.addDependency);
        if (next === undefined) return;
        cache.keep(summaryOf(next.rendered) as unknown as Json, {
          folder: rendered.plan.out,
          files: next.files,
        });
      },
    }
  );
}

/**
 * The cache of one question.
 *
 * @param within paths in the project, beside the working directory
 * @returns undefined where nothing is to be remembered
 */
export function cacheFor(
  asked: object,
  within: readonly string[],
  { env = process.env, program = programId() }: Environment = {},
): Cache | undefined {
  if (program === undefined) return undefined;
  const cwd = process.cwd();
  const home = homeFolder();
  const folder = cacheFolder(env, [cwd, ...within]);
  if (folder === undefined || home === undefined) return undefined;

  const cache = openCache(folder, JSON.stringify({ program, cwd, home, asked }));
  // No kit is kept in a folder that holds the home folder.
  cache.addDependency('place', home);
  return cache;
}

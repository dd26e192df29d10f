import { join } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { record, settle, type Options } from '../config/settings.js';
import type { Rendered } from './generate.js';
import { handlersFolder, parentsOf } from '../kit/path.js';
import type { PlannedFile } from '../output/plan.js';
import { sha256 } from '../kit/sha256.js';
import { isUnfinished } from '../output/temporary.js';

/** What the next run with the same options finds, and the kit that it has to find for that. */
export interface NextRun {
  readonly rendered: Rendered;
  /** SHA-256 of every file of the kit, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Foresees the next run: after a `check` that found nothing, or a `generate` that has written what it planned. Undefined
 * where the next run would say something else.
 *
 * @param options those that the run was given
 * @param addDependency is called with the kit's folders
 */
export async function nextRun(
  rendered: Rendered,
  options: Options,
  addDependency: AddDependency,
): Promise<NextRun | undefined> {
  const { plan, settings, diagnostics } = rendered;
  // What is orphaned is said once: the manifest that was just written no longer lists it.
  if (diagnostics.some(({ code }) => code === 'handler-orphaned')) return undefined;

  const kept = plan.files.filter(({ after }) => after !== undefined);
  const folders = new Set([handlersFolder, ...kept.flatMap(({ path }) => parentsOf(path))]);
  for (const folder of ['.', ...folders]) addDependency('names', join(plan.out, folder));
  // Looked at after the names: a run that begins in between is seen here, or its records were among them.
  if (await isUnfinished(plan.out)) return undefined;

  const files = kept.map((file): PlannedFile => ({ ...file, state: 'unchanged' }));
  const manifest: PlannedFile = { ...plan.manifest, state: 'unchanged' };
  return {
    rendered: {
      ...rendered,
      settings: settle(options, { options: record(settings) }),
      plan: { ...plan, files, manifest },
    },
    files: new Map([...kept, plan.manifest].map((file) => [file.path, hashOf(file)])),
  };
}

/** Of a file that is as it should be: line ends may differ from what would be written. */
function hashOf({ state, beforeSha256, after = '' }: PlannedFile): string {
  return state === 'unchanged' && beforeSha256 !== undefined ? beforeSha256 : sha256(after);
}

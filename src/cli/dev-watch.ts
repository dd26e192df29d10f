import type { Dev } from '../app/dev/dev.js';
import { newWatcher, type Watcher } from '../app/watcher.js';
import type { Options } from '../config/settings.js';
import { configured } from './configured.js';
import { kitsWithFolder } from './dev-kits.js';
import type { CommandReport } from './dev-report.js';
import { failure } from './failure.js';
import type { Flags } from './flags.js';
import { generateKits } from './generate.js';

interface Following {
  readonly flags: Flags;
  readonly report: CommandReport;
  readonly ending: { readonly promise: Promise<void>; readonly isEnded: () => boolean };
}

/**
 * `dev --watch`: brings the kits that have a folder up to date, as `generate --watch` does, and has deliveries judged by the
 * documents as they are, until it is ended. What cannot be read ends nothing.
 */
export async function follow(dev: Dev, first: Watcher, { flags, report, ending }: Following): Promise<void> {
  for (let around = first, isFirst = true; ; isFirst = false) {
    try {
      // Whatever it depends on was looked at before it was read, so a change meanwhile is seen.
      const { kits } = await configured(flags, { needsOut: false, addDependency: around.addDependency });
      const brief = await generated(kits, around, flags);
      if (!isFirst) {
        await dev.reload(
          kits.map(({ options }) => options),
          around.addDependency,
        );
        report.reloaded(brief ?? 'The documents have been read again.');
      } else if (brief !== undefined) report.reloaded(brief);
    } catch (error) {
      await failure(error).say();
      report.onProblem('the documents could not be read again; waiting for a change');
    }
    await Promise.race([around.change(), ending.promise]);
    if (ending.isEnded()) return;
    around = newWatcher();
  }
}

/** The result of generating in one line; undefined where no kit has a folder. */
async function generated(
  kits: readonly { readonly options: Options }[],
  { addDependency }: Watcher,
  flags: Flags,
): Promise<string | undefined> {
  const withFolder = kitsWithFolder(kits);
  if (withFolder.length === 0) return undefined;
  const runCache = { recall: () => undefined, addDependency, keep: () => Promise.resolve() };
  const outcome = await generateKits(withFolder, flags, () => runCache);
  if (outcome.exitCode !== 0) await outcome.say();
  return outcome.brief;
}

import { newWatcher, type Watcher } from '../app/watcher.js';
import { configured } from './configured.js';
import { failure } from './failure.js';
import { generateKits } from './generate.js';
import type { Outcome } from './outcome.js';
import { count, say } from './print.js';
import type { Flags } from './flags.js';

/**
 * `generate --watch`: generates, waits until something that the kits depend on has changed, and generates again. An error
 * does not end it; a signal ends the process.
 */
export async function watchCommand(flags: Flags): Promise<Outcome> {
  for (let first = true; ; first = false) {
    const around = newWatcher();
    const start = performance.now();
    const outcome = await oneRun(flags, around);
    const failed = outcome.exitCode !== 0;
    if (first || failed) await outcome.say();
    if (failed) say(`${clock()} Nothing was written; waiting for a change.`);
    else if (!first) say(`${clock()} ${outcome.brief ?? ''} (${Math.round(performance.now() - start)} ms)`);
    else say(`Watching ${count(around.size, 'path')} that the result depends on. Ctrl-C ends it.`);
    await around.change();
  }
}

async function oneRun(flags: Flags, { addDependency }: Watcher): Promise<Outcome> {
  try {
    const { kits } = await configured(flags, { addDependency });
    const runCache = { recall: () => undefined, addDependency, keep: () => Promise.resolve() };
    return await generateKits(kits, flags, () => runCache);
  } catch (error) {
    return failure(error);
  }
}

/** The time of day where the user is. */
function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}

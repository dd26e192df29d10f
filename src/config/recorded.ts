import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { diagnostic, Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { fileName } from '../diagnostics/file-name.js';
import { isGone } from '../disk/errno.js';
import { shippedWord } from './options.js';
import type { Settings } from './settings.js';

/**
 * Sees to it that what the manifest records is still where it was from the kit's folder. A kit that was moved to another
 * depth finds nothing there, and the path in a plain message would be one that nobody typed.
 *
 * @throws Rejected `recorded-missing` naming every option whose path leads nowhere
 */
export async function checkRecorded({ out, cwd, replayed, ...options }: Settings): Promise<void> {
  const recorded: readonly (readonly [string, string, readonly string[]])[] = [
    ['spec', '--spec', (options.spec ?? []).filter((path) => path !== shippedWord)],
    ['overlay', '--overlay', options.overlay],
    ['refRoot', '--ref-root', options.refRoot === undefined ? [] : [options.refRoot]],
  ];
  const manifest = fileName(join(out, '.freshworks-gen.json'), cwd);
  const missing: Diagnostic[] = [];
  for (const [name, flag, paths] of recorded) {
    if (!replayed.includes(name)) continue;
    for (const path of paths) {
      if (await isThere(path)) continue;
      const fromOut = relative(out, path).split(sep).join('/');
      const message = `${manifest} records ${flag} ${fromOut}, and ${fileName(path, cwd)} does not exist.`;
      missing.push(diagnostic('recorded-missing', message));
    }
  }
  if (missing.length > 0) throw new Rejected(...missing);
}

/** Whether anything is there: what it is, and whether it may be read, is for those to say who read it. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => !isGone(error),
  );
}

import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { kindOf } from '../kit/disk.js';
import { withIoErrors } from '../kit/io-errors.js';
import { shown } from '../kit/shown.js';

const marksOfAProject = ['.git', '.hg', '.svn', 'package.json'];

/**
 * Whether a kit may be kept in `out`: an absent folder, or one that is no link, no project, no repository, and holds
 * neither the home folder nor the disk.
 *
 * @throws Rejected `output-folder`, `output-link` or `output-not-a-folder`
 */
export async function checkFolder(out: string): Promise<void> {
  const folder = resolve(out);
  const kind = await kindOf(folder);
  if (kind === 'link') throw new Rejected(diagnostic('output-link', `${shown(folder)} is a symbolic link.`));

  const ground = await existing(folder);
  const standsOnAFolder = await stat(ground).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!standsOnAFolder) {
    throw new Rejected(diagnostic('output-not-a-folder', `${shown(ground)} is not a folder.`));
  }
  if (kind === 'absent') return;

  const holds = await whatItHolds(folder);
  if (holds !== undefined) {
    throw new Rejected(
      diagnostic('output-folder', `${shown(folder)} cannot be the output folder: it ${holds}.`),
    );
  }
}

/** The nearest path upwards that exists; the root always does. */
async function existing(path: string): Promise<string> {
  const missing = (await kindOf(path)) === 'absent' && dirname(path) !== path;
  return missing ? existing(dirname(path)) : path;
}

async function whatItHolds(folder: string): Promise<string | undefined> {
  const real = await withIoErrors(folder, 'read', () => realpath(folder));
  if (dirname(real) === real) return 'is the root of the file system';

  const home = await realpath(homedir()).catch(() => homedir());
  const way = relative(real, home);
  if (way === '') return 'is the home folder';
  if (way.split(sep)[0] !== '..' && !isAbsolute(way)) return 'holds the home folder';

  for (const mark of marksOfAProject) {
    if ((await kindOf(join(folder, mark))) !== 'absent')
      return `holds ${mark}, so it is a project of its own`;
  }
  return undefined;
}

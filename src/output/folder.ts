import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { kindOf } from '../kit/disk.js';
import { manifestPath } from '../kit/manifest.js';
import { withIoErrors } from '../kit/io-errors.js';
import { shown } from '../kit/shown.js';

const marksOfAProject = ['.git', '.hg', '.svn', 'package.json'];

/**
 * Whether a kit may be kept in `out`: an absent folder, or one that is no link, no project, no repository, and holds
 * neither the home folder nor the disk, nor, where there is no kit yet, the working directory.
 *
 * @throws Rejected `output-folder`, `output-link` or `output-not-a-folder`
 */
export async function checkFolder(out: string, cwd: string = process.cwd()): Promise<void> {
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

  const holds = await whatItHolds(folder, cwd);
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

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}

async function whatItHolds(folder: string, cwd: string): Promise<string | undefined> {
  const real = await withIoErrors(folder, 'read', () => realpath(folder));
  if (dirname(real) === real) return 'is the root of the file system';

  const home = await realpath(homedir()).catch(() => homedir());
  if (real === home) return 'is the home folder';
  if (isWithin(home, real)) return 'holds the home folder';
  // Who works in the folder of a kit may name it from there.
  const here = await realpath(cwd).catch(() => cwd);
  if (real !== here && isWithin(here, real) && (await kindOf(join(folder, manifestPath))) === 'absent')
    return 'holds the working directory';

  for (const mark of marksOfAProject) {
    if ((await kindOf(join(folder, mark))) !== 'absent')
      return `holds ${mark}, so it is a project of its own`;
  }
  return undefined;
}

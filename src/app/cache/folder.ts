import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { homeFolder } from '../../disk/home.js';

/**
 * The folder of this user's entries, whether it is there or not; undefined where there is to be none. What a pull request
 * can write is no evidence, so a folder inside the project is not used.
 *
 * @param within paths in the project: the working directory, the kit's folder
 */
export function cacheFolder(env: NodeJS.ProcessEnv, within: readonly string[]): string | undefined {
  if (env['FRESHWORKS_GEN_CACHE'] === 'off') return undefined;
  const base = usersFolder(env);
  if (base === undefined) return undefined;
  const folder = join(base, 'freshworks-gen');
  return within.some((path) => sharesProject(real(folder), real(path))) ? undefined : folder;
}

function usersFolder(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['XDG_CACHE_HOME'];
  // The XDG specification has relative paths ignored.
  if (named !== undefined && isAbsolute(named)) return named;
  const local = env['LOCALAPPDATA'];
  if (process.platform === 'win32') return local !== undefined && isAbsolute(local) ? local : undefined;
  const home = homeFolder();
  if (home === undefined || !isThere(home)) return undefined;
  return join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}

const marksOfAProject = ['.git', '.hg', 'package.json'];

/** Whether the folder lies in `path`, or in a repository or a package that `path` lies in too. */
function sharesProject(folder: string, path: string): boolean {
  if (contains(path, folder)) return true;
  const above = upwards(dirname(path)).filter((each) => contains(each, folder));
  return above.some((each) => marksOfAProject.some((mark) => isThere(join(each, mark))));
}

function upwards(folder: string): string[] {
  return dirname(folder) === folder ? [folder] : [folder, ...upwards(dirname(folder))];
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A path without links, as far as it is there. */
function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(resolve(path));
    return parent === path ? path : join(real(parent), relative(parent, resolve(path)));
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

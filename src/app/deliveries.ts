import { lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { homeFolder } from '../disk/home.js';
import { upwards } from '../project/find-up.js';
import { folderOfProject, pathOf, type StoreFolder } from '../store/folder.js';
import { openStore, type Store } from '../store/store.js';

export type { StoreFolder } from '../store/folder.js';

const marksOfAProject = ['package.json', '.git', '.hg'];

/**
 * Where the deliveries of the project around a folder are kept.
 *
 * @param cwd absolute
 * @throws Rejected `store-folder` where that would be in the project, or where the user has no folder
 */
export function deliveriesOf(cwd: string, env: NodeJS.ProcessEnv = process.env): StoreFolder {
  const home = homeFolder();
  const project = projectOf(realpathSync.native(cwd), home && real(home));
  const folder = folderOfProject(env, project);
  if (folder === undefined) throw new Rejected(diagnostic('store-folder', 'this user has no home folder'));
  const path = pathOf(folder);
  const isHome = home !== undefined && contains(project, real(home));
  if (!isHome && contains(project, real(path)))
    throw new Rejected(
      diagnostic('store-folder', `the folder for deliveries, ${path}, would lie in the project`),
    );
  return folder;
}

/** What is kept there, to be read. */
export function openDeliveries(folder: StoreFolder): Store {
  return openStore(folder);
}

/**
 * The nearest folder that holds a package or a repository, else the folder itself. A repository of a whole home, as some keep
 * their settings in, is no project.
 */
function projectOf(folder: string, home: string | undefined): string {
  const isProject = (each: string) =>
    (home === undefined || !contains(each, home)) &&
    marksOfAProject.some((mark) => isThere(join(each, mark)));
  return upwards(folder).find(isProject) ?? folder;
}

/** A path without links, as far as it is there. */
function real(path: string): string {
  const there = upwards(path).find(isThere) ?? path;
  return join(realpathSync.native(there), relative(there, path));
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

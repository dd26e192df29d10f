import { createHash } from 'node:crypto';
import { basename, isAbsolute, join } from 'node:path';
import { homeFolder } from '../disk/home.js';

/** The folder of a store: one that is there or can be made, and folders of ours below it. */
export interface StoreFolder {
  readonly base: string;
  readonly names: readonly string[];
}

export function pathOf({ base, names }: StoreFolder): string {
  return join(base, ...names);
}

/**
 * Where the deliveries of a project are kept: in this user's folder for state, a folder for each project.
 *
 * @param project its folder, absolute and without links
 * @returns undefined for a user without a home
 */
export function folderOfProject(env: NodeJS.ProcessEnv, project: string): StoreFolder | undefined {
  const base = stateFolder(env);
  if (base === undefined) return undefined;
  // A name that every file system takes, and that a person knows again.
  const name = basename(project)
    .replace(/[^A-Za-z\d._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 40);
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 12);
  return { base, names: ['freshworks-gen', 'deliveries', `${name === '' ? 'project' : name}-${hash}`] };
}

function stateFolder(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['XDG_STATE_HOME'];
  // The XDG specification has relative paths ignored.
  if (named !== undefined && isAbsolute(named)) return named;
  const local = env['LOCALAPPDATA'];
  if (process.platform === 'win32') return local !== undefined && isAbsolute(local) ? local : undefined;
  const home = homeFolder();
  if (home === undefined) return undefined;
  return join(home, process.platform === 'darwin' ? 'Library/Application Support' : '.local/state');
}

import { isUtf8 } from 'node:buffer';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { isGone } from '../disk/errno.js';
import { readRegularFile, UnfitFile } from '../disk/regular-file.js';
import { findNearby } from './documents.js';
import { adaptersFor } from './framework.js';
import { lockFiles, type Traces } from './manager.js';
import { factsOf } from './package-json.js';
import { lacksNodeTypes } from './tsconfig.js';
import { withIoErrors } from './io-errors.js';
import { workflowPath } from './workflow.js';

/** Far above what a package.json has. */
const bytesAtMost = 4 * 2 ** 20;

/** What `init` finds in a project before it asks or writes anything. */
export interface Survey {
  /** The package's folder, absolute. */
  readonly cwd: string;
  /** The repository's folder, absolute; the package's own where there is none. */
  readonly root: string;
  readonly isRepository: boolean;
  readonly packageJson: string;
  /** Whether package.json asks for this program. */
  readonly depends: boolean;
  /** The default adapter, and those of the frameworks that package.json asks for. */
  readonly adapters: readonly string[];
  readonly traces: Traces;
  /** Whether TypeScript finds no types of Node.js, which the kit needs. */
  readonly lacksNodeTypes: boolean;
  /** The folder of the package.json that names the package manager, absolute. */
  readonly managerFolder: string;
  /** The lock file's folder, absolute. */
  readonly lockFolder: string;
  /** The configuration that is there. */
  readonly configuration: string | undefined;
  /** AsyncAPI documents near the top, from the package's folder. */
  readonly documents: readonly string[];
  /** Folders near the top that hold a kit, from the package's folder. */
  readonly kits: readonly string[];
  /** The workflow that is there. */
  readonly workflow: string | undefined;
}

/**
 * Looks at a project. Nothing is written.
 *
 * @param cwd the folder of package.json
 * @param wanted.workflow whether to look where a workflow would go
 * @throws Rejected `init-package-missing`, `init-package-invalid`, `init-obstacle`, `init-io`
 */
export async function survey(cwd: string, wanted: { readonly workflow: boolean }): Promise<Survey> {
  const packageJson = await readProject(cwd, 'package.json', cwd);
  if (packageJson === undefined)
    throw new Rejected(diagnostic('init-package-missing', 'There is no package.json in this folder.'));
  const facts = factsOf(packageJson);
  const repository = await repositoryOf(cwd);
  const root = repository ?? cwd;
  const folders = foldersBetween(cwd, root);
  const named =
    facts.manager === undefined
      ? await managerAbove(folders.slice(1))
      : { field: facts.manager, folder: cwd };
  const lock = await lockIn(folders);
  return {
    cwd,
    root,
    isRepository: repository !== undefined,
    packageJson,
    depends: facts.depends,
    adapters: adaptersFor(facts.packages),
    lacksNodeTypes: lacksNodeTypes(facts.typescript, await tsconfigIn(cwd)),
    traces: { field: named?.field, lock: lock?.name, isClassicLock: lock?.isClassic ?? false },
    managerFolder: named?.folder ?? cwd,
    lockFolder: lock?.folder ?? cwd,
    configuration: await configurationIn(cwd),
    ...(await findNearby(cwd)),
    workflow: wanted.workflow
      ? await readProject(root, workflowPath(slashed(relative(root, cwd)) || '.'), cwd)
      : undefined,
  };
}

/** A tsconfig that cannot be read is for others to report. */
async function tsconfigIn(cwd: string): Promise<string | undefined> {
  return readProject(cwd, 'tsconfig.json', cwd).catch(() => undefined);
}

/**
 * Reads a file below a folder, following no link.
 *
 * @param cwd what messages tell paths from
 * @returns undefined where there is none
 */
export async function readProject(folder: string, path: string, cwd: string): Promise<string | undefined> {
  const names = path.split('/');
  for (let depth = 1; depth <= names.length; depth += 1) {
    const file = join(folder, ...names.slice(0, depth));
    const shown = slashed(relative(cwd, file));
    const isLast = depth === names.length;
    const kind = await withIoErrors('read', shown, () => kindOf(file));
    if (kind === 'absent') return undefined;
    if (kind === (isLast ? 'file' : 'folder')) continue;
    const message = `${shown} is a ${kind}, not a ${isLast ? 'file' : 'folder'}.`;
    throw new Rejected(diagnostic('init-obstacle', message));
  }
  const shown = slashed(relative(cwd, join(folder, path)));
  const bytes = await withIoErrors('read', shown, () =>
    readRegularFile(join(folder, path), bytesAtMost, { noFollow: true }).catch((error: unknown) => {
      if (!(error instanceof UnfitFile)) throw error;
      throw new Rejected(diagnostic('init-obstacle', `${shown} cannot be read: ${error.message}.`));
    }),
  );
  if (isUtf8(bytes)) return bytes.toString();
  throw new Rejected(diagnostic('init-package-invalid', `${shown} is not UTF-8.`));
}

async function kindOf(path: string): Promise<'absent' | 'link' | 'file' | 'folder' | 'device'> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return 'link';
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : 'device';
  } catch (error) {
    if (isGone(error)) return 'absent';
    throw error;
  }
}

/** The nearest folder above that git works in. A work tree has a file where others have a folder. */
async function repositoryOf(cwd: string): Promise<string | undefined> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if ((await kindOf(join(folder, '.git'))) !== 'absent') return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** A folder and those above it, up to the repository's. */
function foldersBetween(cwd: string, root: string): readonly string[] {
  const folders = [cwd];
  for (let folder = cwd; folder !== root && folder !== dirname(folder);)
    folders.push((folder = dirname(folder)));
  return folders;
}

/** The lock file of the package, or of the workspace that it is in. */
async function lockIn(folders: readonly string[]) {
  for (const folder of folders) {
    const names = new Set(await readdir(folder).catch(() => []));
    const name = [...lockFiles.keys()].find((each) => names.has(each));
    if (name !== undefined)
      return { name, folder, isClassic: name === 'yarn.lock' && (await isClassic(join(folder, name))) };
  }
  return undefined;
}

/** `packageManager` of the package.json of a workspace, if it has a readable one. */
async function managerAbove(folders: readonly string[]) {
  for (const folder of folders) {
    const text = await readRegularFile(join(folder, 'package.json'), bytesAtMost).then(String, () => '{}');
    try {
      const field = factsOf(text).manager;
      if (field !== undefined) return { field, folder };
    } catch {
      // Somebody else's file: what is wrong with it is not for this command to say.
    }
  }
  return undefined;
}

/** Whether a yarn.lock is of Yarn 1: its first lines say so. */
async function isClassic(lock: string): Promise<boolean> {
  const file = await open(lock, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0);
    return buffer.subarray(0, bytesRead).toString('latin1').includes('# yarn lockfile v1');
  } finally {
    await file.close();
  }
}

async function configurationIn(cwd: string): Promise<string | undefined> {
  const names = await withIoErrors('read', '.', () => readdir(cwd));
  return names.sort().find((name) => /^freshworks-gen\.config\.(?:[cm]?[jt]s|json|ya?ml)$/.test(name));
}

/** Whether a path leads to a file. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** A path with `/` between folders. */
export function slashed(path: string): string {
  return path.split(sep).join('/');
}

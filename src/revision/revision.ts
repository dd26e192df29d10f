import { realpath } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Files } from '../model/files.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { git } from './git.js';
import { readTree, type TreeEntry } from './tree.js';

/** The files of a repository as of a revision. */
export interface Revision {
  /** As the user named it, without the folder that git keeps it in. */
  readonly name: string;
  readonly files: Files;
  /** The files of a name in the working directory and below, in absolute paths, as if they were there. */
  named(name: string): readonly string[];
}

/** Why a text is no revision. */
export interface NoRevision {
  readonly reason: string;
}

/** What makes a word a revision, whatever the folder holds: `git:origin/main`. No revision that git knows begins so. */
const prefix = 'git:';

/** The revision that a word says it is; undefined where it does not say. */
export function revisionIn(word: string): string | undefined {
  return word.startsWith(prefix) ? word.slice(prefix.length) : undefined;
}

/** Whether a word is a path by its form, and no revision: `./main`, `../main`, `/srv/main`. */
export function isPath(word: string): boolean {
  return isAbsolute(word) || /^\.{1,2}(?:[/\\]|$)/.test(word);
}

/** Whether git has a revision of this name; it has none where there is no git or no repository. */
export async function isRevision(name: string, cwd: string): Promise<boolean> {
  if (name.startsWith('-')) return false;
  try {
    return (await commitOf(name, cwd)).id !== undefined;
  } catch (error) {
    if (error instanceof Rejected) return false;
    throw error;
  }
}

/**
 * Looks a revision up in the repository around a folder.
 *
 * @param name a branch, a tag, a commit: what `git rev-parse` understands
 * @throws Rejected where there is no git, the revision is beyond what was cloned, or the name is that of two
 */
export async function openRevision(name: string, cwd: string): Promise<NoRevision | Revision> {
  if (name.startsWith('-')) return { reason: 'a revision does not begin with a hyphen' };
  const top = await git(cwd, ['rev-parse', '--show-toplevel']);
  if (top.code !== 0) return { reason: noRepository(top.stderr) };
  const { id, isAmbiguous } = await commitOf(name, cwd);
  if (id === undefined) {
    await refuseShallow(name, cwd);
    return { reason: 'the repository has no such revision' };
  }
  if (isAmbiguous) {
    const message = `${printable(name)} is more than one revision: a branch and a tag have the name.`;
    throw new Rejected(diagnostic('version-ambiguous', message));
  }
  const root = resolve(top.stdout.toString('utf8').replace(/\r?\n$/, ''));
  const tree = await readTree(cwd, id);
  const shown = name.replace(/^refs\/(?:heads|remotes|tags)\//, '');
  const realCwd = await realpath(cwd);
  return {
    name: shown,
    files: filesOf(shown, root, realCwd, cwd, tree),
    named: (file) =>
      [...tree]
        .filter(([path, { kind }]) => kind === 'file' && basename(path) === file)
        .map(([path]) => relative(realCwd, resolve(root, path)))
        .filter((path) => !path.startsWith(`..${sep}`) && !isAbsolute(path))
        .map((path) => resolve(cwd, path)),
  };
}

/** The commit that a name stands for, and whether git has several that it could be. */
async function commitOf(
  name: string,
  cwd: string,
): Promise<{ readonly id: string | undefined; readonly isAmbiguous: boolean }> {
  const asked = ['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`];
  const { code, stdout, stderr } = await git(cwd, ['-c', 'core.warnAmbiguousRefs=true', ...asked]);
  const id = stdout.toString('utf8').trim();
  const isCommit = code === 0 && /^[0-9a-f]{40,64}$/.test(id);
  return { id: isCommit ? id : undefined, isAmbiguous: /^warning: refname .* is ambiguous/m.test(stderr) };
}

function noRepository(said: string): string {
  return said.includes('dubious ownership')
    ? 'git does not trust the repository, which belongs to another user (safe.directory)'
    : 'the working directory is in no git repository';
}

async function refuseShallow(name: string, cwd: string): Promise<void> {
  const shallow = await git(cwd, ['rev-parse', '--is-shallow-repository']);
  if (shallow.stdout.toString('utf8').trim() !== 'true') return;
  const message = `${name} is neither a file nor a revision that this clone holds: it is a shallow one.`;
  throw new Rejected(diagnostic('revision-shallow', message));
}

function filesOf(
  name: string,
  root: string,
  realCwd: string,
  cwd: string,
  tree: ReadonlyMap<string, TreeEntry>,
): Files {
  const named = (path: string) => `${name}:${inside(path)}`;
  return {
    real: (path) => soon(() => (refuseLinks(path), path)),
    isFile: (path) => soon(() => tree.get(inside(path))?.kind === 'file'),
    read: async (path, atMost) => {
      refuseLinks(path);
      const entry = tree.get(inside(path));
      if (entry?.kind !== 'file') throw absent();
      const { code, stdout, stderr } = await git(cwd, ['cat-file', 'blob', entry.id], atMost + 1);
      if (code === 0) return stdout;
      throw new Rejected(diagnostic('git-failed', `Git could not read ${named(path)}: ${firstLine(stderr)}`));
    },
    name: (path) => named(path),
  };

  /** The path from the root of the repository, which git names without links. */
  function inside(path: string): string {
    const way = [path, resolve(realCwd, relative(cwd, path))]
      .map((each) => relative(root, each))
      .find((each) => each !== '..' && !each.startsWith(`..${sep}`) && !isAbsolute(each));
    if (way !== undefined) return way.split(sep).join('/');
    const message = `${path} is not in the repository that ${name} is a revision of.`;
    throw new Rejected(diagnostic('revision-outside', message));
  }

  function refuseLinks(path: string): void {
    const steps = inside(path).split('/');
    for (let count = 1; count <= steps.length; count += 1) {
      const step = steps.slice(0, count).join('/');
      if (tree.get(step)?.kind === 'link')
        throw new Rejected(diagnostic('revision-link', `${name}:${step} is a symbolic link.`));
    }
  }
}

/** The result of some work, or what it throws, as the disk gives it. */
function soon<T>(work: () => T): Promise<T> {
  return Promise.resolve().then(work);
}

/** What the disk says of a file that is not there. */
function absent(): Error {
  return Object.assign(new Error('no such file'), { code: 'ENOENT' });
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

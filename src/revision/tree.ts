import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { git } from './git.js';

/** What stands at a path of a revision: repositories in a repository are `other`. */
export interface TreeEntry {
  readonly kind: 'file' | 'link' | 'other';
  readonly id: string;
}

/** Every file of a commit by its path from the root of the repository. */
export async function readTree(cwd: string, commit: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const { code, stdout, stderr, cut } = await git(cwd, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (code !== 0 || cut) {
    const reason = cut ? 'it holds too many files' : (stderr.split('\n', 1)[0] ?? '');
    throw new Rejected(diagnostic('git-failed', `Git could not list the files of the revision: ${reason}.`));
  }
  const entries = stdout.toString('utf8').split('\0').slice(0, -1);
  return new Map(
    entries.flatMap((entry) => {
      const [, mode = '', id = '', path = ''] = /^([0-7]{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
      return path === '' ? [] : [[path, { kind: kinds.get(mode) ?? 'other', id }] as const];
    }),
  );
}

const kinds: ReadonlyMap<string, TreeEntry['kind']> = new Map([
  ['100644', 'file'],
  ['100664', 'file'],
  ['100755', 'file'],
  ['120000', 'link'],
]);

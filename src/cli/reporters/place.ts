import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Finding } from '../finding.js';

/** Where reports are read: what file names are taken from, and what they are shown relative to. */
export interface Standpoint {
  /** The working directory of the run. */
  readonly cwd: string;
  /** The folder that a reader of the report has before them: the repository in CI, else the working directory. */
  readonly root: string;
}

export function standpoint(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): Standpoint {
  const workspace = env['GITHUB_ACTIONS'] === 'true' ? env['GITHUB_WORKSPACE'] : undefined;
  return { cwd, root: workspace !== undefined && isAbsolute(workspace) ? workspace : cwd };
}

/** A file as a reader finds it: below the root with `/` between folders, or as an absolute path. */
export function fileFrom(
  file: string,
  { cwd, root }: Standpoint,
): { readonly path: string; readonly below: boolean } {
  const absolute = resolve(cwd, file);
  const path = relative(root, absolute);
  const below = path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
  return { path: (below ? path : absolute).split(sep).join('/'), below };
}

/** Line and column as the formats take them: whole numbers from 1. */
export function pointOf({
  position,
}: Pick<Finding, 'position'>): { readonly line: number; readonly column: number } | undefined {
  return position !== undefined && counts(position.line) && counts(position.column) ? position : undefined;
}

function counts(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 1 && number <= 2 ** 31 - 1;
}

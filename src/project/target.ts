import type { AddDependency } from '../model/dependency.js';
import type { Report } from '../diagnostics/diagnostic.js';
import { readImportExtension, type ImportExtension } from './tsconfig.js';
import type { LayoutOf } from '../kit/prettier-options.js';
import { readLayout } from './prettier.js';

/** How the project around a kit wants generated code. */
export interface Target {
  /** What the specifier of a relative import ends in. */
  readonly importExtension: ImportExtension;
  readonly layoutOf: LayoutOf;
}

/**
 * Reads the conventions of the project that `out` lies in: its nearest tsconfig.json, and for each file, when its layout is
 * asked for, the Prettier configuration and the .editorconfig. Runs no code of it. What cannot be read is reported as a warning, and a default stands in.
 */
export async function readTarget(
  out: string,
  report: Report,
  addDependency?: AddDependency,
): Promise<Target> {
  return {
    importExtension: await readImportExtension(out, report, addDependency),
    layoutOf: readLayout(out, report, addDependency),
  };
}

import type { AddDependency } from '../model/dependency.js';
import { diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { locationAt } from '../diagnostics/source.js';
import { findUp } from './find-up.js';
import { readTsconfig } from './tsconfig-chain.js';
import { Unreadable } from './text.js';

export type ImportExtension = '.js' | '.ts' | '';

/** `./x.js` finds `./x.ts` under every module resolution in use, so it is right when nothing is known. */
const safe: ImportExtension = '.js';

/**
 * What relative imports end in, by the value that decides it. TypeScript knows these too, and takes a third of a second to
 * load; a test compares.
 */
const byModule: ReadonlyMap<string, ImportExtension> = new Map([
  ...each('none commonjs amd system umd es6 es2015 es2020 es2022 esnext preserve', ''),
  ...each('node16 node18 node20 nodenext', '.js'),
]);
const byModuleResolution: ReadonlyMap<string, ImportExtension> = new Map([
  ...each('classic node node10 bundler', ''),
  ...each('node16 nodenext', '.js'),
]);

function each(values: string, ending: ImportExtension): readonly (readonly [string, ImportExtension])[] {
  return values.split(' ').map((value) => [value, ending]);
}

/** The ending of relative imports that the nearest tsconfig.json asks for, its `extends` followed. */
export async function readImportExtension(
  out: string,
  report: Report,
  addDependency?: AddDependency,
): Promise<ImportExtension> {
  const nearest = await findUp(out, ['tsconfig.json'], addDependency).next();
  if (nearest.done === true) return safe;
  const file = nearest.value;
  try {
    const { compilerOptions, isSolution } = await readTsconfig(file, addDependency);
    return isSolution ? safe : endingFor(compilerOptions);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { source, offset } = error;
    const message = `${source.file} cannot be read: ${error.message}.`;
    report(diagnostic('tsconfig-unreadable', message, locationAt(source, offset)));
    return safe;
  }
}

function endingFor(options: ReadonlyMap<string, unknown>): ImportExtension {
  if (
    options.get('allowImportingTsExtensions') === true ||
    options.get('rewriteRelativeImportExtensions') === true
  )
    return '.ts';
  const module = endingOf(options.get('module'), byModule);
  return endingOf(options.get('moduleResolution'), byModuleResolution) ?? module ?? '';
}

/** A value that is not known here may be a newer compiler's; one that is no string is as good as none. */
function endingOf(value: unknown, known: ReadonlyMap<string, ImportExtension>): ImportExtension | undefined {
  return typeof value === 'string' ? (known.get(value.toLowerCase()) ?? safe) : undefined;
}

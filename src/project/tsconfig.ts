import { dirname } from 'node:path';
import { ts } from 'ts-morph';
import type { AddDependency } from '../model/dependency.js';
import { diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { locationAt } from '../diagnostics/source.js';
import { findUp } from './find-up.js';
import { readTsconfig } from './tsconfig-chain.js';
import { Unreadable } from './text.js';

export type ImportExtension = '.js' | '.ts' | '';

/** `./x.js` finds `./x.ts` under every module resolution in use, so it is right when nothing is known. */
const safe: ImportExtension = '.js';

/** TypeScript's code for a value that an option does not have. */
const unknownValue = 6046;

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
    // Values are checked here, and no file is read.
    const { options, errors } = ts.convertCompilerOptionsFromJson(
      Object.fromEntries(compilerOptions),
      dirname(file),
    );
    const moduleIsNews = errors.some(
      ({ code, messageText }) => code === unknownValue && String(messageText).includes("'--module"),
    );
    return moduleIsNews || isSolution ? safe : endingFor(options);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { source, offset } = error;
    const message = `${source.file} cannot be read: ${error.message}.`;
    report(diagnostic('tsconfig-unreadable', message, locationAt(source, offset)));
    return safe;
  }
}

function endingFor(options: ts.CompilerOptions): ImportExtension {
  const { ModuleKind, ModuleResolutionKind } = ts;
  if (options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true)
    return '.ts';

  const { moduleResolution, module } = options;
  if (moduleResolution !== undefined) {
    const isNode =
      moduleResolution === ModuleResolutionKind.Node16 || moduleResolution === ModuleResolutionKind.NodeNext;
    return isNode ? '.js' : '';
  }
  return module !== undefined && module >= ModuleKind.Node16 && module <= ModuleKind.NodeNext ? '.js' : '';
}

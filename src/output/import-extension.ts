import { dirname } from 'node:path';
import { ts } from 'ts-morph';
import type { Witness } from '../catalog/witness.js';
import { diagnostic, type Report } from '../diagnostics/diagnostic.js';
import type { Place } from '../diagnostics/place.js';
import { createSource, placeAt } from '../diagnostics/source.js';
import { nearest } from './nearest.js';
import { shown } from './shown.js';

export type ImportExtension = '.js' | '.ts' | '';

/** `./x.js` finds `./x.ts` under every module resolution in use, so it is right when nothing is known. */
const safe: ImportExtension = '.js';

/** TypeScript's codes for a file that cannot be read, is not found, extends itself, or holds no object. */
const unreadable = new Set([5083, 6053, 18000, 5092]);
/** TypeScript's code for a value that an option does not have. */
const unknownValue = 6046;

/** The ending of relative imports that the nearest tsconfig.json asks for, its `extends` followed. */
export async function readImportExtension(
  out: string,
  report: Report,
  witness?: Witness,
): Promise<ImportExtension> {
  const file = await nearest(out, ['tsconfig.json'], witness);
  if (file === undefined) return safe;

  const read = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const config: unknown = read.config;
  const host: ts.ParseConfigHost = {
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    fileExists: (path) => {
      witness?.('content', path);
      return ts.sys.fileExists(path);
    },
    readFile: (path) => {
      witness?.('content', path);
      return ts.sys.readFile(path);
    },
    readDirectory: () => [],
  };
  const { options, errors } = ts.parseJsonConfigFileContent(
    config ?? {},
    host,
    dirname(file),
    undefined,
    file,
  );
  const fault = read.error ?? errors.find(({ code }) => isSyntaxError(code) || unreadable.has(code));
  if (fault !== undefined) {
    const why = ts.flattenDiagnosticMessageText(fault.messageText, ' ');
    report(diagnostic('tsconfig-unreadable', `${shown(file)} cannot be read: ${why}`, placeOf(fault)));
    return safe;
  }
  const moduleIsNews = errors.some(
    ({ code, messageText }) => code === unknownValue && String(messageText).includes("'--module"),
  );
  return moduleIsNews || isSolution(config) ? safe : endingFor(options);
}

/** Where TypeScript found something: in the tsconfig.json, or in one that it extends. */
function placeOf({ file, start }: ts.Diagnostic): Place | undefined {
  if (file === undefined || start === undefined) return undefined;
  return placeAt(createSource(shown(file.fileName), file.text), start);
}

function isSyntaxError(code: number): boolean {
  return code < 2000;
}

/** A tsconfig.json that only points at others says nothing about how their files import each other. */
function isSolution(config: unknown): boolean {
  if (typeof config !== 'object' || config === null || !('references' in config) || !('files' in config))
    return false;
  return Array.isArray(config.files) && config.files.length === 0;
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

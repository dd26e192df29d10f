import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { all } from '../sample.js';

/** Where the files of a program seem to lie: below this repository, so that `@types/node` is found. */
const root = fileURLToPath(new URL('../.kits/', import.meta.url));

const strictest: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2020,
  lib: ['lib.es2020.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedSideEffectImports: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  forceConsistentCasingInFileNames: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

/** What a kit holds as well, and code beside a kit need not. */
const declared: ts.CompilerOptions = { declaration: true, isolatedDeclarations: true };

const resolutions = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
} as const;

/** The declarations that come with TypeScript and Node are read once for all programs. */
const declarations = new Map<string, ts.SourceFile>();

/**
 * Compiles files that exist in memory alone, in one program under the strictest flags.
 *
 * @param files texts by path, `kit/index.ts`
 * @param more options beside the strictest
 * @returns what the compiler objects to, one `path:line: message` each
 */
export function faults(
  files: ReadonlyMap<string, string>,
  resolution: keyof typeof resolutions = 'nodenext',
  more: ts.CompilerOptions = {},
): readonly string[] {
  const texts = new Map([...files].map(([path, text]) => [resolve(root, path), checkedOnce(text)]));
  const folders = new Set([...texts.keys()].map((path) => dirname(path)));
  const options = { ...strictest, ...resolutions[resolution], ...more };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile, directoryExists } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || (directoryExists?.(path) ?? true);
  host.getSourceFile = (path, version, onError) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version);
    const known = declarations.get(path);
    const read = known ?? getSourceFile(path, version, onError);
    if (read !== undefined && /node_modules/.test(path)) declarations.set(path, read);
    return read;
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    if (file === undefined) return text;
    const path = file.fileName.startsWith(root) ? file.fileName.slice(root.length) : file.fileName;
    return `${path}:${file.getLineAndCharacterOfPosition(start).line + 1}: ${text}`;
  });
}

/** The same for files that are all of kits, whose declarations can be made file by file. */
export function kitFaults(
  files: ReadonlyMap<string, string>,
  resolution: keyof typeof resolutions = 'nodenext',
): readonly string[] {
  return faults(files, resolution, declared);
}

/**
 * A generated file as its author's compiler sees it: one that the user's leaves unchecked, to save time, is checked here. Not
 * the tables of validators, which may be deeper than a compiler likes, nor what ajv wrote.
 */
export function checked(text: string): string {
  return /^export const validate\S+: Validate = /m.test(text)
    ? text
    : text.replace(/^\/\/ @ts-nocheck$/m, '//');
}

const known = new Set<string>();

/** The same, but what is in every kit is checked once only, unless everything is to run. */
function checkedOnce(text: string): string {
  if (!all && known.has(text)) return text;
  known.add(text);
  return checked(text);
}

/**
 * A kit whose types take values that share no member with them. A type whose members are all optional takes none, which is
 * what finds a misspelt field; with a signature for symbols it does, and a test can be about what may be in a payload.
 */
export function lenient(kit: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...kit].map(([path, text]) => [
      path,
      path.startsWith('payloads/') ? text.replace(/\{$/gm, '{ [extra: symbol]: unknown;') : text,
    ]),
  );
}

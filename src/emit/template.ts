import { Project, type SourceFile } from 'ts-morph';
import type { Catalog } from '../catalog/model.js';
import { describe } from '../kit/statement.js';
import type { EmittedFile } from '../kit/file.js';
import { header } from './header.js';

/**
 * A module of the kit that was written as a program: the user gets the text as it stands, with its imports following the
 * project's way to spell them.
 */
export function emitTemplate(path: string, text: string, extension: string): EmittedFile {
  const file = open(path, text);
  respell(file, extension);
  // The linter holds that templates are laid out by default; a shorter import may fit where the longer one did not.
  return { ...close(file, path, []), laidOut: extension === '.js' };
}

/** Opens a template for changes. */
export function open(path: string, text: string): SourceFile {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { noLib: true },
  });
  return project.createSourceFile(`/${path}`, text);
}

export function close(file: SourceFile, path: string, documents: readonly string[]): EmittedFile {
  return {
    path,
    code: `${header(documents)}\n${file.getFullText().trimStart()}`,
    statements: file.getStatements().map((statement) => describe(statement.compilerNode)),
  };
}

/** Templates import each other as `./name.js`; the project may want `./name.ts` or `./name`. */
export function respell(file: SourceFile, extension: string): void {
  if (extension === '.js') return;
  for (const declaration of [...file.getImportDeclarations(), ...file.getExportDeclarations()]) {
    const specifier = declaration.getModuleSpecifierValue();
    if (specifier?.startsWith('.')) declaration.setModuleSpecifier(specifier.replace(/\.js$/, extension));
  }
}

/** The documents' base names, for the header of a file that all of them have a part in. */
export function documentNames({ documents }: Catalog): readonly string[] {
  return documents.map(({ name }) => name).sort();
}

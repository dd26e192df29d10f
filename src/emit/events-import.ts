import type { SourceFile } from 'ts-morph';
import { importOf, type StubNames, type StubOptions } from './stub.js';

/** The names that a file has for what a stub is made of, and the import that it still needs. */
export function eventsImport(
  file: SourceFile,
  options: StubOptions,
): { readonly names: StubNames; readonly statement: string | undefined } {
  const text = file.getFullText();
  const known = importedFromEvents(file);
  const needed: [name: keyof StubNames, specifier: string][] = [];
  const localOf = (name: keyof StubNames): string => {
    const local = known.get(name);
    if (local !== undefined) return local;
    const isTaken = new RegExp(String.raw`\b${name}\b`).test(text);
    needed.push([name, isTaken ? `${name} as ${name}Event` : name]);
    return isTaken ? `${name}Event` : name;
  };
  const names = { unhandled: localOf('unhandled'), Unhandled: localOf('Unhandled') };
  const [first, second] = needed.map(([, specifier]) => specifier);
  if (first === undefined) return { names, statement: undefined };
  if (second !== undefined) return { names, statement: importOf(`{ ${first}, type ${second} }`, options) };
  const isType = needed[0]?.[0] === 'Unhandled';
  return { names, statement: importOf(`${isType ? 'type ' : ''}{ ${first} }`, options) };
}

/** What a file imports from the kit's events, by its name there: values, and `Unhandled` as a type too. */
function importedFromEvents(file: SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const declaration of file.getImportDeclarations()) {
    if (!/^\.\.\/events(?:\.[jt]s)?$/.test(declaration.getModuleSpecifierValue())) continue;
    for (const each of declaration.getNamedImports()) {
      const name = each.getName();
      const isType = declaration.isTypeOnly() || each.isTypeOnly();
      if (isType && name !== 'Unhandled') continue;
      if (!found.has(name)) found.set(name, each.getAliasNode()?.getText() ?? name);
    }
  }
  return found;
}

import leven from 'leven';
import type { SourceFile } from 'ts-morph';
import type { Catalog, Event } from '../model/catalog.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { handlerPath } from '../kit/path.js';
import { exportsOf, parsed, positionIn, type Exports } from './exports.js';
import type { StubRequest } from './stubs.js';

/**
 * The finding about an event whose handler its file does not export. A delivery of such an event would have no handler.
 *
 * @param taken exports that are the handlers of other events
 */
export function handlerMissing(
  { name, handler }: Event,
  path: string,
  file: SourceFile,
  { names, locals }: Exports,
  taken: ReadonlySet<string>,
): Diagnostic {
  const local = locals.get(handler);
  if (local !== undefined) {
    const found = diagnostic('handler-missing', `${path} has ${handler} for ${name} and does not export it`);
    return { ...found, position: positionIn(file, path, local) };
  }
  const [nearest] = [...names]
    .filter(([each]) => !taken.has(each))
    .map(([each, at]) => ({ each, at, distance: leven(each, handler) }))
    .filter(({ distance }) => distance <= handler.length / 3)
    .sort((a, b) => a.distance - b.distance);
  const meant = nearest === undefined ? '' : `; ${nearest.each} comes near`;
  const found = diagnostic('handler-missing', `${path} exports no ${handler} for ${name}${meant}`);
  return { ...found, position: positionIn(file, path, nearest?.at ?? 0) };
}

/** Findings about handlers in files that are no product's: nothing collects them. */
export function misplaced(catalog: Catalog, existing: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const handlerFiles = new Map(catalog.events.map(({ handler, product }) => [handler, handlerPath(product)]));
  const own = new Set(catalog.products.map(({ name }) => handlerPath(name)));
  return [...existing].flatMap(([path, text]) => {
    if (own.has(path) || ![...handlerFiles.keys()].some((handler) => text.includes(handler))) return [];
    const file = parsed(text, path);
    return [...exportsOf(file).names].flatMap(([name, at]): Diagnostic[] => {
      const wanted = handlerFiles.get(name);
      // A file of helpers is nobody's mistake while the product's own file has the handler, imported from here or not.
      if (wanted === undefined || isHandled(name, existing.get(wanted))) return [];
      const found = diagnostic('handler-misplaced', `${path} exports ${name}, which belongs in ${wanted}`);
      return [{ ...found, position: positionIn(file, path, at) }];
    });
  });
}

/** Findings about imports of the kit that end otherwise than the kit's own, as stubs do that an older tsconfig asked for. */
export function foreignEndings(
  file: SourceFile,
  path: string,
  importExtension: string,
): readonly Diagnostic[] {
  return file.getImportDeclarations().flatMap((declaration): Diagnostic[] => {
    const specifier = declaration.getModuleSpecifierValue();
    const [, module, ending = ''] = /^(\.\.\/(?:events|index))(\.[jt]s)?$/.exec(specifier) ?? [];
    if (module === undefined || ending === importExtension) return [];
    const found = diagnostic(
      'handler-import-ending',
      `${path} imports ${specifier}; the kit's own imports would say ${module}${importExtension}`,
    );
    return [{ ...found, position: positionIn(file, path, declaration.getModuleSpecifier().getStart()) }];
  });
}

/** Whether a file has more to say of a handler than its stub. */
function isHandled(name: string, text = ''): boolean {
  const event = String.raw`\s*(?:"(?:[^"\\]|\\.)*"|'[^'\\]*'),?\s*`;
  const stub = new RegExp(String.raw`export const ${name}(?::\s*\w+<${event}>)?\s*=\s*\w+\(${event}\)`);
  return text.includes(name) && !stub.test(text);
}

/**
 * Findings about handlers of events that an earlier run wrote stubs for and the catalog does not have: the documents no longer
 * have them, or the kit leaves out their products. Then a file of them is one finding.
 */
export function orphans(
  catalog: Catalog,
  { existing, stubbed, isFiltered }: StubRequest,
): readonly Diagnostic[] {
  const events = new Set(catalog.events.map(({ name }) => name));
  const gone = [...stubbed].filter(([event]) => !events.has(event));
  if (gone.length === 0) return [];
  const own = new Set(catalog.products.map(({ name }) => handlerPath(name)));
  return [...existing].flatMap(([path, text]) => {
    if (isFiltered && own.has(path)) return [];
    const file = parsed(text, path);
    const { names } = exportsOf(file);
    const found = gone.flatMap(([event, handler]) => {
      const at = names.get(handler);
      return at === undefined ? [] : [{ event, handler, position: positionIn(file, path, at) }];
    });
    const [first] = found;
    if (isFiltered && first !== undefined) {
      const message = `${path} handles ${first.event}, of a product that the kit leaves out`;
      return [{ ...diagnostic('handler-left-out', message), position: first.position }];
    }
    return found.map(({ event, handler, position }) => {
      const message = `${handler} handles ${event}, which the documents no longer have`;
      return { ...diagnostic('handler-orphaned', message), position };
    });
  });
}

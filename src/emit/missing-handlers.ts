import leven from 'leven';
import type { SourceFile } from 'ts-morph';
import type { Catalog, Event } from '../model/catalog.js';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { exportsOf, parsed, positionIn, type Exports } from './exports.js';

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
  const handlerFiles = new Map(
    catalog.events.map(({ handler, product }) => [handler, `handlers/${product}.ts`]),
  );
  const own = new Set(catalog.products.map(({ name }) => `handlers/${name}.ts`));
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

/** Findings about handlers of events that an earlier run wrote stubs for and the documents no longer have. */
export function orphans(
  catalog: Catalog,
  existing: ReadonlyMap<string, string>,
  stubbed: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const events = new Set(catalog.events.map(({ name }) => name));
  const gone = [...stubbed].filter(([event]) => !events.has(event));
  if (gone.length === 0) return [];
  return [...existing].flatMap(([path, text]) => {
    const file = parsed(text, path);
    const { names } = exportsOf(file);
    return gone.flatMap(([event, handler]): Diagnostic[] => {
      const at = names.get(handler);
      if (at === undefined) return [];
      const found = diagnostic(
        'handler-orphaned',
        `${handler} handles ${event}, which the documents no longer have`,
      );
      return [{ ...found, position: positionIn(file, path, at) }];
    });
  });
}

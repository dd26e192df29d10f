import { locationsIn } from '../catalog/source-map.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import type { Catalog, Schema } from '../model/catalog.js';
import { preparePatterns } from '../model/pattern.js';
import { keywords } from '../model/subschemas.js';

/** A pattern of a schema, and the keys that lead to it. */
interface Found {
  readonly pattern: string;
  readonly path: readonly (string | number)[];
}

/**
 * Has an automaton made of each pattern of a catalog that needs one.
 *
 * @throws Rejected `pattern-not-linear` for those that none can be made of
 */
export async function checkPatterns(catalog: Catalog): Promise<void> {
  const found = catalog.types.flatMap(({ name, schema }) =>
    patternsIn(schema, []).map((each) => ({ ...each, name })),
  );
  const rejected = new Set(await preparePatterns(found.map(({ pattern }) => pattern)));
  if (rejected.size === 0) return;
  const locationOf = locationsIn(catalog);
  throw new Rejected(
    ...found
      .filter(({ pattern }) => rejected.has(pattern))
      .map(({ pattern, name, path }) =>
        diagnostic(
          'pattern-not-linear',
          `a text cannot be checked against the pattern \`${shown(pattern)}\` in time linear in its length`,
          locationOf({ kind: 'type', name, path }),
        ),
      ),
  );
}

function patternsIn(schema: Schema, path: Found['path']): readonly Found[] {
  if (typeof schema === 'boolean') return [];
  return Object.entries(schema).flatMap(([keyword, value]: [string, unknown]): readonly Found[] => {
    const here = [...path, keyword];
    if (keyword === 'pattern') return [{ pattern: value as string, path: here }];
    const kind = keywords.get(keyword);
    if (kind === undefined || value === undefined) return [];
    if (kind === 'schema' && !Array.isArray(value)) return patternsIn(value as Schema, here);
    const inside = Object.entries(value as Readonly<Record<string, Schema | readonly string[]>>);
    return inside.flatMap(([key, each]): readonly Found[] => [
      ...(keyword === 'patternProperties' ? [{ pattern: key, path: [...here, key] }] : []),
      ...(Array.isArray(each) ? [] : patternsIn(each as Schema, [...here, key])),
    ]);
  });
}

function shown(pattern: string): string {
  return pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern;
}

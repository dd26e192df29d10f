import { resolve } from 'node:path';
import { ts } from 'ts-morph';
import { createSource } from '../diagnostics/source.js';
import { readRegularFileSync } from '../disk/regular-file.js';
import type { AddDependency } from '../model/dependency.js';
import { parseJson } from './json.js';

/**
 * The file that a tsconfig.json means by a module of a package, as TypeScript finds it.
 *
 * @param from the tsconfig.json that extends it
 */
export function moduleOfPackage(
  name: string,
  from: string,
  {
    exists,
    bytesAtMost,
    addDependency,
  }: {
    readonly exists: (path: string) => boolean;
    /** How much of a package.json is read. */
    readonly bytesAtMost: number;
    readonly addDependency: AddDependency | undefined;
  },
): string | undefined {
  const { resolvedModule } = (ts as unknown as Resolver).nodeNextJsonConfigResolver(name, from, {
    fileExists: exists,
    readFile(path) {
      addDependency?.('content', path);
      return packageText(path, bytesAtMost);
    },
  });
  return resolvedModule && resolve(resolvedModule.resolvedFileName);
}

/** What TypeScript has and does not declare. It reads nothing but the package.json files that it asks its host for. */
interface Resolver {
  nodeNextJsonConfigResolver(
    name: string,
    from: string,
    host: ts.ModuleResolutionHost,
  ): { readonly resolvedModule?: { readonly resolvedFileName: string } };
}

/** A package.json for TypeScript, which parses it by recursion: one that is too much for that is none. */
function packageText(path: string, bytesAtMost: number): string | undefined {
  try {
    const text = readRegularFileSync(path, bytesAtMost).toString();
    parseJson(createSource('package.json', text), { comments: true });
    return text;
  } catch {
    return undefined;
  }
}

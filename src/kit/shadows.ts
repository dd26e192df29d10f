import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { lookUp, obstacleBefore } from './disk.js';
import { manifestPath } from './manifest.js';
import { foldCase, parentsOf } from './path.js';
import { withIoErrors } from './io-errors.js';
import { shown } from './shown.js';

/**
 * The files and folders in a kit that a resolver takes for one of its modules, or reads on its way to one: `signatures.js`
 * beside `signatures.ts` is what bundlers load. Nothing that was generated is among them, nor any other file of the user's.
 *
 * @param paths every file of the kit, those that are to go included
 */
export async function findShadows(out: string, paths: readonly string[]): Promise<readonly Diagnostic[]> {
  const own = new Set(['.', ...paths, ...paths.flatMap(parentsOf)]);
  const folders = new Set(['.', ...paths.filter(isModule).flatMap(parentsOf)]);
  const found: Diagnostic[] = [];
  for (const folder of [...folders].sort()) {
    if ((await obstacleBefore(out, inFolder(folder, 'any'))) !== undefined) continue;
    const absolute = join(out, folder);
    const names = await withIoErrors(absolute, 'read', () => readdir(absolute));
    const kin = kinOf(folder, own);
    for (const name of names.sort()) {
      const path = inFolder(folder, name);
      const why = own.has(path) ? undefined : reason(name, kin);
      if (why === undefined) continue;
      const file = shown(join(out, path));
      const position = { file, line: 1, column: 1 };
      const isKit = (await lookUp(out, inFolder(path, manifestPath))).kind === 'file';
      found.push({
        ...(isKit
          ? diagnostic(
              'kit-in-kit',
              `${file} is a kit of its own, and ${why}: \`--out ${file}\` is its folder.`,
            )
          : diagnostic('kit-module-shadowed', `${file} ${why}.`)),
        position,
      });
    }
  }
  return found;
}

/** What a resolver can be asked for in a folder. */
interface Kin {
  /** By name, as a disk that is blind to case has it: the names of files and folders of the kit. */
  readonly names: ReadonlyMap<string, string>;
  /** By name without its ending: the modules. */
  readonly modules: ReadonlyMap<string, string>;
}

function kinOf(folder: string, own: ReadonlySet<string>): Kin {
  const names = new Map<string, string>();
  const modules = new Map<string, string>();
  for (const path of own) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path === '.' || inFolder(folder, name) !== path) continue;
    names.set(folded(name), name);
    if (isModule(name)) modules.set(folded(name.slice(0, -'.ts'.length)), name);
  }
  // What a folder holds as its index is also found by the folder’s own name.
  const module = folder === '.' ? undefined : `${folder}.ts`;
  if (module !== undefined && own.has(module)) modules.set('index', module);
  return { names, modules };
}

/** Read by resolvers, compilers and Node.js from the folder of a module upwards. */
const settings =
  /^(?:package\.json|[jt]sconfig\.json|deno\.jsonc?|node_modules|\.babelrc(?:\.(?:[cm]?js|cts|json))?|\.swcrc)$/;

/**
 * Endings that a resolver tries, in an order of its own. React Native’s puts the platform first; others add an ending to the
 * one that is imported: `signatures.js.ts` for `./signatures.js`.
 */
const tried = /^(?:\.(?:native|ios|android|web|windows|macos|d|[cm]?[jt]s|[jt]sx|json|css|node|wasm))*$/;

function reason(name: string, { names, modules }: Kin): string | undefined {
  const plain = folded(name);
  if (settings.test(plain)) return 'changes how the modules of the kit are found or compiled';
  const twin = names.get(plain);
  if (twin !== undefined) return `differs from ${twin} only in letter case or in the form of its characters`;
  for (const [stem, module] of modules) {
    if (plain.startsWith(stem) && tried.test(plain.slice(stem.length)))
      return `stands where a resolver can look for ${module}`;
  }
  return undefined;
}

/** A name as a disk that is blind to case may have it: some letters, as the long s, share their capital with another. */
function folded(name: string): string {
  return foldCase(name.toUpperCase());
}

function isModule(path: string): boolean {
  return path.endsWith('.ts');
}

function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

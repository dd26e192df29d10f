import { readdir } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { editorConfigIn, type EditorConfig } from './editorconfig.js';
import { isLayoutFile } from './layout-files.js';
import { prettierConfigIn, type PrettierConfig } from './prettier-config.js';

/** The configurations that count for the files of a folder. Each throws Unreadable. */
export interface LayoutFolders {
  /** Prettier takes the nearest one, and nothing of those above it. */
  readonly prettierConfigOf: (folder: string) => Promise<PrettierConfig | undefined>;
  /** The farthest first: they are merged. */
  readonly editorConfigsOf: (folder: string) => Promise<readonly EditorConfig[]>;
}

/** The configurations of a kit's folders and those above, each of which is read once. */
export function layoutFolders(out: string, addDependency: AddDependency | undefined): LayoutFolders {
  const kit = resolve(out);
  const isBare = once(async (folder) => {
    if (folder === kit || relative(kit, folder).startsWith('..')) return false;
    // A kit has many folders, of which next to none has a configuration: to look once will do, in place of once for each name.
    addDependency?.('layout', folder);
    const names = await readdir(folder).catch((): string[] => []);
    return !names.some(isLayoutFile);
  });

  const prettierConfigOf = once(async (folder): Promise<PrettierConfig | undefined> => {
    const own = (await isBare(folder)) ? undefined : await prettierConfigIn(folder, addDependency);
    const above = dirname(folder);
    return own !== undefined || above === folder ? own : prettierConfigOf(above);
  });

  const editorConfigsOf = once(async (folder): Promise<readonly EditorConfig[]> => {
    const { own, isLast } = (await isBare(folder))
      ? { isLast: false }
      : await editorConfigIn(folder, addDependency);
    const above = dirname(folder);
    const others = isLast || above === folder ? [] : await editorConfigsOf(above);
    return own === undefined ? others : [...others, own];
  });

  return { prettierConfigOf, editorConfigsOf };
}

/** Remembers what was found of each folder. */
function once<T>(find: (folder: string) => Promise<T>): (folder: string) => Promise<T> {
  const found = new Map<string, Promise<T>>();
  return (folder) => {
    const known = found.get(folder) ?? find(folder);
    found.set(folder, known);
    return known;
  };
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How many folders below the project's own are looked into, and how many documents are enough to choose from. */
const depth = 3;
const enough = 20;

const named = /^(?:.*\.)?asyncapi\.(?:ya?ml|json)$/;
const passed = /^(?:\.|node_modules$|dist$|build$|coverage$|out$)/;

/** What stands near the top of a project: paths from there, with `/`. */
export interface Standing {
  /** AsyncAPI documents, by their names. */
  readonly documents: readonly string[];
  /** Folders with a kit. */
  readonly kits: readonly string[];
}

export async function findNearby(folder: string): Promise<Standing> {
  let level = [''];
  const documents: string[] = [];
  const kits: string[] = [];
  for (let below = 0; below <= depth; below += 1) {
    const next: string[] = [];
    for (const path of level) {
      // What may not be read holds nothing to propose.
      const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.isFile() && named.test(entry.name)) documents.push(path + entry.name);
        if (entry.isFile() && entry.name === '.freshworks-gen.json')
          kits.push(path.replace(/\/$/, '') || '.');
        if (entry.isDirectory() && !passed.test(entry.name)) next.push(`${path}${entry.name}/`);
      }
      if (documents.length >= enough) return { documents: documents.slice(0, enough), kits };
    }
    level = next;
  }
  return { documents, kits };
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How many folders below the project's own are looked into, and how many documents are enough to choose from. */
const depth = 3;
const enough = 20;

const named = /^(?:.*\.)?asyncapi\.(?:ya?ml|json)$/;
const passed = /^(?:\.|node_modules$|dist$|build$|coverage$|out$)/;

/** The AsyncAPI documents near the top of a project, by their names: paths from there, with `/`. */
export async function findDocuments(folder: string): Promise<readonly string[]> {
  let level = [''];
  const found: string[] = [];
  for (let below = 0; below <= depth; below += 1) {
    const next: string[] = [];
    for (const path of level) {
      // What may not be read holds nothing to propose.
      const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.isFile() && named.test(entry.name)) found.push(path + entry.name);
        if (entry.isDirectory() && !passed.test(entry.name)) next.push(`${path}${entry.name}/`);
      }
      if (found.length >= enough) return found.slice(0, enough);
    }
    level = next;
  }
  return found;
}

import { readFileSync } from 'node:fs';

/**
 * A JSON file that the build has put beside the program. Run from its sources, the program has none.
 *
 * @returns undefined where it is absent
 */
export function readBuiltIn(name: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

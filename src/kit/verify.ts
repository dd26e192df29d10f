import { readFileSync } from 'node:fs';
import type { EmittedFile } from './file.js';
import { sha256 } from './sha256.js';

/**
 * The gate between emission and the disk: parses files again, and holds each against what its emitter declared (`fault.ts`
 * says how). A file that was found sound is not parsed again, byte for byte the same: neither in this process, nor where
 * that was when the program was built.
 *
 * @throws Error naming the file and the first difference: a fault of the generator, or an attack that it stops
 */
export async function verifyAll(files: readonly EmittedFile[]): Promise<void> {
  for (const file of files) {
    const hash = sha256(JSON.stringify([file.path, file.code, file.statements]));
    if (sound.get(file.path) === hash || (builtIn ??= readBuiltIn()).has(hash)) continue;
    // The compiler takes a third of a second to load.
    const { faultIn } = await import('./fault.js');
    const fault = faultIn(file);
    if (fault !== undefined)
      throw new Error(`${file.path} is not what its emitter declared: ${fault}. Nothing was written.`);
    sound.set(file.path, hash);
  }
}

/** The hash of what was last found sound, by path: where runs follow each other, most of their files are alike. */
const sound = new Map<string, string>();

/** The hashes of what was found sound when the program was built. */
let builtIn: ReadonlySet<string> | undefined;

/** Every hash of this process, for the build to write down. */
export function soundHashes(): readonly string[] {
  return [...sound.values()];
}

/** Run from its sources, the program has no such file. */
function readBuiltIn(): ReadonlySet<string> {
  try {
    return new Set(
      JSON.parse(readFileSync(new URL('./sound.json', import.meta.url), 'utf8')) as readonly string[],
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return new Set();
  }
}

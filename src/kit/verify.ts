import { readBuiltIn } from '../disk/built-in.js';
import type { EmittedFile } from './file.js';
import { sha256 } from './sha256.js';

/**
 * The gate between emission and the disk: parses files again, and holds each against what its emitter declared (`fault.ts`
 * says how). A file that was found sound in this process, or when the program was built, is not parsed again while it is the
 * same byte for byte.
 *
 * @throws Error naming the file and the first difference: a fault of the generator, or an attack that it stops
 */
export async function verifyAll(files: readonly EmittedFile[]): Promise<void> {
  for (const file of files) {
    const hash = sha256(JSON.stringify([file.path, file.statements]), file.code);
    builtIn ??= new Set((readBuiltIn('sound.json') ?? []) as readonly string[]);
    if (sound.get(file.path) === hash || builtIn.has(hash)) continue;
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

/** The hashes of what was last found sound, for the build to write down. */
export function soundHashes(): readonly string[] {
  return [...sound.values()];
}

/*
 * A step of the build, and no part of the program: renders the kit of the shipped documents, and writes down what Prettier made
 * of its files, and which files the gate found sound.
 *
 *     node dist/lay-out-shipped.js <kit's folder> …
 */
import { writeFile } from 'node:fs/promises';
import { soundHashes } from '../kit/verify.js';
import { kept } from '../output/laid-out.js';
import { render } from './generate.js';

const sound = new Set<string>();
for (const out of process.argv.slice(2)) {
  await render({ out });
  soundHashes().forEach((hash) => sound.add(hash));
}
await writeFile(new URL('./laid-out.json', import.meta.url), JSON.stringify(kept()));
await writeFile(new URL('./sound.json', import.meta.url), JSON.stringify([...sound]));

/*
 * A step of the build, and no part of the program: renders the kit of the shipped documents, and writes down what Prettier made
 * of its files.
 *
 *     node dist/lay-out-shipped.js <kit's folder> …
 */
import { writeFile } from 'node:fs/promises';
import { kept } from '../output/laid-out.js';
import { render } from './generate.js';

for (const out of process.argv.slice(2)) await render({ out });
await writeFile(new URL('./laid-out.json', import.meta.url), JSON.stringify(kept()));

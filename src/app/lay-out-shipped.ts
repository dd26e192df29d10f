/*
 * A step of the build, and no part of the program: renders the kit of the shipped documents, of each of their products and of
 * those of the published document, and writes down what Prettier made of their files, and which files the gate found sound.
 *
 *     node dist/lay-out-shipped.js <kit's folder> …
 */
import { writeFile } from 'node:fs/promises';
import { soundHashes } from '../kit/verify.js';
import { kept } from '../output/laid-out.js';
import { describe, render } from './generate.js';

const { products } = (await describe()).catalog;
const published = products.filter(({ documents }) =>
  documents.some((name) => name.startsWith('freshworks.')),
);
const choices = [undefined, published, ...products.map((product) => [product])].map((each) =>
  each?.map(({ name }) => name),
);

const sound = new Set<string>();
for (const out of process.argv.slice(2))
  for (const choice of choices) {
    await render({ out, products: choice });
    soundHashes().forEach((hash) => sound.add(hash));
  }
await writeFile(new URL('./laid-out.json', import.meta.url), JSON.stringify(kept()));
await writeFile(new URL('./sound.json', import.meta.url), JSON.stringify([...sound]));

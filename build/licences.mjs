import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The licence texts of every package that has a part in the bundle. */
export async function licences({ outputs }) {
  const folders = new Set();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^(?:.*:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  // Bundled inside the package that is bundled here.
  if (folders.has('node_modules/@ts-morph/common')) folders.add('node_modules/typescript');
  const texts = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const files = (await readdir(folder))
      .filter((file) => /^(?:licen[cs]e|copying|notice|third-?party)/i.test(file))
      .sort();
    const contents = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    if (license === undefined && files.length === 0) throw new Error(`${name} names no licence`);
    texts.push(
      [`${name} ${version} (${license ?? 'see below'})`, ...contents.map((text) => text.trim())].join('\n\n'),
    );
  }
  const opening = 'freshworks-gen contains parts of these packages, under their own licences.';
  return `${[opening, ...texts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

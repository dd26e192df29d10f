// Builds dist/: the command and the library as one ESM program without dependencies, its types, the page of `dev`, and the
// licences of what went into them.
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

process.chdir(import.meta.dirname);

await import('./setup.mjs');
// Nothing of these can be imported before there are packages.
const { bundle } = await import('./build/bundle.mjs');
const { layOutShipped } = await import('./build/lay-out-shipped.mjs');
const { licences } = await import('./build/licences.mjs');
const { page } = await import('./build/page.mjs');

await rm('dist', { recursive: true, force: true });
await mkdir('dist');
const metafile = await bundle('dist');
const { outputs } = await page('dist/page');
await layOutShipped();
await writeFile(
  'dist/THIRD_PARTY_LICENSES.txt',
  await licences({ outputs: { ...metafile.outputs, ...outputs } }),
);
execFileSync(
  process.execPath,
  [createRequire(import.meta.url).resolve('typescript/lib/tsc.js'), '-p', 'tsconfig.types.json'],
  { stdio: 'inherit' },
);

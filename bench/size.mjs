/**
 * How big things are: the tarball, and the kit for all events as a bundler leaves it.
 *
 *     node bench/size.mjs
 */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { newKit, tarball } from './package.mjs';
import { table } from './table.mjs';

const kit = newKit();

/** Bundles a module that re-exports from the kit. */
async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: kit },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = outputFiles[0].contents;
  return [`${code.length}`, `${gzipSync(code, { level: 9 }).length}`];
}

table('Sizes in bytes', [
  ['', 'minified', 'gzipped'],
  ['tarball', '', `${tarball.bytes}`],
  ['the whole kit, all events', ...(await bundled(`export * from './index.ts'`))],
  [
    'one guard',
    ...(await bundled(`export { isFreshchatMessagePayload } from '${join(kit, 'validators/index.ts')}'`)),
  ],
]);

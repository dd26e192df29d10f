import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { clientNames } from '../../src/config/options.js';

const folder = join(import.meta.dirname, '../../templates/runtime/clients');

/** What all clients share: a bundle has it once. */
const shared = ['api-error', 'http', 'pages', 'query', 'records'].map((name) => `./${name}.js`);

test.each(clientNames)(
  '%s has less than 4 KB, minified and gzipped, beside what clients share',
  async (name) => {
    const { outputFiles } = await build({
      stdin: { contents: `export { ${name}Client } from './${name}.ts'`, resolveDir: folder, loader: 'ts' },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'neutral',
      external: shared,
      write: false,
    });
    expect(gzipSync(outputFiles[0]!.contents).length).toBeLessThan(4096);
  },
);

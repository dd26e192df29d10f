// Bundles the page of `dev` into dist/page/: index.html, page.js and page.css.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Of all files together, gzipped, in bytes. */
const most = 300 * 1024;

/**
 * @param {string} outdir is made where it is missing
 * @returns esbuild's metafile
 */
export async function page(outdir) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  await mkdir(outdir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'src/page/main.tsx', out: 'page' },
      { in: 'src/page/style/page.css', out: 'page' },
    ],
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    tsconfig: join(root, 'src/page/tsconfig.json'),
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  await copyFile(join(root, 'src/page/index.html'), join(outdir, 'index.html'));
  const files = ['index.html', 'page.js', 'page.css'];
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(outdir, file)), { level: 9 }).length),
  );
  const size = sizes.reduce((sum, each) => sum + each);
  if (size > most) throw new Error(`The page has ${size} bytes gzipped, of ${most} that it may have`);
  return metafile;
}

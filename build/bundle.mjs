// Bundles the command and the library into ESM files without dependencies.
import { fileURLToPath } from 'node:url';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { jsonForYaml } from './patches/json-for-yaml.mjs';
import { noLibraryDeclarations } from './patches/no-library-declarations.mjs';
import { noNetwork } from './patches/no-network.mjs';
import { noPrettierSearch } from './patches/no-prettier-search.mjs';
import { noTypeChecker } from './patches/no-type-checker.mjs';
import { oneTypeScript } from './patches/one-typescript.mjs';
import { specsOnUse } from './patches/specs-on-use.mjs';
import { trustedRules } from './patches/trusted-rules.mjs';
import { compiledForBuild } from './compiled.mjs';

/** What is changed in libraries on their way into the bundle. */
export const patches = [
  noNetwork,
  noPrettierSearch,
  oneTypeScript,
  noLibraryDeclarations,
  noTypeChecker,
  trustedRules,
  jsonForYaml,
  specsOnUse,
];

/** A template's text, as `import text from './receiver.ts?raw'` asks for it. */
const raw = {
  name: 'raw',
  setup(builder) {
    builder.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -'?raw'.length)),
      namespace: 'raw',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'raw' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
    }));
  },
};

/**
 * @param {string} outdir an existing folder
 * @returns esbuild's metafile
 */
export async function bundle(outdir, plugins = patches) {
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: {
      cli: 'src/cli/main.ts',
      index: 'src/index.ts',
      'config-hooks': 'src/config/program/hooks.ts',
      'lay-out-shipped': 'src/app/lay-out-shipped.ts',
    },
    outdir,
    // Beside the entries, so that '../specs/' means the same in every file.
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    plugins: [raw, ...plugins, compiledForBuild],
    banner: {
      js: "import{createRequire as __makeRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__makeRequire(import.meta.url),__filename=__toPath(import.meta.url),__dirname=__toPath(new URL('.',import.meta.url));",
    },
  });
  checkDynamicImports(metafile);
  return metafile;
}

/**
 * A CommonJS module that is imported when it is needed has a default export alone once it is bundled, and all its names from
 * the sources. A module of ours has to stand in between.
 */
function checkDynamicImports({ inputs }) {
  for (const [from, { imports }] of Object.entries(inputs)) {
    for (const { kind, path } of imports) {
      if (from.startsWith('src/') && kind === 'dynamic-import' && inputs[path]?.format === 'cjs')
        throw new Error(`${from} imports ${path} when it needs it, which is CommonJS`);
    }
  }
}

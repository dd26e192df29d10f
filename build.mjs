// Builds dist/: the command and the library as one ESM program without dependencies, its types, and the licences of what
// went into it.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
process.chdir(root);

await import('./setup.mjs');
const { build } = await import('esbuild');
const { default: ts } = await import('typescript');
const { structureForBuild } = await import('./structure.mjs');

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

/** Parts of libraries that this program never reaches, or must not: the network first of all. */
const left = {
  'node-fetch': 'module.exports = () => { throw new Error("freshworks-gen opens no connection"); };',
};

const leftOut = {
  name: 'left-out',
  setup(builder) {
    builder.onResolve({ filter: /^node-fetch$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    // json-schema-to-typescript formats nothing here; the output stage loads the parts of prettier that it needs.
    builder.onResolve({ filter: /^prettier$/ }, ({ path, importer }) => {
      // Its main module would search the user's disk and import what it finds there.
      if (!importer.includes('json-schema-to-typescript'))
        throw new Error(`${importer} loads all of Prettier`);
      return { path, namespace: 'left-out' };
    });
    // A configuration's types are blanked by the parser that is in the bundle already.
    builder.onResolve({ filter: /^typescript$/ }, () => ({
      path: join(root, 'node_modules/@ts-morph/common/dist/typescript.js'),
    }));
    // The parser's rules are its own and the same in every run: nothing is learnt from checking them and their options each
    // time. What they expect of a document's parts is compiled when the first such part is met.
    builder.onLoad({ filter: /spectral-core[\\/]dist[\\/]ruleset[\\/]validation[\\/]ajv\.js$/ }, () => ({
      contents: 'exports.createValidator = () => () => true;',
      loader: 'js',
    }));
    builder.onLoad({ filter: /spectral-core[\\/]dist[\\/]ruleset[\\/]function\.js$/ }, async ({ path }) => ({
      contents: edited(await readFile(path, 'utf8'), [
        [
          /const ajv = (new [^]*?\);)\n([^]*?\(ajv\);\n[^]*?\(ajv\);)/,
          'let ajv;\nfunction make() { ajv = $1 $2 }',
        ],
        ['ajv.compile(options)', '() => true'],
        ['input !== null ? ajv.compile(input) : input', 'input !== null ? onUse(input) : input'],
        [
          'const DEFAULT_OPTIONS_VALIDATOR',
          `function onUse(schema) {
            let compiled;
            const check = (value) => {
              if (!ajv) make();
              compiled ??= ajv.compile(schema);
              const isValid = compiled(value);
              check.errors = compiled.errors;
              return isValid;
            };
            return check;
          }
          $&`,
        ],
      ]),
      loader: 'js',
    }));
    // No program is type-checked here, so TypeScript's library declarations, 3 MB of text, have no reader.
    builder.onLoad({ filter: /[\\/]ts-morph-common\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = edited(text, [[/^const libFiles = \[[^]*?^ {4}\}\];$/m, 'const libFiles = [];']]);
      return { contents, loader: 'js' };
    });
    // Nor are a checker and the steps down to older JavaScript: a third of TypeScript, read on each start.
    builder.onLoad(
      { filter: /[\\/]@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/ },
      async ({ path }) => ({
        contents: withoutBodies(
          await readFile(path, 'utf8'),
          /^(?:createTypeChecker|getCompletionData|transform[A-Z]\w+)$/,
        ),
        loader: 'js',
      }),
    );
    // What the parser is given has been read and is JSON again: there is no YAML in it, nor a place that anybody asks for.
    builder.onLoad({ filter: /[\\/]spectral-parsers[\\/]dist[\\/]yaml\.js$/ }, () => ({
      contents: `const parse = (text) => ({ data: JSON.parse(text), diagnostics: [] });
        exports.parseYaml = parse;
        exports.Yaml = { parse, getLocationForJsonPath: () => undefined, trapAccess: (data) => data };`,
      loader: 'js',
    }));
    // Each of the specification's schemas is a file, read when it is asked for: most are never.
    builder.onLoad({ filter: /[\\/]@asyncapi[\\/]specs[\\/]schemas[\\/].*\.json$/ }, async ({ path }) => {
      const name = `asyncapi-${basename(path)}`;
      await writeFile(join('dist', name), JSON.stringify(JSON.parse(await readFile(path, 'utf8'))));
      return {
        contents: `module.exports = JSON.parse(require('node:fs').readFileSync(__dirname + ${JSON.stringify(name)}, 'utf8'));`,
        loader: 'js',
      };
    });
    builder.onLoad({ filter: /[\\/]@asyncapi[\\/]specs[\\/]index\.js$/ }, async ({ path }) => ({
      contents: edited(await readFile(path, 'utf8'), [
        [/('[\d.]+'): (require\(.*?\))/g, 'get $1() { return $2; }'],
      ]),
      loader: 'js',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: left[path] ?? 'module.exports = {};',
      loader: 'js',
    }));
  },
};

/** A script with other text in some places, all of which have to be there. */
function edited(text, edits) {
  let result = text;
  for (const [place, by] of edits) {
    const before = result;
    result = result.replace(place, by);
    if (result === before) throw new Error(`a library no longer holds ${place}`);
  }
  return result;
}

/** A script in which functions of some names do nothing but say that they are not there. */
function withoutBodies(text, names) {
  const source = ts.createSourceFile('source.js', text, ts.ScriptTarget.Latest);
  const bodies = [];
  const visit = (node) => {
    if (ts.isFunctionDeclaration(node) && names.test(node.name?.text ?? '')) bodies.push(node.body);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  if (bodies.length < 10) throw new Error('TypeScript has other names for what is left out of it');
  let rest = text;
  for (const { pos, end } of bodies.reverse())
    rest = `${rest.slice(0, pos)} { throw new Error('freshworks-gen checks no types'); }${rest.slice(end)}`;
  return rest;
}

await rm('dist', { recursive: true, force: true });
await mkdir('dist');
const { metafile } = await build({
  entryPoints: {
    cli: 'src/cli/main.ts',
    index: 'src/index.ts',
    'config-hooks': 'src/config/program/hooks.ts',
    'lay-out-shipped': 'src/app/lay-out-shipped.ts',
  },
  outdir: 'dist',
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
  plugins: [raw, leftOut, structureForBuild],
  banner: {
    js: "import{createRequire as __makeRequire}from'node:module';import{fileURLToPath as __toPath}from'node:url';const require=__makeRequire(import.meta.url),__filename=__toPath(import.meta.url),__dirname=__toPath(new URL('.',import.meta.url));",
  },
});
checkDynamicImports(metafile);
await layOutShipped();
await writeFile('dist/THIRD_PARTY_LICENSES.txt', await licences(metafile));
execFileSync(
  process.execPath,
  [createRequire(import.meta.url).resolve('typescript/lib/tsc.js'), '-p', 'tsconfig.types.json'],
  { stdio: 'inherit' },
);

/**
 * Lays out the kit of the shipped documents, so that a run with Prettier's defaults does not have to: with either way to
 * end imports that a project may have without asking for it by name.
 */
async function layOutShipped() {
  const folder = await mkdtemp(join(tmpdir(), 'freshworks-gen-build-'));
  try {
    // Prettier's options are looked for no further up.
    await writeFile(join(folder, '.prettierrc'), '{}');
    await writeFile(join(folder, '.editorconfig'), 'root = true');
    const kits = [];
    for (const module of ['nodenext', 'preserve']) {
      await mkdir(join(folder, module));
      await writeFile(join(folder, module, 'tsconfig.json'), JSON.stringify({ compilerOptions: { module } }));
      kits.push(join(folder, module, 'events'));
    }
    execFileSync(process.execPath, ['dist/lay-out-shipped.js', ...kits], { stdio: 'inherit' });
  } finally {
    await rm(folder, { recursive: true });
    await rm('dist/lay-out-shipped.js');
  }
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

/** The licence texts of every package that has a part in the bundle. */
async function licences({ outputs }) {
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

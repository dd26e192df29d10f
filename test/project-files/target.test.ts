import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Code } from '../../src/diagnostics/catalogue.js';
import { readTarget, type Target } from '../../src/project/target.js';
import { put, temporaryFolder } from '../output/tree.js';

type Project = Readonly<Record<string, string | Uint8Array>>;

async function target(
  files: Project,
  out = 'src/events',
): Promise<Target & { readonly codes: readonly Code[]; readonly places: readonly unknown[] }> {
  const folder = temporaryFolder();
  put(folder, files);
  const codes: Code[] = [];
  const places: unknown[] = [];
  const found = await readTarget(join(folder, out), ({ code, position }) => {
    codes.push(code);
    places.push(position);
  });
  expect(globalThis, 'code of the project was run').not.toHaveProperty('ran');
  return { ...found, codes, places };
}

const tsconfig = (compilerOptions: object): Project => ({
  'tsconfig.json': JSON.stringify({ compilerOptions }),
});

describe('the ending of imports', () => {
  test.each<[string, Project, Target['importExtension'], Code[]?]>([
    ['no tsconfig', {}, '.js'],
    ['nodenext', tsconfig({ module: 'nodenext' }), '.js'],
    ['node16', tsconfig({ module: 'Node16' }), '.js'],
    ['node20', tsconfig({ module: 'node20' }), '.js'],
    ['a resolution of nodenext', tsconfig({ module: 'esnext', moduleResolution: 'NodeNext' }), '.js'],
    ['bundler', tsconfig({ module: 'esnext', moduleResolution: 'bundler' }), ''],
    ['preserve, which implies bundler', tsconfig({ module: 'preserve' }), ''],
    ['node10', tsconfig({ moduleResolution: 'node' }), ''],
    ['classic', tsconfig({ moduleResolution: 'classic' }), ''],
    ['commonjs', tsconfig({ module: 'commonjs' }), ''],
    ['nothing said', tsconfig({}), ''],
    [
      'TypeScript extensions',
      tsconfig({ moduleResolution: 'bundler', allowImportingTsExtensions: true, noEmit: true }),
      '.ts',
    ],
    ['rewritten extensions', tsconfig({ module: 'nodenext', rewriteRelativeImportExtensions: true }), '.ts'],
    [
      'comments and trailing commas',
      { 'tsconfig.json': '// c\n{ "compilerOptions": { "module": "node16", } /* c */ }' },
      '.js',
    ],
    [
      'a byte order mark',
      { 'tsconfig.json': '\ufeff{ "compilerOptions": { "module": "nodenext" } }' },
      '.js',
    ],
    [
      'what it extends',
      {
        'tsconfig.json': '{ "extends": ["./a.json"] }',
        'a.json': '{ "compilerOptions": { "module": "node16" } }',
      },
      '.js',
    ],
    [
      'a package it extends',
      {
        'tsconfig.json': '{ "extends": "@acme/tsconfig/base.json" }',
        'node_modules/@acme/tsconfig/base.json': '{ "compilerOptions": { "moduleResolution": "bundler" } }',
      },
      '',
    ],
    [
      'the nearest one',
      {
        ...tsconfig({ module: 'nodenext' }),
        'src/tsconfig.json': '{ "compilerOptions": { "moduleResolution": "bundler" } }',
      },
      '',
    ],
    [
      'a list of other projects',
      { 'tsconfig.json': '{ "files": [], "references": [{ "path": "./a" }] }' },
      '.js',
    ],
    ['an option nobody knows', tsconfig({ module: 'preserve', fancyNewOption: true, target: 'es2099' }), ''],
    ['a module nobody knows', tsconfig({ module: 'node99' }), '.js'],
    ['a syntax error', { 'tsconfig.json': '{ "compilerOptions": {' }, '.js', ['tsconfig-unreadable']],
    ['a list', { 'tsconfig.json': '[]' }, '.js', ['tsconfig-unreadable']],
    [
      'what it extends is absent',
      { 'tsconfig.json': '{ "extends": "./a.json" }' },
      '.js',
      ['tsconfig-unreadable'],
    ],
    [
      'what it extends is broken',
      { 'tsconfig.json': '{ "extends": "./a.json" }', 'a.json': '{' },
      '.js',
      ['tsconfig-unreadable'],
    ],
    [
      'it extends itself',
      { 'tsconfig.json': '{ "extends": "./tsconfig.json" }' },
      '.js',
      ['tsconfig-unreadable'],
    ],
  ])('%s', async (_, files, importExtension, codes = []) => {
    expect(await target(files)).toMatchObject({ importExtension, codes });
  });
});

test('what is wrong in a tsconfig.json has its position, in the file that it extends too', async () => {
  const found = async (files: Project) => {
    const folder = temporaryFolder();
    put(folder, files);
    const places: string[] = [];
    await readTarget(folder, ({ position }) =>
      places.push(position ? `${basename(position.file)}:${position.line}:${position.column}` : ''),
    );
    return places;
  };
  expect(await found({ 'tsconfig.json': '{\n  "compilerOptions": {' })).toEqual(['tsconfig.json:2:23']);
  expect(await found({ 'tsconfig.json': '{ "extends": "./a.json" }', 'a.json': '\n{' })).toEqual([
    'a.json:2:2',
  ]);
});

const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefg']
  .map((name, index, all) => {
    const before = all[index - 1]?.[0] ?? '';
    return index === 0 ? name : `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join()}]`;
  })
  .join('\n');

describe('a tsconfig.json is read within limits', () => {
  const twice = Object.fromEntries(
    Array.from({ length: 24 }, (_, index) => [
      `t${index}.json`,
      index === 23 ? '{}' : `{ "extends": ["./t${index + 1}.json", "./t${index + 1}.json"] }`,
    ]),
  );
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        `c${index}.json`,
        index === length - 1
          ? '{ "compilerOptions": { "module": "preserve" } }'
          : `{ "extends": "./c${index + 1}" }`,
      ]),
    );
  const unreadable = ['tsconfig-unreadable'];
  test.each<[string, Project, readonly string[], Target['importExtension']?]>([
    ['a short chain', { ...chain(99), 'tsconfig.json': '{ "extends": "./c0" }' }, [], ''],
    ['a chain of 3,000', { ...chain(3_000), 'tsconfig.json': '{ "extends": "./c0" }' }, unreadable],
    ['twice each, 23 times', { ...twice, 'tsconfig.json': '{ "extends": "./t0.json" }' }, [], ''],
    [
      'a loop of two',
      { 'tsconfig.json': '{ "extends": "./a" }', 'a.json': '{ "extends": "./tsconfig.json" }' },
      unreadable,
    ],
    ['200 KB of brackets', { 'tsconfig.json': '['.repeat(200_000) }, unreadable],
    [
      'brackets in what it extends',
      { 'tsconfig.json': '{ "extends": "./a" }', 'a.json': '{"a":'.repeat(40_000) },
      unreadable,
    ],
    ['a megabyte', { 'tsconfig.json': `{ "a": "${'a'.repeat(2 ** 20)}" }` }, unreadable],
    [
      'a list of 10,000',
      {
        'tsconfig.json': JSON.stringify({ extends: Array.from({ length: 1e4 }, () => './a') }),
        'a.json': '{}',
      },
      unreadable,
    ],
    [
      'a package with a package.json of brackets',
      { 'tsconfig.json': '{ "extends": "evil" }', 'node_modules/evil/package.json': '['.repeat(200_000) },
      unreadable,
    ],
    [
      'a package that extends itself',
      {
        'tsconfig.json': '{ "extends": "evil" }',
        'node_modules/evil/package.json': '{ "name": "evil", "version": "1.0.0", "exports": "./a.json" }',
        'node_modules/evil/a.json': '{ "extends": "evil" }',
      },
      unreadable,
    ],
    ['a name of a megabyte', { 'tsconfig.json': JSON.stringify({ extends: 'a/'.repeat(1e5) }) }, unreadable],
    ['a name with a zero', { 'tsconfig.json': '{ "extends": "./a\\u0000b" }' }, unreadable],
    ['a number', { 'tsconfig.json': '{ "extends": 3 }' }, unreadable],
    [
      'null takes an option back',
      {
        'tsconfig.json': '{ "extends": "./a", "compilerOptions": { "module": null } }',
        'a.json': '{ "compilerOptions": { "module": "nodenext" } }',
      },
      [],
      '',
    ],
    [
      'the last of a list wins',
      {
        'tsconfig.json': '{ "extends": ["./a", "./b"] }',
        'a.json': '{ "compilerOptions": { "module": "preserve" } }',
        'b.json': '{ "compilerOptions": { "module": "nodenext" } }',
      },
      [],
      '.js',
    ],
  ])('what a tsconfig.json extends: %s', async (_, files, codes, importExtension = '.js') => {
    const found = await target(files);
    expect(found).toMatchObject({ importExtension, codes });
    if (codes.length > 0) expect(found.places[0]).toMatchObject({ column: expect.any(Number) as number });
  });

  test.each<[string, (path: string) => void]>([
    ['a link to a device', (path) => symlinkSync('/dev/zero', path)],
    ['a pipe', (path) => void execFileSync('mkfifo', [path])],
    ['a folder', (path) => mkdirSync(path)],
    ['a link to itself', (path) => symlinkSync(path, path)],
  ])('what it extends is %s', async (_, make) => {
    const folder = temporaryFolder();
    put(folder, { 'tsconfig.json': '{\n "extends": "./a.json" }' });
    make(join(folder, 'a.json'));
    const found: unknown[] = [];
    expect(await readTarget(folder, ({ code, position }) => found.push([code, position?.line]))).toEqual({
      importExtension: '.js',
      prettier: {},
    });
    expect(found).toEqual([['tsconfig-unreadable', 2]]);
  });

  test.each([
    'tsconfig.json',
    '.prettierrc',
    'package.json',
    'package.yaml',
    '.editorconfig',
    '.prettierrc.toml',
  ])('a pipe and a device called %s are not waited for', async (name) => {
    for (const make of [
      (path: string) => void execFileSync('mkfifo', [path]),
      (path: string) => symlinkSync('/dev/zero', path),
    ]) {
      const folder = temporaryFolder();
      make(join(folder, name));
      const codes: string[] = [];
      await readTarget(folder, ({ code }) => codes.push(code));
      expect(codes).toEqual([
        name === 'tsconfig.json' ? 'tsconfig-unreadable' : 'prettier-config-unreadable',
      ]);
    }
  });
});

const program = 'globalThis.ran = true; module.exports = { semi: false };';

describe('how code is formatted', () => {
  test.each<[string, Project, Target['prettier'], Code[]?]>([
    ['nothing said', {}, {}],
    ['JSON', { '.prettierrc': '{ "semi": false }' }, { semi: false }],
    ['YAML', { '.prettierrc': 'semi: false\nprintWidth: 100\n' }, { semi: false, printWidth: 100 }],
    ['.json', { '.prettierrc.json': '{ "$schema": "x", "singleQuote": true }' }, { singleQuote: true }],
    ['.yaml', { '.prettierrc.yaml': 'tabWidth: 4' }, { tabWidth: 4 }],
    ['.yml', { '.prettierrc.yml': 'useTabs: true' }, { useTabs: true }],
    ['.json5', { '.prettierrc.json5': '// c\n/* c */ { semi: false }' }, { semi: false }],
    ['.toml', { '.prettierrc.toml': 'semi = false' }, { semi: false }],
    ['package.json', { 'package.json': '{ "prettier": { "semi": false } }' }, { semi: false }],
    ['package.yaml', { 'package.yaml': 'prettier: { semi: false }' }, { semi: false }],
    [
      'a package.json that says nothing of it',
      { 'src/package.json': '{}', '.prettierrc': 'semi: false' },
      { semi: false },
    ],
    ['an empty file', { '.prettierrc': '' }, {}],
    ['the nearest one', { '.prettierrc': 'semi: false', 'src/.prettierrc': 'tabWidth: 4' }, { tabWidth: 4 }],
    [
      '.editorconfig',
      { '.editorconfig': 'root = true\n[*.ts]\nindent_style = tab\nmax_line_length = off' },
      { useTabs: true, printWidth: Infinity },
    ],
    [
      '.editorconfig beneath',
      { '.editorconfig': '[*]\nindent_style = tab\ntab_width = 8', '.prettierrc': 'useTabs: false' },
      { useTabs: false, tabWidth: 8 },
    ],
    [
      'overrides',
      {
        '.prettierrc':
          'semi: true\noverrides:\n  - files: ["*.ts"]\n    options: { semi: false }\n  - files: "*.js"\n    options: { tabWidth: 8 }',
      },
      { semi: false },
    ],
    [
      'overrides of the folder',
      { '.prettierrc': 'overrides: [{ files: "src/events/**", options: { semi: false } }]' },
      { semi: false },
    ],
    [
      'what does not change TypeScript',
      {
        '.prettierrc':
          'endOfLine: crlf\nparser: babel\nrequirePragma: true\nrangeEnd: 3\nvueIndentScriptAndStyle: true',
      },
      {},
    ],
    [
      'values that are none',
      { '.prettierrc': 'semi: "no"\nprintWidth: wide\ntrailingComma: some\ntabWidth: -1\nuseTabs: true' },
      { useTabs: true },
      Array.from({ length: 4 }, () => 'prettier-config-unreadable' as const),
    ],
    [
      'plugins',
      { '.prettierrc': 'semi: false\nplugins: ["./ran.js"]', 'ran.js': program },
      { semi: false },
      ['prettier-plugins'],
    ],
    ['broken', { '.prettierrc.json': '{' }, {}, ['prettier-config-unreadable']],
    ['broken TOML', { '.prettierrc.toml': '{' }, {}, ['prettier-config-unreadable']],
    ['a number', { '.prettierrc': '42' }, {}, ['prettier-config-unreadable']],
    ['overrides that are none', { '.prettierrc': 'overrides: 3' }, {}, ['prettier-config-unreadable']],
  ])('%s', async (_, files, prettier, codes = []) => {
    expect(await target(files)).toMatchObject({ prettier, codes });
    expect((await target(files)).prettier).toEqual(prettier);
  });

  test.each<[string, Project]>([
    ['prettier.config.js', { 'prettier.config.js': program }],
    ['prettier.config.cjs', { 'prettier.config.cjs': program }],
    ['prettier.config.mjs', { 'prettier.config.mjs': 'globalThis.ran = true; export default {};' }],
    ['prettier.config.ts', { 'prettier.config.ts': program }],
    ['.prettierrc.js', { '.prettierrc.js': program }],
    ['.prettierrc.cjs', { '.prettierrc.cjs': program }],
    ['.prettierrc.cts', { '.prettierrc.cts': program }],
    ['a program nearer than data', { '.prettierrc': 'semi: false', 'src/prettier.config.cjs': program }],
    [
      'a program beside .editorconfig',
      { '.editorconfig': '[*]\nindent_style = tab', 'prettier.config.cjs': program },
    ],
    ['package.json names a package', { 'package.json': '{ "prettier": "evil" }' }],
    ['package.yaml names a package', { 'package.yaml': 'prettier: evil' }],
    ['.prettierrc is a name', { '.prettierrc': 'evil' }],
    ['.prettierrc is a quoted name', { '.prettierrc': '"evil"' }],
    ['.json is a name', { '.prettierrc.json': '"evil"' }],
    ['.json5 is a name', { '.prettierrc.json5': "// { \r'evil'/*\n{*/" }],
  ])('%s: it is not run', async (_, files) => {
    const folder = {
      'node_modules/evil/package.json': '{ "name": "evil", "main": "index.js" }',
      'node_modules/evil/index.js': program,
    };
    expect(await target({ ...folder, ...files })).toMatchObject({
      prettier: {},
      codes: ['prettier-config-code'],
    });
  });

  const searched = '[*]\nindent_style = tab';
  const evil = '"prettier": "./ran.cjs"';
  test.each<[string, Project, Code]>([
    ['a string', { 'package.json': `{ "name": "v", ${evil} }` }, 'prettier-config-code'],
    ['the key twice', { 'package.json': `{ ${evil}, "prettier": {} }` }, 'prettier-config-unreadable'],
    [
      'the key twice, data first',
      { 'package.json': `{ "prettier": {}, ${evil} }` },
      'prettier-config-unreadable',
    ],
    [
      'a long key before',
      { 'package.json': `{ "${'a'.repeat(1_100)}": 1, ${evil} }` },
      'prettier-config-code',
    ],
    ['an escaped key', { 'package.json': '{ "pretti\\u0065r": "./ran.cjs" }' }, 'prettier-config-code'],
    ['a trailing comma', { 'package.json': `{ ${evil}, }` }, 'prettier-config-unreadable'],
    ['a comment', { 'package.json': `{ ${evil} /* */ }` }, 'prettier-config-unreadable'],
    ['a byte order mark', { 'package.json': `\ufeff{ ${evil} }` }, 'prettier-config-code'],
    ['a merge conflict', { 'package.json': `<<<<<<<\n{ ${evil} }` }, 'prettier-config-unreadable'],
    ['nothing in it', { 'package.json': '' }, 'prettier-config-unreadable'],
    [
      'deep nesting',
      { 'package.json': `{ ${evil}, "a": ${'['.repeat(100_000)} }` },
      'prettier-config-unreadable',
    ],
    [
      'too many bytes',
      { 'package.json': `{ ${evil}, "a": "${'a'.repeat(5e6)}" }` },
      'prettier-config-unreadable',
    ],
    ['YAML, a string', { 'package.yaml': 'prettier: ./ran.cjs' }, 'prettier-config-code'],
    [
      'YAML, the key twice',
      { 'package.yaml': 'prettier: ./ran.cjs\nprettier: {}' },
      'prettier-config-unreadable',
    ],
    ['YAML, an alias', { 'package.yaml': 'a: &a ./ran.cjs\nprettier: *a' }, 'prettier-config-code'],
    [
      'YAML, a long key',
      { 'package.yaml': `${'a'.repeat(1_100)}: 1\nprettier: ./ran.cjs` },
      'prettier-config-unreadable',
    ],
    ['YAML, broken', { 'package.yaml': 'prettier: ./ran.cjs\n  - a: [' }, 'prettier-config-unreadable'],
    [
      'YAML, deep',
      { 'package.yaml': `prettier: ./ran.cjs\na: ${'['.repeat(5_000)}` },
      'prettier-config-unreadable',
    ],
    ['YAML, aliases', { '.prettierrc': bomb }, 'prettier-config-unreadable'],
    ['TOML, deep', { '.prettierrc.toml': `a = ${'['.repeat(5_000)}` }, 'prettier-config-unreadable'],
    ['JSON5, deep', { '.prettierrc.json5': '{a:'.repeat(5_000) }, 'prettier-config-unreadable'],
    ['JSON, deep', { '.prettierrc.json': '['.repeat(50_000) }, 'prettier-config-unreadable'],
    ['TOML, two dotted', { '.prettierrc.toml': 'semi = false\nsemi = true' }, 'prettier-config-unreadable'],
    ['UTF-16', { '.prettierrc': Buffer.from('\ufeff{}', 'utf16le') }, 'prettier-config-unreadable'],
    [
      'wildcards without end',
      { '.prettierrc': `overrides: [{ files: "src/${'*a'.repeat(40)}/x", options: {} }]` },
      'prettier-config-unreadable',
    ],
    [
      'groups that repeat',
      { '.prettierrc': 'overrides: [{ files: "+(a|aa)b/*.ts", options: {} }]' },
      'prettier-config-unreadable',
    ],
    ['a range', { '.editorconfig': '[{1..999999999}.ts]' }, 'prettier-config-unreadable'],
    ['wildcards in .editorconfig', { '.editorconfig': `[${'*a'.repeat(40)}]` }, 'prettier-config-unreadable'],
  ])('beside an .editorconfig, nothing runs: %s', async (_, files, code) => {
    const beside = { '.editorconfig': searched, 'ran.cjs': program, 'tsconfig.json': '{}' };
    const found = await target({ ...beside, ...files });
    expect(found).toMatchObject({ prettier: {}, codes: [code] });
    expect(found.places[0]).toMatchObject({ line: expect.any(Number) as number });
  });
});

import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Code } from '../../src/diagnostics/catalogue.js';
import { readTarget, type Target } from '../../src/output/target.js';
import { put, temporaryFolder } from './tree.js';

type Project = Readonly<Record<string, string>>;

async function target(
  files: Project,
  out = 'src/events',
): Promise<Target & { readonly codes: readonly Code[] }> {
  const folder = temporaryFolder();
  put(folder, files);
  const codes: Code[] = [];
  const found = await readTarget(join(folder, out), ({ code }) => codes.push(code));
  expect(globalThis, 'code of the project was run').not.toHaveProperty('ran');
  return { ...found, codes };
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
});

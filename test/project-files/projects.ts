import type { Code } from '../../src/diagnostics/catalogue.js';
import type { PrettierOptions } from '../../src/kit/prettier-options.js';
import type { Target } from '../../src/project/target.js';

/** The files of a project that a kit is generated in, below `src/events`. */
export type Project = Readonly<Record<string, string | Uint8Array>>;

const tsconfig = (compilerOptions: object): Project => ({
  'tsconfig.json': JSON.stringify({ compilerOptions }),
});

/** What imports end in, and what is found. */
export const endings: readonly [
  what: string,
  files: Project,
  ending: Target['importExtension'],
  codes?: readonly Code[],
][] = [
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
  ['a byte order mark', { 'tsconfig.json': '\ufeff{ "compilerOptions": { "module": "nodenext" } }' }, '.js'],
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
];

/** Sets a mark where it is run. */
export const program = 'globalThis.ran = true; module.exports = { semi: false };';

/** Prettier's options, and what is found. */
export const layouts: readonly [
  what: string,
  files: Project,
  options: PrettierOptions,
  codes?: readonly Code[],
][] = [
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
        'endOfLine: auto\nrequirePragma: true\ncheckIgnorePragma: true\nvueIndentScriptAndStyle: true',
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
];

/** Configurations in folders of the kit: what a file there is given, and where what is found stands. */
export const nearer: readonly [
  what: string,
  files: Project,
  path: string,
  options: PrettierOptions,
  found?: readonly [code: Code, place: string],
][] = [
  [
    'a .prettierrc',
    { '.prettierrc': 'semi: false', 'src/events/payloads/.prettierrc': 'tabWidth: 4' },
    'payloads/shop.ts',
    { tabWidth: 4 },
  ],
  [
    'a .prettierrc of another folder',
    { '.prettierrc': 'semi: false', 'src/events/payloads/.prettierrc': 'tabWidth: 4' },
    'schemas/shop.ts',
    { semi: false },
  ],
  [
    'an empty .prettierrc',
    { '.prettierrc': 'semi: false', 'src/events/payloads/.prettierrc': '' },
    'payloads/shop.ts',
    {},
  ],
  [
    'a .prettierrc of the folder above',
    { 'src/events/runtime/.prettierrc': 'tabWidth: 4' },
    'runtime/adapters/node.ts',
    { tabWidth: 4 },
  ],
  [
    'a package.json',
    { 'src/events/handlers/package.json': '{ "prettier": { "semi": false } }' },
    'handlers/shop.ts',
    { semi: false },
  ],
  [
    'overrides',
    { 'src/events/payloads/.prettierrc': 'overrides: [{ files: "s*.ts", options: { semi: false } }]' },
    'payloads/shop.ts',
    { semi: false },
  ],
  [
    'an .editorconfig',
    {
      '.editorconfig': '[*]\nindent_style = tab',
      '.prettierrc': 'semi: false',
      'src/events/payloads/.editorconfig': '[*.ts]\nindent_style = space\nmax_line_length = 100',
    },
    'payloads/shop.ts',
    { useTabs: false, printWidth: 100, semi: false },
  ],
  [
    'an .editorconfig that is the root',
    {
      '.editorconfig': '[*]\nindent_style = tab',
      'src/events/payloads/.editorconfig': 'root = true\n[*.ts]\nmax_line_length = 100',
    },
    'payloads/shop.ts',
    { printWidth: 100 },
  ],
  [
    'a repository',
    { '.editorconfig': '[*]\nindent_style = tab', 'src/events/payloads/.git': 'gitdir: x' },
    'payloads/shop.ts',
    {},
  ],
  [
    'a broken file',
    { '.prettierrc': 'semi: false', 'src/events/payloads/.prettierrc.json': '{\n{' },
    'payloads/shop.ts',
    {},
    ['prettier-config-unreadable', 'src/events/payloads/.prettierrc.json:2:1'],
  ],
  [
    'a broken file of another folder',
    { '.prettierrc': 'semi: false', 'src/events/payloads/.prettierrc.json': '{\n{' },
    'index.ts',
    { semi: false },
  ],
  [
    'a section that is refused',
    { 'src/events/payloads/.editorconfig': '\n[{1..999999999}.ts]' },
    'payloads/shop.ts',
    {},
    ['prettier-config-unreadable', 'src/events/payloads/.editorconfig:2:1'],
  ],
  [
    'a program',
    { '.prettierrc': 'semi: false', 'src/events/payloads/.prettierrc.cjs': program },
    'payloads/shop.ts',
    {},
    ['prettier-config-code', 'src/events/payloads/.prettierrc.cjs:1:1'],
  ],
  [
    'plugins',
    { 'src/events/payloads/.prettierrc': 'semi: false\nplugins: [./ran.js]' },
    'payloads/shop.ts',
    { semi: false },
    ['prettier-plugins', 'src/events/payloads/.prettierrc:2:1'],
  ],
];

/** What is found of options that are not followed, or have values that are none, and where each stands. */
export const places: readonly [files: Project, path: string, code: Code, place: string][] = [
  [{ '.prettierrc': 'semi: true\ninsertPragma: true' }, 'index.ts', 'prettier-option', '.prettierrc:2:1'],
  [
    {
      '.prettierrc.json':
        '{\n  "overrides": [\n    { "files": "*.json", "options": { "parser": "json5" } }\n  ]\n}',
    },
    '.freshworks-gen.json',
    'prettier-option',
    '.prettierrc.json:3:40',
  ],
  [
    {
      '.prettierrc':
        'overrides:\n  - files: "*.md"\n    options: { parser: mdx }\n  - files: "*.ts"\n    options: { parser: babel }',
    },
    'index.ts',
    'prettier-option',
    '.prettierrc:5:16',
  ],
  [
    { '.prettierrc.toml': 'semi = true\nendOfLine = "cr"' },
    'index.ts',
    'prettier-option',
    '.prettierrc.toml:2:1',
  ],
  [
    { 'package.json': '{\n  "a": { "parser": "babel" },\n  "prettier": {\n    "parser": "babel"\n  }\n}' },
    'index.ts',
    'prettier-option',
    'package.json:4:6',
  ],
  [
    { '.editorconfig': 'root = true\n[*]\nend_of_line = cr', '.prettierrc': 'semi: false' },
    'index.ts',
    'prettier-option',
    '.editorconfig:3:1',
  ],
  [
    { '.editorconfig': '[*]\nindent_style = space\nindent_size = 99' },
    'index.ts',
    'prettier-config-unreadable',
    '.editorconfig:3:1',
  ],
  [{ '.prettierrc': '\nendOfLine: lfcr' }, 'index.ts', 'prettier-config-unreadable', '.prettierrc:2:1'],
  [{ '.prettierrc.toml': 'parser = { a = 1 }' }, 'index.ts', 'prettier-option', '.prettierrc.toml:1:1'],
];

const evil: Project = {
  'node_modules/evil/package.json': '{ "name": "evil", "main": "index.js" }',
  'node_modules/evil/index.js': program,
};

/** Configurations of Prettier that are programs, or name one. */
export const programs: readonly [what: string, files: Project][] = (
  [
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
  ] satisfies [string, Project][]
).map(([what, files]) => [what, { ...evil, ...files }]);

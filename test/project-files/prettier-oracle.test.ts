import { join } from 'node:path';
import fc from 'fast-check';
import { clearConfigCache, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { readTarget } from '../../src/project/target.js';
import { put, temporaryFolder } from '../output/tree.js';
import { runs } from '../sample.js';

/** Options that count for TypeScript; whatever else Prettier finds is not asked for. */
const options = [
  'printWidth',
  'tabWidth',
  'useTabs',
  'semi',
  'singleQuote',
  'quoteProps',
  'trailingComma',
  'bracketSpacing',
  'objectWrap',
  'arrowParens',
  'experimentalTernaries',
  'experimentalOperatorPosition',
];

const paths = [
  'index.ts',
  'payloads/index.ts',
  'payloads/shop.ts',
  'handlers/shop.ts',
  'runtime/adapters/node.ts',
  '.freshworks-gen.json',
];

async function ours(out: string): Promise<object> {
  const codes: string[] = [];
  const { layoutOf } = await readTarget(out, ({ code, message }) => codes.push(`${code}: ${message}`));
  const found = await Promise.all(paths.map((path) => layoutOf(path)));
  expect(codes).toEqual([]);
  return found;
}

async function prettiers(out: string): Promise<object> {
  await clearConfigCache();
  const found = await Promise.all(
    paths.map((path) => resolveConfig(join(out, path), { editorconfig: true, useCache: false })),
  );
  return found.map((all) => ({
    options: Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => options.includes(name))),
    lineEnd: all?.endOfLine === 'crlf' ? '\r\n' : '\n',
  }));
}

const globs = [
  ...[
    '*',
    '*.ts',
    '*.json',
    'payloads/*',
    '**/payloads/**',
    '*.{ts,js}',
    '*.{ts}',
    'index.*',
    '*.js',
    '**/*.ts',
    'src/**',
    'src/*',
    'src/events/*.ts',
  ],
  ...['/src/**', './src/**/*.ts', '**/events/**', 'events/*.ts', 'e*/**', '!*.js', '!src/**', '[a-i]*.ts'],
  ...['[!a]*', '?ndex.ts', 'index.@(ts|js)', '**', '*/**', '**.ts', 'src**', 'src/**.ts', '{src,lib}/**'],
  ...['index.[tj]s', 'file{1..3}.ts', 'in{1..3}dex.ts', '\\*.ts', '*.TS', 'src/events', '.*', 'a b'],
];
const glob = fc.constantFrom(...globs);
const some = fc.oneof(glob, fc.array(glob, { minLength: 1, maxLength: 3 }));

const plain = fc.record(
  {
    semi: fc.boolean(),
    singleQuote: fc.boolean(),
    printWidth: fc.constantFrom(80, 100, 120),
    tabWidth: fc.constantFrom(2, 3, 8),
    useTabs: fc.boolean(),
    trailingComma: fc.constantFrom('all', 'es5', 'none'),
    arrowParens: fc.constantFrom('always', 'avoid'),
    endOfLine: fc.constantFrom('lf', 'crlf'),
    $schema: fc.constant('x'),
  },
  { requiredKeys: [] },
);
const config = fc
  .tuple(
    plain,
    fc.array(
      fc.record({ files: some, excludeFiles: some, options: plain }, { requiredKeys: ['files', 'options'] }),
      { maxLength: 3 },
    ),
  )
  .map(([own, overrides]): object => (overrides.length === 0 ? own : { ...own, overrides }));

/** As TOML, for which there is no writer here: JSON’s values are its own, an inline table apart. */
function toml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)} = ${toml(each)}`)
    .join(', ')} }`;
}
const tomlFile = (value: object) =>
  Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)} = ${toml(each)}\n`)
    .join('');

const packageFile = fc.oneof(
  config.map((prettier) => JSON.stringify({ name: 'a', prettier })),
  fc.constantFrom('{}', '{"prettier": null}', '{"prettier": false}', '{"prettier": {}}', '[]', '3'),
);
const files: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['package.json', packageFile],
  ['package.yaml', packageFile],
  [
    '.prettierrc',
    fc.oneof(
      config.map((value) => JSON.stringify(value)),
      fc.constantFrom(
        '',
        '# nothing\n',
        '---\nsemi: false\n',
        'base: &b { semi: false }\noverrides:\n  - files: "*.ts"\n    options: *b\n',
        '\ufeffsemi: false',
        'printWidth: 0x50',
        'tabWidth: 010',
        '[]',
        '{}',
      ),
    ),
  ],
  ['.prettierrc.json', config.map((value) => JSON.stringify(value, undefined, 2))],
  ['.prettierrc.yml', config.map((value) => JSON.stringify(value))],
  [
    '.prettierrc.yaml',
    fc.constantFrom('semi: false\n', 'overrides:\n- files: "*.ts"\n  options:\n    tabWidth: 8\n'),
  ],
  ['.prettierrc.json5', config.map((value) => `// c\n${JSON.stringify(value).replace(/"semi"/g, 'semi')}`)],
  ['.prettierrc.toml', config.map(tomlFile)],
  [
    '.editorconfig',
    fc
      .array(
        fc.oneof(
          glob.map((each) => `[${each}]`),
          fc.constantFrom(
            ...['root = true', 'root=false', '; c', '# c', '', 'indent_style = tab', 'indent_style=SPACE'],
            ...[
              'indent_size = 3',
              'indent_size = tab',
              'tab_width = 5',
              'tab_width = unset',
              'indent_size = 03',
            ],
            ...[
              'indent_style = unset',
              'max_line_length = off',
              'max_line_length = 90',
              'end_of_line = crlf',
              'end_of_line=LF',
              'quote_type = single',
            ],
            ...[
              'quote_type=double',
              'Indent_Size = 4',
              'indent_size = 2.5',
              'max_line_length = 0',
              'junk',
              '[a',
            ],
          ),
        ),
        { maxLength: 12 },
      )
      .map((lines) => lines.join('\n')),
  ],
];

const placed = fc
  .array(
    fc.tuple(
      fc.constantFrom(...['', 'src/', 'src/events/', 'src/events/payloads/', 'src/events/runtime/adapters/']),
      fc.constantFrom(...files).chain(([name, content]) => content.map((text) => [name, text] as const)),
    ),
    { maxLength: 5 },
  )
  .map((all): Record<string, string> =>
    Object.fromEntries(all.map(([at, [name, text]]) => [at + name, text])),
  );

const marks = fc.constantFrom<Record<string, string>[]>(
  {},
  { '.git': 'gitdir: x' },
  { 'src/.hg/a': '' },
  { 'src/events/payloads/.git': 'gitdir: x' },
  { 'src/events/runtime/.hg/a': '' },
);

const numRuns = runs(50, 150);

test(
  'what is read of a project is what Prettier reads itself',
  { timeout: 120_000 + numRuns * 100 },
  async () => {
    await fc.assert(
      fc.asyncProperty(placed, marks, async (project, mark) => {
        const folder = temporaryFolder();
        put(folder, { ...project, ...mark });
        const out = join(folder, 'src/events');
        expect(await ours(out)).toEqual(await prettiers(out));
      }),
      { numRuns },
    );
  },
);

test.each([
  ...[
    './src/**/*.ts',
    './**/*.ts',
    '/./src/**.ts',
    './*.ts',
    '{./src,x}/**.ts',
    '**/./*.ts',
    'src/./events/*.ts',
  ],
  ...['src//events/*.ts', '//src/**.ts', 'src/../src/**/*.ts', '../x/src/**.ts', 'src/events/', '!(a)/**.ts'],
])('a section of .editorconfig for %s is about the files that Prettier finds', async (section) => {
  const folder = temporaryFolder();
  put(folder, { '.editorconfig': `[${section}]\nquote_type = single` });
  const out = join(folder, 'src/events');
  expect(await ours(out)).toEqual(await prettiers(out));
});

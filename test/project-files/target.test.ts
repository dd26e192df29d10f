import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import type { Code } from '../../src/diagnostics/catalogue.js';
import type { SourceLocation } from '../../src/diagnostics/source-location.js';
import type { PrettierOptions } from '../../src/kit/prettier-options.js';
import { readTarget, type Target } from '../../src/project/target.js';
import { put, temporaryFolder } from '../output/tree.js';
import { endings, layouts, nearer, places, program, programs, type Project } from './projects.js';

/** What a file of a kit is given, which is in `src/events`. */
interface Found extends Target {
  readonly options: PrettierOptions;
  readonly codes: readonly Code[];
  readonly places: readonly (SourceLocation['position'] | undefined)[];
}

async function target(files: Project, path = 'index.ts'): Promise<Found> {
  const folder = temporaryFolder();
  put(folder, files);
  const codes: Code[] = [];
  const places: Found['places'][number][] = [];
  const found = await readTarget(join(folder, 'src/events'), ({ code, position }) => {
    codes.push(code);
    places.push(position && { ...position, file: relative(folder, resolve(position.file)) });
  });
  const { options } = await found.layoutOf(path);
  expect(globalThis, 'code of the project was run').not.toHaveProperty('ran');
  return { ...found, options, codes, places };
}

function shownAt(position: Found['places'][number]): string {
  return position ? `${position.file}:${position.line}:${position.column}` : '';
}

describe('the ending of imports', () => {
  test.each(endings)('%s', async (_, files, importExtension, codes = []) => {
    expect(await target(files)).toMatchObject({ importExtension, codes });
  });
});

/** The compiler's own values of an option. TypeScript does not declare this list. */
function valuesOf(option: 'module' | 'moduleResolution'): readonly (readonly [string, number])[] {
  const { optionDeclarations } = ts as unknown as {
    readonly optionDeclarations: readonly {
      readonly name: string;
      readonly type: ReadonlyMap<string, number>;
    }[];
  };
  return [...(optionDeclarations.find(({ name }) => name === option)?.type ?? [])];
}

describe('the ending of imports is what the compiler resolves', () => {
  const { ModuleKind, ModuleResolutionKind: Resolution } = ts;
  test.each(valuesOf('module'))('with the module %s', async (module, kind) => {
    const importExtension = kind >= ModuleKind.Node16 && kind <= ModuleKind.NodeNext ? '.js' : '';
    const files = { 'tsconfig.json': JSON.stringify({ compilerOptions: { module } }) };
    expect(await target(files)).toMatchObject({ importExtension, codes: [] });
  });

  test.each(valuesOf('moduleResolution'))('with the module resolution %s', async (moduleResolution, kind) => {
    const importExtension = kind === Resolution.Node16 || kind === Resolution.NodeNext ? '.js' : '';
    const files = { 'tsconfig.json': JSON.stringify({ compilerOptions: { moduleResolution } }) };
    expect(await target(files)).toMatchObject({ importExtension, codes: [] });
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
    expect(
      await readTarget(folder, ({ code, position }) => found.push([code, position?.line])),
    ).toMatchObject({
      importExtension: '.js',
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
      const { layoutOf } = await readTarget(folder, ({ code }) => codes.push(code));
      await layoutOf('index.ts');
      expect(codes).toEqual([
        name === 'tsconfig.json' ? 'tsconfig-unreadable' : 'prettier-config-unreadable',
      ]);
    }
  });
});

describe('how code is formatted', () => {
  // Patterns are held against one file after the other: a refused one may show with any of them.
  test.each([
    ['an exclusion', { files: '**/payloads/*.ts', excludeFiles: '+(a)', options: { semi: false } }],
    ['wildcards, too many for a long path', { files: '**/*a*a*a*/*.ts', options: { semi: false } }],
  ])('%s that is refused for some files is reported once, and no file is lost', async (_, override) => {
    const folder = temporaryFolder();
    put(folder, { '.prettierrc': JSON.stringify({ tabWidth: 3, overrides: [override] }) });
    const codes: string[] = [];
    const { layoutOf } = await readTarget(folder, ({ code }) => codes.push(code));
    expect((await layoutOf('index.ts')).options).toEqual({ tabWidth: 3 });
    expect(codes).toEqual([]);
    const long = `payloads/${'a'.repeat(200)}.ts`;
    expect([await layoutOf(long), await layoutOf(long)].map(({ options }) => options)).toEqual([{}, {}]);
    expect(codes).toEqual(['prettier-config-unreadable']);
  });

  test.each(layouts)('%s', async (_, files, prettier, codes = []) => {
    const { options, codes: found } = await target(files);
    expect([options, found]).toEqual([prettier, codes]);
  });

  test.each(nearer)('%s in a folder of the kit', async (_, files, path, prettier, found) => {
    const { options, codes, places } = await target(files, path);
    expect(options).toEqual(prettier);
    expect(codes.map((code, index) => [code, shownAt(places[index])])).toEqual(found ? [found] : []);
  });

  test('what is found of a folder is said once, and each folder is read once', async () => {
    const folder = temporaryFolder();
    put(folder, {
      'payloads/.prettierrc': 'printWidth: wide',
      'payloads/.editorconfig': '[*]\nend_of_line=cr',
    });
    const codes: Code[] = [];
    const paths: string[] = [];
    const { layoutOf } = await readTarget(
      folder,
      ({ code }) => codes.push(code),
      (aspect, path) => paths.push(`${aspect} ${path}`),
    );
    for (const path of ['index.ts', 'payloads/a.ts', 'payloads/b.ts', 'schemas/a.ts', 'schemas/b.ts'])
      await layoutOf(path);
    expect(codes).toEqual(['prettier-option', 'prettier-config-unreadable']);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
    expect(paths.filter((path) => path.includes(join(folder, 'schemas')))).toEqual([
      `layout ${join(folder, 'schemas')}`,
    ]);
  });

  test.each(places)('what is said of %j has its place', async (files, path, code, place) => {
    const { codes, places } = await target(files, path);
    expect([codes, places.map(shownAt)]).toEqual([[code], [place]]);
  });

  test.each(programs)('%s: it is not run', async (_, files) => {
    expect(await target(files)).toMatchObject({
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
    expect([found.options, found.codes]).toEqual([{}, [code]]);
    expect(found.places[0]).toMatchObject({ line: expect.any(Number) as number });
  });
});

import fc from 'fast-check';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { faultIn } from '../../src/kit/fault.js';
import { describe as nameOf } from '../../src/kit/statement.js';
import type { EmittedFile } from '../../src/kit/file.js';
import { soundHashes, verifyAll } from '../../src/kit/verify.js';
import { runs } from '../sample.js';

function statementsOf(code: string): ts.SourceFile['statements'] {
  return ts.createSourceFile('a.ts', code, ts.ScriptTarget.ESNext).statements;
}

describe('the words for statements', () => {
  test.each([
    ["import type { A } from './events.js';", 'import ./events'],
    ["import a, { type B } from './a/b.ts';", 'import ./a/b'],
    ["import * as crypto from 'node:crypto';", 'import node:crypto'],
    ["import x from 'package.js';", 'import package.js'],
    ["import './effects.js';", 'run ./effects'],
    ['import { a } from b;', 'import ?'],
    ["export * from './a.js';", 'export ./a'],
    ["export type { A } from './a';", 'export ./a'],
    ['export { a, b as c };', 'export a, c'],
    ['export {};', 'export'],
    ['export default 1;', 'export default'],
    ['export = a;', 'export ='],
    ['interface A {}', 'interface A'],
    ['export interface A extends B {}', 'export interface A'],
    ['export type A = 1;', 'export type A'],
    ['declare function f(): void;', 'declare function f'],
    ['export async function f() {}', 'export function f'],
    ['export default function () {}', 'export default function'],
    ['export abstract class A {}', 'export class A'],
    ['enum A {}', 'enum A'],
    ['export const enum A {}', 'export enum A'],
    ['static const a = 1;', 'static const a'],
    ['@a function f() {}', '@ function f'],
    ['@a export class A {}', '@ export class A'],
    ['declare module "x" {}', 'declare namespace x'],
    ['const a = 1;', 'const a'],
    ['export const a = 1, b = 2;', 'export const a, b'],
    ['let { a, b: [c, , d], ...e } = f;', 'let a, c, d, e'],
    ['var a;', 'var a'],
    ['using a = b();', 'using a'],
    ['await using a = b();', 'await using a'],
    ['f();', 'expression'],
    ["'use strict';", 'expression'],
    ['if (a) {}', 'IfStatement'],
    ['{ }', 'Block'],
    [';', 'EmptyStatement'],
    ['debugger;', 'DebuggerStatement'],
    ['\\u0061: for (;;) {}', 'LabeledStatement'],
    ['const \\u0061 = 1;', 'const a'],
  ])('%s', (code, word) => {
    const [statement, ...others] = statementsOf(code);
    expect(others).toEqual([]);
    expect(statement && nameOf(statement)).toBe(word);
  });
});

const header =
  '// Made from shop.yaml. To make it again: freshworks-gen generate\n// @ts-nocheck\n/* eslint-disable */\n';

function check(code: string, statements: readonly string[], path = 'events.ts'): Promise<void> {
  return verifyAll([{ path, code, statements }]);
}

describe('what passes', () => {
  test.each<[string, string, readonly string[], string?]>([
    ['nothing', '', []],
    ['what was declared', "import './a.js';\n\nexport const a = f();\n", ['run ./a', 'export const a']],
    ['directives in the header', `${header}export const a = 1;\n`, ['export const a']],
    [
      'directives in the text of a comment',
      '/**\n * @ts-nocheck\n * eslint-disable\n * # sourceMappingURL=x\n */\ntype A = 1;\n',
      ['type A'],
    ],
    [
      'directives in a literal',
      'const a = ["// @ts-ignore", `/* eslint-disable */`, /\\/\\* eslint-disable/];\n',
      ['const a'],
    ],
    ['marks of comments in templates', 'const a = `//${`/*${b}*/`} // @ts-ignore`;\n', ['const a']],
    [
      'data',
      "export const a = [{ 'b': [-1, 'c', null, true], ['__proto__']: `d` }] as const satisfies B;\n",
      ['export const a = data'],
    ],
    [
      'a constant of data in data',
      'const a = 1;\nconst b = { c: [a] } as const;\n',
      ['const a = data', 'const b = data'],
    ],
    ['more than data, where data is not asked for', 'export const a = f();\n', ['export const a']],
    ['other languages', '* text\n', [], '.gitattributes'],
    [
      'every kind of type',
      "import type { B } from './b.js';\n" +
        'export interface A<T extends string = "x"> extends B {\n  readonly a?: B[];\n  "b-c": `cf_${string}` | -1 | null | undefined;\n' +
        '  [key: `cf_${string}`]: string | (string & {});\n  ["__proto__"]?: [first: string, ...rest: number[]];\n  d(e: A): void;\n}\n' +
        'export type C = { [K in keyof A]-?: A[K] extends infer U ? NonNullable<U> : never };\n',
      ['import ./b', 'export interface A', 'export type C'],
      'payloads/shop.ts',
    ],
  ])('%s', async (_, code, statements, path) => {
    await expect(check(code, statements, path)).resolves.toBeUndefined();
  });

  test('a chain of ten thousand operators', async () => {
    const code = `const a = ${Array.from({ length: 10_000 }, () => '"/*"').join(' + ')};\n`;
    await expect(check(code, ['const a'])).resolves.toBeUndefined();
  });
});

describe('what is stopped', () => {
  test.each<[string, string, readonly string[], RegExp, string?]>([
    ['a syntax error', 'const a = ;\n', ['const a'], /line 1: Expression expected/],
    [
      'a statement more',
      'type A = 1;\nglobalThis.PWNED = 1;\n',
      ['type A'],
      /line 2: "expression" stands where nothing should be/,
    ],
    [
      'a statement instead',
      'const a = 1;\n',
      ['type a'],
      /line 1: "const a" stands where "type a" should be/,
    ],
    ['a statement less', 'type A = 1;\n', ['type A', 'type B'], /"type B" is missing/],
    ['another order', 'type A = 1;\ntype B = 1;\n', ['type B', 'type A'], /line 1/],
    ['an export', 'export type A = 1;\n', ['type A'], /"export type A" stands/],
    ['an import for its effect', "import './a.js';\n", ['import ./a'], /"run \.\/a"/],
    ['a second binding', 'const a = 1, b = f();\n', ['const a'], /"const a, b"/],
    ['a call in data', 'const a = [f()];\n', ['const a = data'], /"const a" stands where "const a = data"/],
    ['a name in data', 'const a = { b: process };\n', ['const a = data'], /const a/],
    [
      'a later name in data',
      'const a = [b];\nconst b = 1;\n',
      ['const a = data', 'const b = data'],
      /const a/,
    ],
    [
      'a name of no data in data',
      'const b = f();\nconst a = [b];\n',
      ['const b', 'const a = data'],
      /const a/,
    ],
    ['a template in data', 'const a = `${process.exit()}`;\n', ['const a = data'], /const a/],
    ['a spread in data', 'const a = [...b];\n', ['const a = data'], /const a/],
    ['a getter in data', 'const a = { get b() { return 1; } };\n', ['const a = data'], /const a/],
    ['a computed key in data', 'const a = { [f()]: 1 };\n', ['const a = data'], /const a/],
    ['a shorthand in data', 'const a = { b };\n', ['const a = data'], /const a/],
    ['a pattern before data', 'const { a = f() } = {};\n', ['const a = data'], /const a/],
    ['no data at all', 'let a;\n', ['let a = data'], /let a/],
    ['a function declared as data', 'function a() {}\n', ['function a = data'], /function a/],
    ['code among payloads', 'const a = 1;\n', ['const a'], /holds types alone/, 'payloads/a.ts'],
    ['an enum among payloads', 'enum A {}\n', ['enum A'], /holds types alone/, 'payloads/a.ts'],
    [
      'an import for its effect among payloads',
      "import './a.js';\n",
      ['run ./a'],
      /holds types alone/,
      'payloads/a.ts',
    ],
    [
      'a call behind extends',
      'interface A extends f() {}\n',
      ['interface A'],
      /holds types alone/,
      'payloads/a.ts',
    ],
    [
      'a call in a computed name',
      'interface A { [f()]: 1 }\n',
      ['interface A'],
      /holds types alone/,
      'payloads/a.ts',
    ],
    ['an initialiser in an interface', 'interface A { a: B = f() }\n', ['interface A'], /./, 'payloads/a.ts'],
    [
      'an imported type',
      'type A = import("evil").B;\n',
      ['type A'],
      /line 1: this file holds/,
      'payloads/a.ts',
    ],
    ['a module for a text file', 'a', ['a'], /not TypeScript/, '.gitattributes'],
    ['a bidirectional control', '// \u202e\n', [], /hidden character/],
    ['a CR', 'type A = 1;\r\n', ['type A'], /hidden character/],
    ['a line separator', 'const a = "\u2028";\n', ['const a'], /hidden character/],
    ['an escape sequence', '* \u001b[31m\n', [], /hidden character/, '.gitattributes'],
  ])('%s', async (_, code, statements, message, path) => {
    await expect(check(code, statements, path)).rejects.toThrow(message);
    await expect(check(code, statements, path)).rejects.toThrow('Nothing was written.');
  });

  test.each([
    '// @ts-nocheck',
    '// @ts-ignore',
    '//@ts-expect-error',
    '// @ts-check',
    '/* @ts-ignore */',
    '/** @ts-ignore */',
    '/**\n * @ts-expect-error */',
    '/* eslint-disable */',
    '// eslint-disable-next-line',
    '/* eslint no-eval: 0 */',
    '/// <reference path="x" />',
    '//# sourceMappingURL=x',
    '//@ sourceMappingURL=x',
    '/*# sourceURL=x */',
    '/** //# sourceMappingURL=x */',
  ])('the directive %j, wherever it stands', async (directive) => {
    const active = /active directive/;
    await expect(check(`type A = 1;\n${directive}\ntype B = 1;\n`, ['type A', 'type B'])).rejects.toThrow(
      active,
    );
    await expect(check(`const a = f(\n${directive}\n);\n`, ['const a'])).rejects.toThrow(active);
    await expect(check(`/** Text. */\n${directive}\ntype A = 1;\n`, ['type A'])).rejects.toThrow(active);
    await expect(
      check(`const a = \`\${f(\n${directive}\n)}\`;\n${directive}\n`, ['const a']),
    ).rejects.toThrow(active);
  });

  test.each([
    '/// <reference path="x" />',
    '/// <amd-module name="x" />',
    '// @ts-ignore',
    '// @ts-nocheck // @ts-ignore',
    '/* @ts-nocheck */',
    '/* eslint-disable no-eval */',
    '/* eslint-disable*/',
    '/** @jsx h */',
    '/** @jsxImportSource evil */',
    '// @ts-check',
  ])('the directive %j in the header', async (directive) => {
    await expect(check(`// Header.\n${directive}\ntype A = 1;\n`, ['type A'])).rejects.toThrow(
      /active directive/,
    );
  });

  test('a source map comment inside a literal, which Node would take for one', async () => {
    await expect(check('const a = "//# sourceMappingURL=x";\n', ['const a'])).rejects.toThrow(
      /active directive/,
    );
  });
});

describe('what was found sound', () => {
  const file: EmittedFile = { path: 'payloads/shop.ts', code: 'type A = 1;\n', statements: ['type A'] };

  test('stays so, and is known by a hash', async () => {
    await verifyAll([file]);
    const hashes = soundHashes();
    await verifyAll([file]);
    expect(soundHashes()).toEqual(hashes);
  });

  test.each<[string, Partial<EmittedFile>, RegExp]>([
    ['other code', { code: 'type A = 1;\nf();\n' }, /line 2/],
    ['other statements', { statements: ['type B'] }, /type B/],
    [
      'another place, where data may not stand',
      { path: 'events.ts', statements: ['const A = data'] },
      /type A/,
    ],
    [
      'a space more, in a place of types',
      { code: 'const A = 1; \n', statements: ['const A'] },
      /types alone/,
    ],
  ])('does not vouch for %s', async (_, other, message) => {
    await verifyAll([file]);
    const hashes = soundHashes();
    await expect(verifyAll([file, { ...file, ...other }])).rejects.toThrow(message);
    expect(soundHashes()).toEqual(hashes);
  });
});

describe('a file that is parsed in parts', () => {
  const ignored = '// prettier-ignore\n';
  const statements = [
    'import type { A } from "./a.js";\n',
    'const a = {b: "// prettier-ignore", c: /[`"/*]/};\n',
    'function f(g) {\nif (g) { return `${g}//`; }\nreturn /* none */ null;\n}\n',
    'export const h = f(a);\n',
  ];
  const declared = ['import ./a', 'const a', 'function f', 'export const h'];
  const fault = (code: string, expected = declared) =>
    faultIn({ path: 'validators/a.ts', code, statements: expected });
  /** Without the comments before which it is cut, a file is parsed whole. */
  const isSoundAsAWhole = (code: string, expected = declared) =>
    fault(code.replaceAll('// prettier-ignore', '// prettier_ignore'), expected) === undefined;

  const marked = statements.map((each) => ignored + each);
  const word = fc.oneof(
    fc.constantFrom(
      '/*',
      '*/',
      '//',
      '`',
      '${',
      '}',
      '{',
      '"',
      "'",
      '/',
      '\n',
      '\\',
      '=',
      '=>',
      '(',
      ')',
      ';',
      '!',
    ),
    fc.constantFrom(
      'async',
      'await',
      'declare',
      'export default',
      'type',
      'return',
      'if (a)',
      'else',
      'label:',
      '@b',
    ),
    fc.constantFrom(
      'static',
      'global',
      'public',
      'abstract',
      'accessor',
      'enum',
      'yield',
      'using b',
      'as A ?',
      'module',
    ),
    fc.constantFrom(
      '// @ts-nocheck\n',
      '// @ts-ignore\n',
      '/* eslint-disable */',
      '/// <reference path="a"/>\n',
    ),
    fc.constantFrom(
      '//# sourceMappingURL=a',
      '/** @jsx a */',
      '"use strict"',
      'await (a)',
      '<!--',
      '-->',
      '\u2028',
    ),
    fc.constantFrom(
      ' ',
      '#!',
      '\ufeff',
      'const b = await',
      'let b: A ?',
      '/ "/; evil(); //"',
      'static\n',
      'global\n',
    ),
  );
  const piece = fc.oneof(fc.constantFrom(...statements, ...marked, ignored), word, word);
  const changed = fc
    .array(fc.tuple(fc.nat(), fc.nat(3), piece), { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce(
        (code, [at, removed, added]) => {
          // Most changes are where statements meet.
          const places = [...code.matchAll(/\/\/ prettier-ignore|;?\n|= /g)].map((each) => each.index);
          const index = (at % 4 ? places[at % places.length] : undefined) ?? at % (code.length + 1);
          return code.slice(0, index) + added + code.slice(index + removed);
        },
        header + marked.join(''),
      ),
    );

  test('is sound exactly where the whole is', () => {
    expect(fault(header + marked.join(''))).toBeUndefined();
    fc.assert(
      fc.property(changed, (code) => {
        expect(fault(code) === undefined).toBe(isSoundAsAWhole(code));
      }),
      { numRuns: runs(1_000, 20_000) },
    );
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['a statement behind what only a module awaits', ['const x = await / "/; evil(); //";\n'], ['const x']],
    ['a directive behind it', ['const x = await / "/ ;/* eslint-disable */ //";\n'], ['const x']],
    ['a function that is awaited', ['const x = await\n', 'function f() {}\n'], ['const x', 'function f']],
    ['a condition without an end', ['const x = 1 as A ?\n', 'function f() {}\n'], ['const x', 'function f']],
  ])('is not sound with %s', (_, inner, expected) => {
    const code = [...statements.slice(0, 1), ...inner, 'export const y = 1;\n']
      .map((each) => ignored + each)
      .join('');
    const all = ['import ./a', ...expected, 'export const y'];
    expect(fault(header + code, all)).toBeDefined();
    expect(isSoundAsAWhole(header + code, all)).toBe(false);
  });
});

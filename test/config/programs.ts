import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../load/folder.js';

/** A project with a configuration that is a program, and what `config` says of it. */
export interface Program {
  readonly what: string;
  readonly files: Files;
  /** The values of its kits that are no defaults; or what is found: codes, with places where there are any. */
  readonly expected: readonly object[] | readonly string[];
  /** What the first finding says. */
  readonly message?: string;
}

const ts = 'freshworks-gen.config.ts';
const mjs = 'freshworks-gen.config.mjs';
const js = 'freshworks-gen.config.js';
const one = [{ out: 'src/events', products: ['freshchat'] }];
const text = `import { defineConfig } from 'freshworks-gen';

export default defineConfig({ out: './src/events', products: ['freshchat'] });
`;

const taken: readonly Program[] = [
  { what: 'TypeScript', files: { [ts]: text }, expected: one },
  { what: 'TypeScript, as a module', files: { 'freshworks-gen.config.mts': text }, expected: one },
  { what: 'JavaScript', files: { [js]: text }, expected: one },
  { what: 'JavaScript, as a module', files: { [mjs]: text }, expected: one },
  ...['module', 'commonjs'].flatMap((type) => [
    {
      what: `TypeScript in a project of type ${type}`,
      files: { 'package.json': JSON.stringify({ type }), [ts]: text },
      expected: one,
    },
    {
      what: `JavaScript in a project of type ${type}`,
      files: { 'package.json': JSON.stringify({ type }), [js]: text },
      expected: one,
    },
  ]),
  {
    what: 'CommonJS',
    files: {
      'part.cjs': `exports.out = 'a';`,
      [js]: `const { out } = require('./part.cjs');\nmodule.exports = { out };`,
    },
    expected: [{ out: 'a' }],
  },
  {
    what: 'parts in files of their own, under any of their names',
    files: {
      [ts]: `import { out, type Name } from './parts/out.ts';
import { product } from './parts/product.js';
import { literal } from './parts/literal';
import { handlers } from './parts/handlers.mjs';
const products: Name[] = [product];
export default { out, products, literal, handlers };`,
      'parts/out.ts': `export type Name = string;\nexport const out: string = 'a';`,
      'parts/product.ts': `export const product = 'freshchat' as const;`,
      'parts/literal.ts': `import data from './data.json' with { type: 'json' };\nexport const literal: boolean = data.literal;`,
      'parts/data.json': '{ "literal": true }',
      'parts/handlers.mts': `export let handlers!: boolean;\nhandlers = false;`,
    },
    expected: [{ out: 'a', products: ['freshchat'], literal: true, handlers: false }],
  },
  {
    what: 'a package of the project',
    files: {
      [ts]: `import { out } from 'shared';\nexport default { out };`,
      'node_modules/shared/package.json': '{ "name": "shared", "exports": "./index.js" }',
      'node_modules/shared/index.js': `exports.out = 'a';`,
    },
    expected: [{ out: 'a' }],
  },
  {
    what: 'a function, a promise of one, and what is undefined',
    files: {
      [ts]: `export default Promise.resolve(async (): Promise<object> => ({ out: 'a', spec: undefined }));`,
    },
    expected: [{ out: 'a' }],
  },
  {
    what: 'several kits',
    files: { [ts]: `export default { kits: ['a', 'b'].map((out: string) => ({ out })) };` },
    expected: [{ out: 'a' }, { out: 'b' }],
  },
];

const refused: readonly Program[] = [
  {
    what: 'a syntax error',
    files: { [ts]: `export default {\n  out: 'a',\n  ;\n};` },
    expected: [`config-syntax ${ts}:3:3`],
  },
  {
    what: 'a syntax error in JavaScript',
    files: { [mjs]: 'export default {\n  out: = 1 };' },
    expected: [`config-syntax ${mjs}:2:8`],
  },
  {
    what: 'a syntax error in CommonJS',
    files: { [js]: 'module.exports = {\n  out: = 1 };' },
    expected: [`config-syntax ${js}:2:8`],
  },
  {
    what: 'a syntax error in a part',
    files: {
      [ts]: `import { out } from './part.ts';\nexport default { out };`,
      'part.ts': 'export const out = ;',
    },
    expected: ['config-syntax part.ts:1:20'],
  },
  {
    what: 'what only the engine finds',
    files: { [mjs]: 'let a = 1;\nlet a = 2;\nexport default {};' },
    expected: ['config-syntax'],
    message: `${mjs}: it ended with SyntaxError: Identifier 'a' has already been declared`,
  },
  {
    what: 'an enum',
    files: { [ts]: `type A = 1;\n  enum B { C }\nexport default { out: 'a' };` },
    expected: [`config-syntax ${ts}:2:3`],
  },
  {
    what: 'an exception',
    files: {
      [ts]: `interface A {\n}\nfunction f(): never {\n  throw new TypeError('no such thing');\n}\nexport default f;`,
    },
    expected: [`config-failed ${ts}:4:9`],
    message: 'it ended with TypeError: no such thing',
  },
  {
    what: 'an exception in a part, from a package',
    files: {
      [ts]: `import './part.js';\nexport default { out: 'a' };`,
      'part.ts': `import { fail } from 'shared';\n\nfail();`,
      'node_modules/shared/package.json': '{ "name": "shared", "exports": "./index.js" }',
      'node_modules/shared/index.js': `exports.fail = () => { throw new Error('from afar'); };`,
    },
    expected: ['config-failed part.ts:3:1'],
    message: 'it ended with Error: from afar',
  },
  {
    what: 'an exception that is no error',
    files: { [ts]: `export default async () => { throw 'a\\u202eb'; };` },
    expected: ['config-failed'],
    message: `${ts}: it ended with a\u202eb`,
  },
  {
    what: 'a part that is not there',
    files: { [ts]: `import './absent.ts';\nexport default {};` },
    expected: ['config-failed'],
  },
  {
    what: 'what never comes',
    files: { [ts]: 'export default new Promise(() => {});' },
    expected: ['config-failed'],
    message: `${ts}: it ended with Error: It awaits what never comes.`,
  },
  {
    what: 'what never ends',
    files: { [mjs]: 'await new Promise(() => {});\nexport default {};' },
    expected: ['config-failed'],
  },
  {
    what: 'no default export',
    files: { [ts]: `export const out = 'a';` },
    expected: ['config-no-export'],
    message: `${ts}: there is no default export.`,
  },
  {
    what: 'what is no plain data',
    files: {
      [ts]: `const self: unknown[] = [];\nself.push(self);
export default { out: () => 1, spec: new Map(), overlay: self, refRoot: [undefined], literal: NaN, products: new Date(0) };`,
    },
    expected: Array.from({ length: 6 }, () => 'config-not-data'),
    message: `${ts}: \`out\` is a function.`,
  },
  { what: 'nothing', files: { [ts]: 'export default undefined;' }, expected: ['config-not-data'] },
  {
    what: 'wrong values',
    files: {
      [ts]: `export default { kits: [{ out: 'a', spec: ['a', 1] }, { out: 'a/b', litteral: true }] };`,
    },
    expected: ['config-invalid', 'config-unknown-key'],
    message: `${ts}: \`kits[0].spec[1]\` has to be a path.`,
  },
  {
    what: 'kits in each other',
    files: { [ts]: `export default { kits: [{ out: 'a' }, { out: 'a/b' }] };` },
    expected: ['config-overlap'],
    message: `${ts}: \`kits[1]\` and \`kits[0]\` have one folder inside the other.`,
  },
  { what: 'a list', files: { [ts]: 'export default [];' }, expected: ['config-invalid'] },
];

export const programs: readonly Program[] = [...taken, ...refused];

/** A new folder with the files of a program, below another. */
export function projectOf({ files }: Program, below: string): string {
  const project = mkdtempSync(join(below, 'program-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), content);
  }
  return project;
}

interface Printed {
  readonly kits?: readonly Readonly<
    Record<string, { readonly value: unknown; readonly from: { readonly by: string } }>
  >[];
  readonly diagnostics?: readonly {
    readonly code: string;
    readonly message: string;
    readonly position?: { readonly file: string; readonly line: number; readonly column: number };
  }[];
}

/** What `config --json` printed, in the words of `Program`. */
export function told(
  stdout: string,
  project: string,
): { readonly found: readonly unknown[]; readonly message: string | undefined } {
  const { kits, diagnostics = [] } = JSON.parse(stdout.replaceAll(`${project}/`, '')) as Printed;
  const findings = diagnostics.map(({ code, position }) =>
    position ? `${code} ${position.file}:${position.line}:${position.column}` : code,
  );
  const values = kits?.map((kit) =>
    Object.fromEntries(
      Object.entries(kit)
        .filter(([, { from }]) => from.by !== 'default')
        .map(([name, { value }]) => [name, value]),
    ),
  );
  return { found: values ?? findings, message: diagnostics[0]?.message };
}

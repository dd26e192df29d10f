import fc from 'fast-check';
import type { PrettierOptions } from '../../src/kit/prettier-options.js';

/*
 * Random code of the kinds that the emitters write, in no layout at all: names and texts of every length around the width
 * of a line, quotes and escapes, comments, members on one line and on several.
 */

const letters = 'abcdefghijklmnopqrstuvwxyz';
const name = fc
  .tuple(fc.constantFrom('A', 'Bc', 'Def', 'payload', 'freshdesk'), fc.nat(40))
  .map(([start, length]) => start + (letters + letters).slice(0, Math.max(0, length - 12)));

const words = fc.constantFrom('a', 'open', 'x-y', 'waiting on customer', 'ticket/created', '1', '');
const signs = ['a', ' ', '"', "'", '\\', '\n', '`', '/', '*', '$'];
const textOf = (...more: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: words },
    fc.string({ maxLength: 6, unit: fc.constantFrom(...signs, ...more) }),
    name,
  );
const content = textOf('日', 'é', '…');
const text = textOf('é').map((each) => JSON.stringify(each));
const number = fc.constantFrom('0', '1', '-1', '2.5', '-0.25', '1000000');

const comment = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  content.map((each) => `/** ${harmless(each)} */\n`),
  fc.array(content, { minLength: 1, maxLength: 3 }).map((lines) => {
    return `/**\n${lines.map((each) => ` * ${harmless(each)}`.trimEnd()).join('\n')}\n */\n`;
  }),
  content.map((each) => `// ${harmless(each)}\n`),
  fc.constant('/** one */\n\n// two\n'),
);

function harmless(text: string): string {
  return text.replace(/\*\//g, '*\\/').replace(/\n/g, ' ').trim() || '…';
}

/** Beside each other, on one line or with some line ends. */
function list(parts: fc.Arbitrary<string>, length: { minLength?: number; maxLength: number }, end: string) {
  return fc
    .tuple(fc.array(parts, length), fc.constantFrom('', ' ', '\n'), fc.constantFrom(' ', '\n'))
    .map(([members, start, between]) => start + members.map((each) => `${each}${end}${between}`).join(''));
}

const key = fc.oneof(
  name,
  textOf().map((each) => JSON.stringify(each)),
  fc.constantFrom('["__proto__"]', '$a', '"a-b"', '"a1"', 'new', 'get'),
);
const keyType = fc.oneof(
  fc.constant('string'),
  name.map((each) => `\`${each}_\${string}\``),
  fc.constant('`${number}-x`'),
);

const { type: plain, member } = fc.letrec<{ type: string; operand: string; member: string }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('operand'),
    fc.array(tie('operand'), { minLength: 2, maxLength: 6 }).map((parts) => parts.join(' | ')),
    fc.array(tie('operand'), { minLength: 2, maxLength: 3 }).map((parts) => parts.join(' & ')),
    fc.array(text, { minLength: 2, maxLength: 9 }).map((parts) => [...parts, '(string & {})'].join(' | ')),
    tie('operand').map((each) => `${each} | null`),
  ),
  operand: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      'string',
      'number',
      'null',
      'unknown',
      'undefined',
      'never',
      '(string & {})',
      'true',
      'A',
    ),
    text,
    number,
    name,
    tie('type').map((each) => `(${each})`),
    tie('type').map((each) => `(${each})[]`),
    fc.array(tie('type'), { minLength: 1, maxLength: 3 }).map((parts) => `Map<${parts.join(', ')}>`),
    fc.array(tie('type'), { maxLength: 3 }).map((parts) => `[${parts.join(',')}]`),
    fc.tuple(tie('type'), tie('type')).map(([a, b]) => `[(${a})?, ...(${b})[]]`),
    list(tie('member'), { maxLength: 3 }, ';').map((members) => `{${members}}`),
    fc
      .tuple(name, tie('type'), fc.constantFrom('', '\n'))
      .map(([of, each, at]) => `{${at} readonly [N in ${of}]: ${each} }`),
    fc.tuple(name, name).map(([of, at]) => `${of}[${at}]`),
  ),
  member: fc
    .tuple(
      comment.map((each) => (each === '' ? '' : `\n${each}`)),
      fc.constantFrom('', 'readonly '),
      fc.oneof(
        { weight: 5, arbitrary: fc.tuple(key, fc.constantFrom('', '?')).map((parts) => parts.join('')) },
        keyType.map((each) => `[field: ${each}]`),
      ),
      tie('type'),
    )
    .map(([before, modifier, of, each]) => `${before}${modifier}${of}: ${each}`),
}));

const type = fc.oneof(
  { weight: 6, arbitrary: plain },
  plain.map((each) => `readonly (${each})[]`),
);

const call = fc
  .tuple(
    name,
    fc.array(
      fc.oneof(
        name,
        text,
        fc.array(text, { maxLength: 2 }).map((all) => `[${all.join(',')}]`),
      ),
      { maxLength: 2 },
    ),
    fc.oneof(name, text),
  )
  .map(([callee, first, last]) => `${callee}(${[...first, last].join(', ')})`);

const { value } = fc.letrec<{ value: string; entry: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text,
    number,
    fc.constantFrom('true', 'null', 'undefined'),
    name,
    fc.tuple(name, name).map((parts) => parts.join('.')),
    call,
    list(tie('entry'), { maxLength: 3 }, ',').map((members) => `{${members}}`),
    list(text, { maxLength: 4 }, ',').map((members) => `[${members}]`),
    list(tie('value'), { minLength: 1, maxLength: 3 }, ',').map((members) => `[${members}]`),
  ),
  entry: fc
    .tuple(
      comment.map((each) => (each === '' ? '' : `\n${each}`)),
      key,
      tie('value'),
    )
    .map(([before, of, each]) => `${before}${of}: ${/^\w+\(/.test(each) ? '/* @__PURE__ */ ' : ''}${each}`),
}));

const module = fc
  .tuple(fc.constantFrom("'", '"'), name)
  .map(([quote, path]) => `${quote}./${path}.js${quote}`);
const names = fc.array(
  fc.oneof(
    name,
    name.map((each) => `type ${each}`),
    fc.tuple(name, name).map((pair) => pair.join(' as ')),
  ),
  {
    minLength: 1,
    maxLength: 4,
  },
);

const statement = fc.oneof(
  fc.tuple(names, module).map(([all, from]) => `import { ${all.join(', ')} } from ${from};`),
  fc
    .tuple(fc.array(name, { minLength: 1, maxLength: 4 }), module)
    .map(([all, from]) => `import type { ${all.join(',')} } from ${from};`),
  fc.tuple(name, module).map(([as, from]) => `import * as ${as} from ${from};`),
  module.map((from) => `export * from ${from};`),
  fc.tuple(names, module).map(([all, from]) => `export { ${all.join(', ')} } from ${from};`),
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        name,
        fc.constantFrom('', '<T>'),
        fc.array(member, { maxLength: 4 }),
        fc.constantFrom('\n', '\n\n'),
      )
      .map(
        ([of, parameters, members, between]) =>
          `export interface ${of}${parameters} {\n${members.map((each) => `${each};`).join(between)}\n}`,
      ),
  },
  { weight: 4, arbitrary: fc.tuple(name, type).map(([of, each]) => `export type ${of} = ${each};`) },
  { weight: 3, arbitrary: fc.tuple(name, value).map(([of, each]) => `export const ${of} = ${each};`) },
  fc.tuple(name, type, value).map(([of, as, each]) => `export const ${of}: ${as} = ${each};`),
  fc
    .tuple(name, name, name)
    .map(
      ([of, is, by]) => `export function ${of}(value: unknown): value is ${is} {\nreturn ${by}(value);\n}`,
    ),
);

/** What the emitters seldom write or never. */
const odd = fc.constantFrom(
  'export type Wide = "日本語" | "中文" | "a text that is long enough to be broken" | "日";',
  'export interface Wide { "é": string; "日本"?: number }',
  'export const big = 1e+21;',
  'export const numbers = [1,2,3];',
  'export const f = (a) => a;',
  'export class A { a = 1 }',
  'export enum E { A }',
  'export default {a:1};',
  'let a = 1, b = 2;',
  'export type F = (a: string) => void;',
  'export type K = (keyof A)[] | (readonly string[])[];',
  'export function f(a: string, b?: number) { return a + b }',
  'export const a = /* why */ { b: 1 }; // behind',
  'export type A = | /** one */ "a" | /** two */ "b";',
  'import a, { b } from "./c.js";',
  'import "./c.js";',
  '// prettier-ignore\nexport const   a = 1;',
  '/* one\n   two */\nexport const a = 1;',
  '/**\n * line  \n * break\n */\nexport const a = 1;',
  'export const a = b({ c: 1 }), d = e([1]);',
  'export interface B extends C { d(): void; }',
);

function fileOf(statements: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const spaced = fc
    .tuple(comment, statements, fc.constantFrom('\n', '\n\n', '\n\n\n'))
    .map((parts) => parts.join(''));
  return fc
    .tuple(
      fc.constantFrom('', '/* eslint-disable */\n/* Generated. */\n\n'),
      fc.array(spaced, { minLength: 1, maxLength: 3 }),
    )
    .map(([header, all]) => header + all.join(''));
}

/** Files of all that, with comments and empty lines between the statements. */
export const sources = fileOf(fc.oneof({ weight: 4, arbitrary: statement }, odd));

/** The options that a project may have, none of them as likely as any. */
export const options: fc.Arbitrary<PrettierOptions> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      printWidth: fc.oneof(fc.constantFrom(40, 80, 100, 120, Infinity), fc.nat(130)),
      tabWidth: fc.constantFrom(0, 2, 3, 4, 8),
      useTabs: fc.boolean(),
      semi: fc.boolean(),
      singleQuote: fc.boolean(),
      trailingComma: fc.constantFrom('all', 'es5', 'none'),
      bracketSpacing: fc.boolean(),
      quoteProps: fc.constantFrom('as-needed', 'consistent', 'preserve'),
      objectWrap: fc.constantFrom('preserve', 'collapse'),
      arrowParens: fc.constantFrom('always', 'avoid'),
      experimentalTernaries: fc.boolean(),
      experimentalOperatorPosition: fc.constantFrom('start', 'end'),
    },
    { requiredKeys: [] },
  ),
);

import fc from 'fast-check';
import type { PrettierOptions } from '../../src/output/prettier-options.js';

/*
 * Random code of the kinds that the emitters write, in no layout at all: names and texts of every length around the width
 * of a line, quotes and escapes, comments, members on one line and on several.
 */

const letters = 'abcdefghijklmnopqrstuvwxyz';
const name = fc
  .tuple(fc.constantFrom('A', 'Bc', 'Def', 'payload', 'freshdesk'), fc.nat(40))
  .map(([start, length]) => start + (letters + letters).slice(0, Math.max(0, length - 12)));

const content = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'open', 'x-y', 'waiting on customer', 'ticket/created', '1', '') },
  fc.string({ maxLength: 6, unit: fc.constantFrom('a', ' ', '"', "'", '\\', 'é', '\n', '`', '/', '*', '日', '$') }),
  name,
);
const text = content.map((each) => JSON.stringify(each));
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

const key = fc.oneof(name, text, fc.constantFrom('["__proto__"]', '$a', '"a-b"', '"a1"', 'new', 'get'));
const keyType = fc.oneof(fc.constant('string'), name.map((each) => `\`${each}_\${string}\``), fc.constant('`${number}-x`'));

const { type, member } = fc.letrec<{ type: string; operand: string; member: string }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('operand'),
    fc.array(tie('operand'), { minLength: 2, maxLength: 6 }).map((parts) => parts.join(' | ')),
    fc.array(tie('operand'), { minLength: 2, maxLength: 3 }).map((parts) => parts.join(' & ')),
    fc.array(text, { minLength: 2, maxLength: 9 }).map((parts) => [...parts, '(string & {})'].join(' | ')),
    tie('operand').map((each) => `${each} | null`),
    tie('operand').map((each) => `readonly (${each})[]`),
  ),
  operand: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('string', 'number', 'null', 'unknown', 'undefined', 'never', '(string & {})', 'true', 'A'),
    text,
    number,
    name,
    tie('type').map((each) => `(${each})`),
    tie('type').map((each) => `(${each})[]`),
    fc.array(tie('type'), { minLength: 1, maxLength: 3 }).map((parts) => `Map<${parts.join(', ')}>`),
    fc.array(tie('type'), { maxLength: 3 }).map((parts) => `[${parts.join(',')}]`),
    fc.tuple(tie('type'), tie('type')).map(([a, b]) => `[(${a})?, ...(${b})[]]`),
    list(tie('member'), { maxLength: 3 }, ';').map((members) => `{${members}}`),
    fc.tuple(name, tie('type'), fc.constantFrom('', '\n')).map(([of, each, at]) => `{${at} readonly [N in ${of}]: ${each} }`),
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

const call = fc
  .tuple(name, fc.array(fc.oneof(name, text, fc.array(text, { maxLength: 2 }).map((all) => `[${all.join(',')}]`)), { maxLength: 2 }), fc.oneof(name, text))
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
    list(tie('value'), { minLength: 1, maxLength: 3 }, ',')
      // Lists of numbers fill their lines, which nothing that is emitted does.
      .filter((members) => !/^[-\d\s.,]*$/.test(members))
      .map((members) => `[${members}]`),
  ),
  entry: fc
    .tuple(comment.map((each) => (each === '' ? '' : `\n${each}`)), key, tie('value'))
    .map(([before, of, each]) => `${before}${of}: ${/^\w+\(/.test(each) ? '/* @__PURE__ */ ' : ''}${each}`),
}));

const module = fc.tuple(fc.constantFrom("'", '"'), name).map(([quote, path]) => `${quote}./${path}.js${quote}`);
const names = fc.array(fc.oneof(name, name.map((each) => `type ${each}`), fc.tuple(name, name).map((pair) => pair.join(' as '))), {
  minLength: 1,
  maxLength: 4,
});

const statement = fc.oneof(
  fc.tuple(names, module).map(([all, from]) => `import { ${all.join(', ')} } from ${from};`),
  fc.tuple(fc.array(name, { minLength: 1, maxLength: 4 }), module).map(([all, from]) => `import type { ${all.join(',')} } from ${from};`),
  fc.tuple(name, module).map(([as, from]) => `import * as ${as} from ${from};`),
  module.map((from) => `export * from ${from};`),
  fc.tuple(names, module).map(([all, from]) => `export { ${all.join(', ')} } from ${from};`),
  { weight: 4, arbitrary: fc.tuple(name, fc.constantFrom('', '<T>'), fc.array(member, { maxLength: 4 }), fc.constantFrom('\n', '\n\n')).map(
    ([of, parameters, members, between]) => `export interface ${of}${parameters} {\n${members.map((each) => `${each};`).join(between)}\n}`,
  ) },
  { weight: 4, arbitrary: fc.tuple(name, type).map(([of, each]) => `export type ${of} = ${each};`) },
  { weight: 3, arbitrary: fc.tuple(name, value).map(([of, each]) => `export const ${of} = ${each};`) },
  fc.tuple(name, type, value).map(([of, as, each]) => `export const ${of}: ${as} = ${each};`),
  fc.tuple(name, name, name).map(([of, is, by]) => `export function ${of}(value: unknown): value is ${is} {\nreturn ${by}(value);\n}`),
);

/** A file: statements with comments and empty lines between them. */
export const sources: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '/* eslint-disable */\n/* Generated. */\n\n'),
    fc.array(fc.tuple(comment, statement, fc.constantFrom('\n', '\n\n', '\n\n\n')).map((parts) => parts.join('')), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([header, statements]) => header + statements.join(''));

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
      arrowParens: fc.constantFrom('always', 'avoid'),
    },
    { requiredKeys: [] },
  ),
);

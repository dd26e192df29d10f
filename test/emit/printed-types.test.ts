import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.js';
import { emitPayloads } from '../../src/emit/payloads.js';
import { catalogOf } from './catalog.js';

const person = { type: 'object', properties: { name: { type: 'string' } } };
const base = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
const weight = { properties: { weight: { type: 'number' } } };
const untyped = { required: ['id'], properties: { id: { type: 'string' }, ...weight.properties } };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const cat = { required: ['kind'], properties: { kind: { const: 'cat' }, lives: { type: 'integer' } } };
const dog = { required: ['kind'], properties: { kind: { const: 'dog' }, tricks: { type: 'boolean' } } };

/** The declaration of a type on one line, as Prettier lays it out. Beside it are `Base`, `Person` and `Untyped`. */
async function printed(schema: JsonObject): Promise<string> {
  const { catalog } = catalogOf({ Base: base, Person: person, Untyped: untyped, Subject: schema });
  const [file] = await emitPayloads(catalog, '.js');
  const text = await format(file!.code, { parser: 'typescript', printWidth: 1_000 });
  const [declaration] = /export (?:type|interface) Subject\b.*?(?=\n\n|\n$)/s.exec(text) ?? [''];
  // A union over several lines begins with a bar.
  return declaration
    .replace(/\s+/g, ' ')
    .replace(/(?<=[=(:]) \|(?= )/g, '')
    .replace(/(?<=\() | (?=\))/g, '');
}

describe('what a schema says without a type is narrowed by what is around it', () => {
  const both = '({ kind: "cat"; lives?: number; } | { kind: "dog"; tricks?: boolean; })';
  const union = both.slice(1, -1);
  const six = 'string | number | boolean | unknown[] | { id: string; weight?: number; } | null';
  const rows: readonly [what: string, schema: JsonObject, type: string][] = [
    ['a sibling of allOf', { allOf: [ref('Base'), weight] }, 'Base & { weight?: number; }'],
    ['the order does not matter', { allOf: [weight, ref('Base')] }, '{ weight?: number; } & Base'],
    ['a type beside allOf', { type: 'object', allOf: [weight] }, '{ weight?: number; }'],
    ['a typed part of allOf', { allOf: [{ type: 'object' }, weight] }, '{ weight?: number; }'],
    ['a type and null', { type: ['object', 'null'], allOf: [weight] }, '{ weight?: number; } | null'],
    [
      'null in a union above',
      { anyOf: [{ allOf: [ref('Base'), weight] }, { type: 'null' }] },
      '(Base & { weight?: number; }) | null',
    ],
    ['an outer object over a union', { type: 'object', oneOf: [cat, dog] }, union],
    ['the same of anyOf', { type: 'object', anyOf: [cat, dog] }, union],
    ['a union beside a base', { allOf: [ref('Base'), { oneOf: [cat, dog] }] }, `Base & ${both}`],
    ['a union beside members', { ...base, oneOf: [cat, dog] }, `{ id: string; } & ${both}`],
    [
      'a branch of another type',
      { type: 'object', anyOf: [{ type: 'string' }, weight] },
      '{ weight?: number; }',
    ],
    ['nothing may be', { type: 'object', allOf: [{ type: 'string' }] }, 'never'],
    [
      'a named type without a type is written out',
      { type: 'object', allOf: [ref('Untyped'), { required: ['note'] }] },
      '{ id: string; weight?: number; } & { note: unknown; }',
    ],
    ['a reference alone keeps the name', { allOf: [ref('Untyped')] }, 'Untyped'],
    ['nothing says what it is', untyped, six],
    ['a list without a type', { type: 'array', allOf: [{ items: { type: 'string' } }] }, 'string[]'],
    [
      'a condition that decides',
      { ...base, if: cat, then: weight, else: dog },
      `{ id: string; } & (({ kind: "cat"; lives?: number; } & { weight?: number; }) | { kind: "dog"; tricks?: boolean; })`,
    ],
    ['an enum that the outer type cuts', { type: 'string', anyOf: [{ enum: ['a', 1] }] }, '"a"'],
  ];
  test.each(rows)('%s', async (_, schema, type) => {
    expect(await printed(schema)).toBe(`export type Subject = ${type};`);
  });
});

describe('a required member is what the schema around says it is', () => {
  const members = { a: { type: 'string' }, b: { type: 'number' } };
  const rows: readonly [what: string, schema: JsonObject, type: string][] = [
    [
      'branches that only require',
      { type: 'object', properties: members, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      '{ a?: string; b?: number; } & ({ a: string; } | { b: number; })',
    ],
    ['a base', { allOf: [ref('Person'), { required: ['name'] }] }, 'Person & { name: string; }'],
    [
      'a reference beside',
      { allOf: [{ allOf: [ref('Person')], required: ['name'] }] },
      'Person & { name: string; }',
    ],
  ];
  test.each(rows)('%s', async (_, schema, type) => {
    expect(await printed(schema)).toBe(`export type Subject = ${type};`);
  });
});

describe('null where it may be', () => {
  const rows: readonly [what: string, schema: JsonObject, type: string][] = [
    ['a type', { type: 'string' }, 'string | null'],
    ['a reference', ref('Person'), 'Person | null'],
    ['allOf', { allOf: [ref('Person')] }, 'Person | null'],
    ['anyOf', { anyOf: [{ type: 'string' }, ref('Person')] }, 'string | Person | null'],
    ['oneOf', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, 'string | number | null'],
    ['a bare enum', { enum: ['a', 'b'] }, '"a" | "b" | null'],
    ['an enum with a type', { type: 'string', enum: ['a', 'b'] }, '"a" | "b" | null'],
    ['an open enum', { type: 'string', enum: ['a'], 'x-open-enum': true }, '"a" | (string & {}) | null'],
    ['a const', { const: 'a' }, '"a" | null'],
    ['an object', { type: 'object', allOf: [ref('Base'), weight] }, '(Base & { weight?: number; }) | null'],
    ['a list', { type: 'array', items: ref('Person') }, 'Person[] | null'],
  ];
  test.each(rows)('%s', async (_, schema, type) => {
    expect(await printed({ ...schema, nullable: true })).toBe(`export type Subject = ${type};`);
    expect(await printed({ type: 'object', properties: { it: { ...schema, nullable: true } } })).toBe(
      `export interface Subject { it?: ${type}; }`,
    );
  });
});

describe('objects', () => {
  const rows: readonly [what: string, schema: JsonObject, type: string][] = [
    ['of which nothing is said', { type: 'object' }, 'type Subject = Record<string, unknown>;'],
    [
      'that may hold anything',
      { type: 'object', additionalProperties: true },
      'type Subject = Record<string, unknown>;',
    ],
    [
      'with no member',
      { type: 'object', additionalProperties: false },
      'type Subject = Record<string, never>;',
    ],
    [
      'with properties that are none',
      { type: 'object', properties: {} },
      'type Subject = Record<string, unknown>;',
    ],
    [
      'with values of a type',
      { type: 'object', additionalProperties: { type: 'number' } },
      'interface Subject { [field: string]: number; }',
    ],
    [
      'with members and values of a type',
      { ...person, additionalProperties: { type: 'number' } },
      'interface Subject { name?: string; [field: string]: number | string | undefined; }',
    ],
    [
      'with values of a type, and a member that is an intersection of unions',
      {
        type: 'object',
        properties: {
          a: {
            allOf: [{ properties: { b: { type: 'string' } } }, { properties: { c: { type: 'number' } } }],
          },
        },
        additionalProperties: { type: 'number' },
      },
      'interface Subject { a?: (string | number | boolean | unknown[] | { b?: string; } | null) & ' +
        '(string | number | boolean | unknown[] | { c?: number; } | null); [field: string]: unknown; }',
    ],
    [
      'whose keys no type can say',
      {
        type: 'object',
        patternProperties: { '^[A-Z]{3}$': { type: 'string' } },
        additionalProperties: false,
      },
      'interface Subject { [field: string]: string; }',
    ],
    [
      'with keys that no type can say, and others',
      { type: 'object', patternProperties: { '^[A-Z]{3}$': { type: 'string' } } },
      'type Subject = Record<string, unknown>;',
    ],
    ['with a condition', { ...person, if: weight, then: cat }, 'interface Subject { name?: string; }'],
    [
      'with what must not be',
      { ...person, not: { required: ['id'] } },
      'interface Subject { name?: string; }',
    ],
    [
      'with dependencies',
      { ...person, dependencies: { name: ['id'] } },
      'interface Subject { name?: string; }',
    ],
  ];
  test.each(rows)('%s', async (_, schema, type) => {
    expect(await printed(schema)).toBe(`export ${type}`);
  });
});

describe('lists and values', () => {
  const rows: readonly [what: string, schema: JsonObject, type: string][] = [
    ['a list of anything', { type: 'array' }, 'unknown[]'],
    ['items: true', { type: 'array', items: true }, 'unknown[]'],
    ['items: {}', { type: 'array', items: {} }, 'unknown[]'],
    ['a const object', { const: { a: [1, null] } }, '{ a: [1, null] }'],
    ['an enum of mixed types', { enum: ['a', 1, null, [2]] }, '"a" | 1 | null | [2]'],
    ['an enum that its type cuts', { type: 'integer', enum: [1, '2'] }, '1'],
    ['keywords beside a reference', { ...ref('Person'), type: 'string', maxLength: 3 }, 'Person'],
  ];
  test.each(rows)('%s', async (_, schema, type) => {
    const text = await printed({ type: 'object', properties: { it: schema } });
    expect(text).toBe(`export interface Subject { it?: ${type}; }`);
  });
});

test('a pattern for one name alone is no index signature, which would not compile', async () => {
  const patternProperties = { '^deprecated$': { type: 'string' }, '^cf_': { type: 'number' } };
  expect(await printed({ ...base, patternProperties })).toBe(
    'export interface Subject { id: string; [field: `cf_${string}`]: number | undefined; }',
  );
});

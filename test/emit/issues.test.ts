import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { emit } from '../../src/emit/emit.js';
import { catalogOf } from './catalog.js';
import { execute, type Kit } from './execute.js';

/*
 * What a kit says of a payload that is wrong, beside what ajv says of it by itself: the same words of the same places.
 */

const cases: readonly (readonly [name: string, schema: JsonObject, value: Json])[] = [
  ['type', { type: 'string' }, 1],
  ['several types', { type: ['string', 'null'] }, 1],
  ['type of an item', { type: 'array', items: { type: 'integer' } }, [1, 'a', 2.5]],
  ['type of a member', member({ type: 'boolean' }), { a: 'true' }],
  ['required', { type: 'object', required: ['a', 'b'] }, { c: 1 }],
  ['required of what every object inherits', { type: 'object', required: ['constructor'] }, {}],
  ['enum', { type: 'string', enum: ['a', 'b'] }, 'c'],
  ['const', member({ const: [1, { b: null }] }), { a: [1, {}] }],
  ['format', { type: 'string', format: 'date' }, 'soon'],
  ['pattern', { type: 'string', pattern: '^[a-z]+$' }, 'A'],
  ['minimum', { type: 'number', minimum: 1 }, 0],
  ['maximum', { type: 'number', maximum: 1 }, 2],
  ['exclusiveMinimum', { type: 'number', exclusiveMinimum: 1 }, 1],
  ['exclusiveMaximum', { type: 'number', exclusiveMaximum: 1 }, 1],
  ['multipleOf', { type: 'number', multipleOf: 0.5 }, 0.7],
  ['minLength', { type: 'string', minLength: 2 }, '💥'],
  ['maxLength', { type: 'string', maxLength: 1 }, 'ab'],
  ['minItems', { type: 'array', minItems: 1 }, []],
  ['maxItems', { type: 'array', maxItems: 1 }, [1, 2]],
  ['tuple', { type: 'array', items: [{ type: 'string' }], additionalItems: false }, [1, 2]],
  ['additionalItems', { type: 'array', items: [true], additionalItems: { type: 'string' } }, [1, 2, 'a', 3]],
  // Where ajv tells of every item that is not the one, too: a list is as long as its sender likes.
  ['contains', { type: 'array', contains: { type: 'string' } }, []],
  ['minProperties', { type: 'object', minProperties: 1 }, {}],
  ['maxProperties', { type: 'object', maxProperties: 1 }, { a: 1, b: 2 }],
  [
    'additionalProperties',
    { type: 'object', properties: { a: true }, additionalProperties: false },
    { a: 1, b: 2 },
  ],
  [
    'other properties',
    { type: 'object', properties: { a: true }, additionalProperties: { type: 'string' } },
    { a: 1, b: 2 },
  ],
  [
    'patternProperties',
    { type: 'object', patternProperties: { '^x_': { type: 'number' } } },
    { x_1: 'a', y: 'b' },
  ],
  [
    'names that a pointer escapes',
    { type: 'object', properties: { 'a/b~c': { type: 'string' } } },
    { 'a/b~c': 1 },
  ],
  ['anyOf', { anyOf: [{ type: 'string' }, { type: 'number', minimum: 1 }] }, 0],
  ['oneOf, no branch', { oneOf: [{ type: 'string' }, { type: 'number', minimum: 1 }] }, 0],
  ['oneOf, two branches', { oneOf: [{ type: 'number' }, { type: 'number', minimum: 1 }] }, 2],
  ['not', { not: { type: 'string' } }, 'a'],
  ['if and then', { if: { type: 'string' }, then: { minLength: 2 }, else: true }, 'a'],
  ['if and else', { if: { type: 'string' }, then: true, else: { type: 'number' } }, null],
  ['false schema', member(false), { a: 1 }],
  ['allOf', { allOf: [{ type: 'number' }, { type: 'number', minimum: 3 }] }, 1],
  [
    'several things wrong',
    { type: 'object', required: ['a'], properties: { b: { type: 'string', minLength: 3, pattern: '^z' } } },
    { b: 'x' },
  ],
];

function member(schema: Json): JsonObject {
  return { type: 'object', properties: { a: schema } };
}

let kit: Kit;
beforeAll(async () => {
  const named = Object.fromEntries(cases.map(([, schema], at) => [`S${at}`, schema]));
  const files = await emit(catalogOf(named).catalog, { importExtension: '.js', adapters: ['node'] });
  kit = await execute(new Map(files.map(({ path, code }) => [path, code])));
});

test.each(cases.map(([name, schema, value], at) => ({ name, schema, value, at })))(
  '$name',
  ({ schema, value, at }) => {
    const ajv = new Ajv({ strict: false, allErrors: true, ownProperties: true, logger: false });
    formats.default(ajv);
    expect(ajv.validate(schema, value)).toBe(false);
    const wanted = (ajv.errors ?? []).map(({ message, instancePath }) => `${instancePath}: ${message}`);
    const { issues = [] } = kit.validators[`S${at}`]!['~standard'].validate(value);
    const said = issues.map(({ message, path }) => `${pointer(path)}: ${message}`);
    // Ajv tells of its own keywords first, and of those that the generator writes after them.
    expect(said.sort()).toEqual(wanted.sort());
  },
);

function pointer(path: readonly unknown[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

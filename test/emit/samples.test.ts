import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emit } from '../../src/emit/emit.js';
import { samplesOf } from '../../src/emit/samples.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import { samples as seen } from '../specs/shipped.js';
import { catalogOf } from './catalog.js';
import { execute } from './execute.js';

/** The samples of some schemas, each of them checked by the kit's own validator. */
async function samplesFor(
  schemas: JsonObject,
): Promise<{ readonly samples: ReadonlyMap<string, Json>; readonly wrong: readonly string[] }> {
  const { catalog } = catalogOf(schemas);
  const samples = samplesOf(catalog);
  const files = await emit(catalog, { importExtension: '.js', adapters: [] });
  const kit = await execute(new Map(files.map(({ path, code }) => [path, code])));
  const wrong = [...samples].filter(
    ([name, sample]) => kit.validators[name]?.['~standard'].validate(sample).issues !== undefined,
  );
  return { samples, wrong: wrong.map(([name, sample]) => `${name}: ${JSON.stringify(sample)}`) };
}

/** Schemas of every kind, under names that say what they are. */
const kinds: JsonObject = {
  text: { type: 'string' },
  nullable: { type: ['null', 'string'] },
  nothing: { type: 'null' },
  anything: true,
  constant: { const: { a: [1] } },
  enum: { enum: [null, 'a'] },
  examples: { type: 'integer', examples: [42] },
  default: { type: 'integer', default: 42 },
  short: { type: 'string', maxLength: 2 },
  long: { type: 'string', minLength: 40 },
  ...Object.fromEntries(
    [
      'date-time',
      'date',
      'time',
      'duration',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uri',
      'uri-reference',
      'uri-template',
      'uuid',
      'json-pointer',
      'relative-json-pointer',
      'regex',
      'byte',
      'unheard-of',
    ].map((format) => [`format-${format}`, { type: 'string', format }]),
  ),
  minimum: { type: 'integer', minimum: 7 },
  maximum: { type: 'number', maximum: -3 },
  exclusive: { type: 'integer', exclusiveMinimum: 7, exclusiveMaximum: 9 },
  narrow: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.5 },
  multiple: { type: 'integer', minimum: 10, multipleOf: 7 },
  array: { type: 'array', items: { type: 'string' } },
  several: { type: 'array', items: { type: 'integer' }, minItems: 3, uniqueItems: true },
  tuple: { type: 'array', items: [{ type: 'string' }, { type: 'boolean' }] },
  object: {
    properties: { a: { type: 'string' }, b: { $ref: '#/components/schemas/array' } },
    required: ['b', 'c'],
  },
  all: {
    allOf: [
      { properties: { a: { type: 'integer' } } },
      { properties: { b: { type: 'string' } }, required: ['b'] },
    ],
  },
  any: { anyOf: [{ type: 'null' }, { type: 'object', properties: { a: { const: 1 } }, required: ['a'] }] },
  one: { oneOf: [{ type: 'string', minLength: 3 }, { type: 'integer' }] },
  'an optional pattern': { type: 'object', properties: { a: { type: 'string', pattern: '^[A-Z]{3}$' } } },
  recursive: { type: 'object', properties: { inner: { $ref: '#/components/schemas/recursive' } } },
  list: {
    type: 'object',
    properties: { children: { type: 'array', items: { $ref: '#/components/schemas/list' } } },
    required: ['children'],
  },
  'all with bounds': {
    allOf: [
      { type: 'integer', minimum: 5, maximum: 90 },
      { minimum: 10, maximum: 12 },
    ],
  },
  'all with lengths': { allOf: [{ type: 'string', minLength: 2 }, { minLength: 30 }] },
  'all with enums': { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
  'all with a word': {
    allOf: [
      {
        type: 'object',
        properties: { kind: { type: 'string' }, inner: { properties: { a: { type: 'integer' } } } },
      },
      { properties: { kind: { const: 'placed' }, inner: { required: ['a'] } }, required: ['kind', 'inner'] },
      { properties: { kind: { minLength: 1 } } },
    ],
  },
  'any of one member': {
    properties: { a: { type: 'integer' } },
    anyOf: [{ properties: { a: { type: 'string' } } }, { properties: { a: { type: 'integer' } } }],
  },
  'any nulls': { anyOf: [{ type: 'null' }, { type: 'null' }] },
  'several booleans': { type: 'array', items: { type: 'boolean' }, minItems: 2, uniqueItems: true },
  'several words': { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true },
  'several objects': {
    type: 'array',
    items: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
    minItems: 2,
    uniqueItems: true,
  },
  'no items': { type: 'array', items: { type: 'string' }, maxItems: 0 },
  'short tuple': { type: 'array', items: [{ type: 'string' }, { type: 'string' }], maxItems: 1 },
  'few members': { properties: { a: { type: 'string' }, b: { type: 'string' } }, maxProperties: 1 },
  'some members': { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2 },
  'optional patterns': {
    properties: {
      a: { allOf: [{ type: 'string', pattern: '^[A-Z]{3}$' }] },
      b: { type: 'array', items: { type: 'string', pattern: '^[A-Z]{3}$' } },
    },
  },
  tenths: { type: 'number', exclusiveMinimum: 0.3, multipleOf: 0.1 },
  'examples of another type': { type: 'integer', examples: ['42', 43] },
  'a default of another type': { properties: { a: { type: 'integer', default: 'none' } } },
  'words of another type': { type: 'string', enum: [1, 'a'] },
  closed: { type: 'object', additionalProperties: false, properties: { a: { type: 'string' } } },
  impossible: { type: 'object', properties: { a: false } },
};

test('a sample of every kind of schema is valid', async () => {
  const { samples, wrong } = await samplesFor(kinds);
  expect(wrong).toEqual([]);
  expect(samples.get('examples')).toBe(42);
  expect(samples.get('default')).toBe(42);
  expect(samples.get('enum')).toBe('a');
  expect(samples.get('object')).toEqual({ a: 'a', b: ['b'], c: 'c' });
  expect(samples.get('an optional pattern')).toEqual({});
});

describe('a schema that asks for more than there is memory', () => {
  const schemas = (count: number, width: number, required: boolean): JsonObject =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => {
        const names = Array.from({ length: width }, (__, name) => `m${name}`);
        const inner = at + 1 < count ? { $ref: `#/components/schemas/S${at + 1}` } : { type: 'string' };
        return [
          `S${at}`,
          {
            type: 'object',
            properties: Object.fromEntries(names.map((name) => [name, inner])),
            ...(required && { required: names }),
          },
        ];
      }),
    );

  test.each([
    [30, 10, false],
    [20, 4, true],
    [40, 2, true],
  ])('%i levels of %i members, required: %s', (count, width, required) => {
    const { catalog } = catalogOf(schemas(count, width, required));
    for (const [, sample] of samplesOf(catalog)) expect(JSON.stringify(sample).length).toBeLessThan(100_000);
  });
});

test.each<[string, JsonObject]>([
  ['an example', { type: 'string', examples: ['x'.repeat(100_000)] }],
  ['long texts', { type: 'array', minItems: 400, items: { type: 'string', minLength: 10_000 } }],
])('%s of many events takes a bounded place', (_, schema) => {
  const names = Array.from({ length: 200 }, (__, at) => `S${at}`);
  const { catalog } = catalogOf({
    large: schema,
    ...Object.fromEntries(names.map((name) => [name, { $ref: '#/components/schemas/large' }])),
  });
  const samples = samplesOf(catalog);
  expect(samples.size).toBeGreaterThanOrEqual(200);
  expect(JSON.stringify([...samples]).length).toBeLessThan(5_000_000);
});

test('a value does not stand inside of one of its own type where it need not', () => {
  const { catalog } = catalogOf(kinds);
  const samples = samplesOf(catalog);
  expect(samples.get('recursive')).toEqual({});
  expect(samples.get('list')).toEqual({ children: [] });
});

test('alternatives of alternatives are no more work', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => {
      const inner = { $ref: `#/components/schemas/S${Math.min(at + 1, 29)}` };
      return [`S${at}`, at === 29 ? { type: 'object' } : { allOf: [inner, inner], anyOf: [inner] }];
    }),
  );
  const { catalog } = catalogOf(schemas);
  expect(samplesOf(catalog).size).toBe(30);
});

describe('the shipped events', () => {
  const overlay = JSON.parse(
    readFileSync(new URL('../../specs/freshworks.examples.overlay.json', import.meta.url), 'utf8'),
  ) as { actions: { update: { examples: { name: string; payload: Json }[] } }[] };

  test('have the examples of the overlay from the samples that were seen', () => {
    const examples = overlay.actions.flatMap(({ update }) => update.examples);
    expect(examples.length).toBeGreaterThan(5);
    for (const { name, payload } of examples)
      expect(payload, name).toEqual(seen.find(({ file }) => file === `${name}.json`)?.payload);
  });
});

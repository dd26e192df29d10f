import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { catalogOf } from '../emit/catalog.js';

function found(schema: JsonObject): readonly string[] {
  return catalogOf({ Base: { type: 'object' }, Subject: schema }).found.map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

describe('a keyword that is spelled wrong', () => {
  test.each<[string, Json, string]>([
    ['propertes', {}, 'properties'],
    ['requierd', ['a'], 'required'],
    ['addtionalProperties', false, 'additionalProperties'],
    ['additional_properties', false, 'additionalProperties'],
    ['tpye', 'object', 'type'],
    ['Type', 'object', 'type'],
    ['enums', ['a'], 'enum'],
    ['oneof', [true], 'oneOf'],
    ['all-of', [true], 'allOf'],
    ['item', { type: 'string' }, 'items'],
    ['desciption', 'a', 'description'],
    ['minlength', 1, 'minLength'],
    ['nulable', true, 'nullable'],
    ['requred', true, 'required'],
    ['additionalProperty', false, 'additionalProperties'],
    ['property', {}, 'properties'],
    ['pattern_property', {}, 'patternProperties'],
    ['dependency', {}, 'dependencies'],
    ['type ', 'object', 'type'],
    ['\ttype', 'object', 'type'],
    ['ref', '#/components/schemas/Base', '$ref'],
  ])('%s: %j is pointed out, with %s', (key, value, meant) => {
    expect(found({ [key]: value })).toEqual([
      `keyword-misspelt: ${key} is no keyword; ${meant} is the nearest`,
    ]);
  });

  test.each<[string, Json]>([
    ['x-type', 'a'],
    ['X-Requierd', ['a']],
    ['note', 'a text is no schema'],
    ['propertes', 'a text is no map'],
    ['discriminator', { propertyName: 'kind' }],
    ['externalDocs', { url: 'https://a.example' }],
    ['xml', { name: 'a' }],
    ['example', 'a'],
    ['readOnly', true],
    ['writeOnly', true],
    ['contentEncoding', 'base64'],
    ['$comment', 'a'],
    ['$defs', {}],
    ['definitions', {}],
    ['kind', 'a'],
    ['owner', 'a team'],
    ['p'.repeat(100_000), {}],
  ])('%.20s: %j is not', (key, value) => {
    expect(found({ [key]: value })).toEqual([]);
  });
});

describe('an extension', () => {
  test.each([
    'x-enum-varnames',
    'x-enumNames',
    'x-java-class',
    'x-javaType',
    'x-go-type',
    'x-go-package',
    'x-ts-import',
    'x-csharp-namespace',
    'x-class-name',
    'x-file',
    'x-command',
    'tsType',
  ])('%s names code', (key) => {
    expect(found({ [key]: 'a.B' })).toEqual([
      'extension-ignored: the extension is meant for another generator',
    ]);
  });

  test.each([
    'x-description',
    'x-profile',
    'x-important',
    'x-classification',
    'x-prototype',
    'x-subscription',
    'x-postcode',
    'x-status-code',
    'x-content-type',
    'x-parser-schema-id',
    'x-codegen',
  ])('%s does not', (key) => {
    expect(found({ [key]: 'gold' })).toEqual([]);
  });

  test.each([true, 3])('that is %j names nothing', (value) => {
    expect(found({ 'x-class': value })).toEqual([]);
  });
});

test.each<[JsonObject, string[]]>([
  [
    { type: 'integer', enum: [1, '2', '3'] },
    ['enum-excluded: "2" and 1 more of the enum is not of type integer'],
  ],
  [{ type: 'string', enum: ['a', null] }, ['enum-excluded: null of the enum is not of type string']],
  [{ type: 'string', enum: ['a', null], nullable: true }, []],
  [{ type: ['string', 'null'], enum: ['a', null] }, []],
  [{ type: 'number', enum: [1, 2.5] }, []],
])('of %j is found %j', (schema, expected) => {
  expect(found(schema)).toEqual(expected);
});

describe('a type that nothing says', () => {
  const members = { properties: { a: { type: 'string' } } };
  const base = { $ref: '#/components/schemas/Base' };
  test.each<[string, JsonObject, number]>([
    ['beside members', members, 1],
    ['beside what is required', { required: ['a'] }, 1],
    ['beside items', { items: true }, 1],
    ['in a member', { type: 'object', properties: { a: members } }, 1],
    ['in an item', { type: 'array', items: members }, 1],
    ['in branches of one that nothing says', { ...members, anyOf: [members, members] }, 1],
    ['in a branch of a union', { anyOf: [base, members] }, 1],
    ['in a nullable schema', { allOf: [members], nullable: true }, 1],
    ['in a sibling of a typed one', { allOf: [base, members] }, 0],
    ['below a type', { type: ['object', 'null'], oneOf: [members, members] }, 0],
    ['in a condition', { type: 'object', if: members, then: { required: ['a'] } }, 0],
    ['where values alone are named', { enum: ['a'] }, 0],
  ])('%s', (_, schema, count) => {
    expect(found(schema)).toEqual(
      Array.from({ length: count }, () => expect.stringMatching(/^type-missing: /) as unknown),
    );
  });
});

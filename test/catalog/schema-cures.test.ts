import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { Rejected, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { catalogOf } from '../emit/catalog.js';

/** What is wrong with a schema. */
function fault(schema: JsonObject): Diagnostic {
  try {
    catalogOf({ Subject: schema });
  } catch (error) {
    if (error instanceof Rejected && error.diagnostics.length === 1)
      return error.diagnostics[0] as Diagnostic;
    throw error;
  }
  throw new Error('nothing is wrong with it');
}

describe('a type that is none', () => {
  const rows: readonly [word: string, meant: string, more?: string][] = [
    ['sting', 'string'],
    ['String', 'string'],
    ['strings', 'string'],
    ['interger', 'integer'],
    ['int', 'integer'],
    ['Int64', 'integer'],
    ['nubmer', 'number'],
    ['float', 'number'],
    ['bool', 'boolean'],
    ['Boolean', 'boolean'],
    ['arry', 'array'],
    ['list', 'array'],
    ['Object', 'object'],
    ['map', 'object'],
    ['None', 'null'],
    ['date-time', 'string', 'format: date-time'],
    ['uuid', 'string', 'format: uuid'],
    ['enum', 'string', 'enum'],
  ];
  test.each(rows)('%s is told to be %s', (word, meant, more) => {
    const { code, message, fix } = fault({ type: word });
    expect(code).toBe('schema-invalid');
    expect(message).toBe(
      `type must be one or more of string, integer, number, boolean, array, object, null; ${meant} is the nearest to ${word}`,
    );
    expect(fix).toBe(
      `Write \`type: ${meant}\`${more === undefined ? '' : `, with \`${more}\``}, if that was meant.`,
    );
    expect(() => catalogOf({ Subject: { type: meant } })).not.toThrow();
  });

  test('is told of in a list, too', () => {
    expect(fault({ type: ['null', 'sting'] }).fix).toBe('Write `type: string`, if that was meant.');
  });

  test.each<[Json]>([['anything'], [5], ['PropertyListing'], [{ type: 'string' }], ['s'.repeat(100_000)]])(
    'and like nothing, as %.30j, is told what there is',
    (type) => {
      const { message, fix } = fault({ type });
      expect(message).toBe(
        'type must be one or more of string, integer, number, boolean, array, object, null',
      );
      expect(fix).toMatch(/draft-07/);
    },
  );
});

test.each<[what: string, schema: JsonObject, fix: RegExp]>([
  [
    'required at the property',
    { properties: { id: { type: 'string', required: true } } },
    /in the `required` list of the object around/,
  ],
  [
    'an exclusive limit of draft-04',
    { minimum: 5, exclusiveMinimum: true },
    /the limit itself as `exclusiveMinimum`, and leave `minimum` out/,
  ],
  ['a text for a list', { required: 'id' }, /^Write a list, `required: \[ … \]`/],
  ['an object for a list', { oneOf: {} }, /^Write a list, `oneOf/],
  ['a number in quotes', { maxLength: '10' }, /^Write `10` without quotes\.$/],
  ['a flag in quotes', { uniqueItems: 'True' }, /^Write `true` without quotes\.$/],
  ['a schema in quotes', { additionalProperties: 'false' }, /^Write `false` without quotes\.$/],
  [
    'a type for a schema',
    { properties: { id: 'string' } },
    /^Write `\{ type: string \}`, if that was meant\.$/,
  ],
  [
    'a type for a schema, at a member called like a keyword',
    { properties: { required: 'bool' } },
    /`\{ type: boolean \}`/,
  ],
  ['a list for a schema', { properties: { id: ['string'] } }, /^Write a schema: an object/],
  ['what nobody knows', { maxLength: -1 }, /draft-07/],
])('%s has a cure', (_, schema, fix) => {
  expect(fault(schema).fix).toMatch(fix);
});

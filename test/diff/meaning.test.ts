import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contractOf } from '../../src/model/contract.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import type { PayloadType, Schema } from '../../src/model/catalog.js';
import { compare } from '../../src/diff/compare.js';
import { meaningIn } from '../../src/diff/meaning.js';
import { simplified } from '../../src/diff/simple.js';
import { catalogOf } from '../emit/catalog.js';
import { runs } from '../sample.js';
import { refusals } from './refusals.js';
import { spellings } from './spellings.js';
import { schemas, values } from './schemas.js';
import { pointed, verdicts } from './verdicts.js';

describe('two spellings of one schema are no change', () => {
  const rows = spellings.map(([what, one, other, beside = {}]) => ({ what, one, other, beside }));

  test.each(rows)('$what', ({ one, other, beside }) => {
    // In every place that schemas stand in: what is inside is read as what stands alone is.
    for (const place of places) {
      const [left, right] = [one, other].map((each) => catalogOf({ ...beside, A: place(each) }).catalog);
      const [before, after] = [contractOf(left!), contractOf(right!)];
      expect([compare(before, after), compare(after, before)]).toEqual([[], []]);
    }
  });
});

const places: readonly ((schema: Json) => JsonObject)[] = [
  (x) => ({ type: 'object', properties: { x } }),
  (x) => ({ type: 'object', properties: { x: { type: 'array', items: x } } }),
  (x) => ({ type: 'object', properties: { x: { type: 'array', items: [x, true] } } }),
  (x) => ({ type: 'object', additionalProperties: x }),
  (x) => ({ type: 'object', properties: { y: true }, patternProperties: { '^deprecated': x } }),
  (x) => ({ type: 'object', properties: { y: { not: x } } }),
  (x) => ({ type: 'object', properties: { y: { if: x, then: { type: 'string' } } } }),
  (x) => ({ type: 'object', properties: { y: true }, dependencies: { y: { properties: { enum: x } } } }),
  (x) => ({
    type: 'object',
    properties: { y: { allOf: [{ anyOf: [x, { const: 'text' }] }, { minLength: 1 }] } },
  }),
];

describe('what refuses a delivery that was accepted is told', () => {
  const rows = refusals.map(([what, before, after, payload, beside = {}]) => ({
    what,
    before,
    after,
    payload,
    beside,
  }));

  test.each(rows)('$what', ({ before, after, payload, beside }) => {
    const [base, head] = [before, after].map((A) => catalogOf({ ...beside, A }).catalog);
    const [was, is] = [verdicts(base!), verdicts(head!)];
    const event = base!.events.find(({ payload: type }) => type === 'A')!.name;
    expect([was(event, payload), is(event, payload)]).toEqual([true, false]);
    const levels = compare(contractOf(base!), contractOf(head!)).map(({ level }) => level);
    expect(levels.filter((level) => level !== 'safe')).not.toEqual([]);
  });
});

describe('the text of a schema', () => {
  const other: Schema = { type: 'object', required: ['a'], properties: { a: { const: 'a' } } };
  const types = new Map<string, PayloadType>([
    ['Other', { name: 'Other', module: 'shop', root: false, nested: false, schema: other }],
  ]);
  const meaning = meaningIn(types);
  const judge = (schema: Schema) => {
    const ajv = new Ajv({ strict: false, validateSchema: false, ownProperties: true, logger: false });
    return ajv.compile({ allOf: [pointed(schema)], definitions: { Other: other } });
  };

  test('stands for a schema that accepts the same', () => {
    fc.assert(
      fc.property(schemas, fc.array(values, { minLength: 10, maxLength: 30 }), (schema, some) => {
        const [is, again, plain] = [
          schema,
          JSON.parse(meaning.text(schema)) as Schema,
          simplified(schema),
        ].map(judge);
        for (const value of some) {
          expect([again!(value), plain!(value)]).toEqual([is!(value), is!(value)]);
        }
      }),
      { numRuns: runs(60, 200) },
    );
  });

  test('is its own canonical form, whatever the order of what has none', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const text = meaning.text(schema);
        expect(meaning.text(turned(schema))).toBe(text);
        expect(meaning.text(simplified(schema))).toBe(text);
      }),
      { numRuns: runs(60, 200) },
    );
  });
});

/** A schema with every list turned round whose order says nothing. */
function turned(schema: Schema): Schema {
  if (typeof schema === 'boolean') return schema;
  const entries = Object.entries(schema).map(([key, value]: [string, unknown]) => {
    if (['allOf', 'anyOf', 'oneOf'].includes(key)) return [key, (value as Schema[]).map(turned).toReversed()];
    if (['required', 'enum', 'type'].includes(key) && Array.isArray(value)) return [key, value.toReversed()];
    if (['not', 'if', 'then', 'else', 'additionalProperties'].includes(key))
      return [key, turned(value as Schema)];
    return [key, value];
  });
  return Object.fromEntries(entries.toReversed()) as Schema;
}

import type { StandardJSONSchemaV1, StandardSchemaV1 as PublishedSchema } from '@standard-schema/spec';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { EventName, EventPayloads } from '../../templates/events.js';
import { validators } from '../../templates/validators/index.js';
import {
  ownValue,
  pointerTokens,
  checkOf,
  standardSchemas,
  type Check,
  type Finding,
  type StandardSchemaV1,
  type Validate,
} from '../../templates/runtime/standard-schema.js';
import { codePointLength } from '../../templates/runtime/validation.js';

/** A validator that has made up its mind. */
function finding(...at: readonly string[]): Validate {
  const findings = at.map((instancePath): Finding => ({
    instancePath,
    keyword: 'type',
    params: { type: 'x' },
  }));
  const validate: Validate = () => findings.length === 0;
  validate.errors = findings;
  return validate;
}

describe('a check', () => {
  const validate = (check: Check, value: unknown) => check(value);

  test('passes the value on as it is', () => {
    const value = { kind: 'a' };
    expect(validate(checkOf(finding(), undefined), value)).toEqual({ value });
    expect(validate(checkOf(finding(), { path: ['kind'], value: 'a' }), value)).toEqual({ value });
  });

  test.each([
    ['', {}, []],
    ['/a/0', { a: ['x'] }, ['a', 0]],
    ['/a/0', { a: { 0: 'x' } }, ['a', '0']],
    ['/a~1b/~0', { 'a/b': {} }, ['a/b', '~']],
    ['/constructor/name', {}, ['constructor', 'name']],
    ['/0/0', [[1]], [0, 0]],
  ])('%j is a path of names and indexes', (instancePath, value, path) => {
    const schema = checkOf(finding(instancePath), undefined);
    expect(validate(schema, value)).toEqual({ issues: [{ path, message: 'must be x' }] });
  });

  test('a validator that does not say what it found has found something', () => {
    expect(
      validate(
        checkOf(() => false, undefined),
        {},
      ),
    ).toEqual({ issues: [] });
  });

  test('reports a hundred issues at most', () => {
    const schema = checkOf(finding(...Array.from({ length: 1000 }, () => '/a')), undefined);
    expect(validate(schema, {}).issues).toHaveLength(100);
  });

  test.each([
    [{ a: { kind: 'b' } }],
    [{ a: {} }],
    [{}],
    [null],
    [Object.create({ a: { kind: 'x' } })],
    [{ a: Object.create({ kind: 'x' }) as unknown }],
  ])('a narrowed event wants the word in a property of its own: %j', (value) => {
    const issues = [{ path: ['a', 'kind'], message: 'must be equal to "x"' }];
    expect(validate(checkOf(finding(), { path: ['a', 'kind'], value: 'x' }), value)).toEqual({ issues });
  });

  test('a validator that runs out of stack is an issue', () => {
    const deep: Validate = (value) => deep((value as { inner: unknown }).inner) || true;
    const cycle: { inner?: unknown } = {};
    cycle.inner = cycle;
    expect(validate(checkOf(deep, undefined), cycle)).toEqual({
      issues: [{ message: 'cannot be checked: nested too deeply', path: [] }],
    });
  });

  test('a payload that throws when touched is an issue', () => {
    const hostile = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('no');
        },
      },
    );
    expect(validate(checkOf(finding(), { path: ['a'], value: 'x' }), hostile).issues).toHaveLength(1);
  });

  test('fits the published interfaces', () => {
    type Published<T> = PublishedSchema<unknown, T> & StandardJSONSchemaV1<unknown, T>;
    expectTypeOf<StandardSchemaV1<unknown, number>>().toExtend<Published<number>>();
    expectTypeOf(validators['shop/order-paid']).toExtend<Published<EventPayloads['shop/order-paid']>>();
    const all: { readonly [N in EventName]: Published<EventPayloads[N]> } = validators;
    // @ts-expect-error another payload's schema
    const wrong: Published<{ stars: number }> = validators['shop/order-paid'];
    expect(all).toBe(validators);
    expect(wrong['~standard'].vendor).toBe('freshworks-gen');
    expect(wrong['~standard'].version).toBe(1);
  });
});

describe('as JSON Schema', () => {
  const tuple = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    items: [{ type: 'string' }, { $ref: '#/definitions/A' }],
    additionalItems: false,
    properties: { items: { items: [true] }, dependencies: { const: { items: [1] } } },
    dependencies: { a: ['b'], c: { required: ['d'] } },
    definitions: { A: { items: { type: 'null' } } },
  };
  const said = (target: string, path: readonly string[] = [], value?: string) => {
    const events = [{ name: 'a', ...(value !== undefined && { discriminator: { path, value } }) }];
    const schemas = standardSchemas<{ a: unknown }>(events, { a: finding() }, { a: tuple });
    return schemas.a['~standard'].jsonSchema.input({ target });
  };

  test('draft-07 is a copy of the schema', () => {
    expect(said('draft-07')).toEqual(tuple);
    expect(said('draft-07')).not.toBe(tuple);
  });

  test('draft-2020-12 has other words for tuples and dependencies', () => {
    expect(said('draft-2020-12')).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      prefixItems: tuple.items,
      items: false,
      properties: { items: { prefixItems: [true] }, dependencies: { const: { items: [1] } } },
      dependentRequired: { a: ['b'] },
      dependentSchemas: { c: { required: ['d'] } },
      definitions: tuple.definitions,
    });
  });

  test.each(['draft-07', 'draft-2020-12'])('%s says which event a narrowed payload is of', (target) => {
    expect(said(target, ['a', 'kind'], 'x')['allOf']).toEqual([
      { properties: { a: { properties: { kind: { const: 'x' } }, required: ['kind'] } }, required: ['a'] },
    ]);
  });

  test('there is none for another target', () => {
    expect(() => said('openapi-3.0')).toThrow(TypeError);
  });
});

test('a pointer survives its tokens', () => {
  const escape = (token: string) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a') })), (tokens) => {
      expect(pointerTokens(tokens.map(escape).join(''))).toEqual(tokens);
    }),
  );
});

test.each([
  [{ a: { b: 1 } }, ['a', 'b'], 1],
  [{ a: [5] }, ['a', '0'], 5],
  [{}, ['constructor', 'name'], undefined],
  [JSON.parse('{"__proto__":{"x":1}}'), ['__proto__', 'x'], 1],
  ['text', ['length'], undefined],
  [null, ['a'], undefined],
])('ownValue of %j at %j', (value, path, expected) => {
  expect(ownValue(value, path)).toBe(expected);
});

test('codePointLength counts as iteration does', () => {
  const unit = fc.constantFrom('a', 'é', '\u{1F600}', '\uD83D', '\uDE00');
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      expect(codePointLength(text)).toBe([...text].length);
    }),
  );
});

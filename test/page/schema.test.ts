import { expect, test } from 'vitest';
import { propertiesAt, valuesAt } from '../../src/page/schema.js';

const schema = {
  type: 'object',
  properties: {
    ticket: { $ref: '#/definitions/Ticket' },
    tags: { type: 'array', items: { enum: ['a', 'b'] } },
    pair: { type: 'array', items: [{ const: 1 }, { type: 'boolean' }] },
    action: { const: 'created', description: 'What happened.' },
  },
  patternProperties: { '^cf_': { type: ['boolean', 'null'] }, '(a+)+$': { const: 'never run' } },
  additionalProperties: { examples: ['other'] },
  definitions: {
    Ticket: {
      type: 'object',
      allOf: [{ properties: { id: { type: 'integer' } } }],
      oneOf: [{ properties: { open: { type: 'boolean', default: true } } }, { $ref: '#/definitions/More' }],
    },
    More: { properties: { again: { $ref: '#/definitions/Ticket' }, 'a/b': { type: 'string' } } },
  },
};

test.each([
  [[], ['ticket', 'tags', 'pair', 'action']],
  [['ticket'], ['id', 'open', 'again', 'a/b']],
  [
    ['ticket', 'again', 'again'],
    ['id', 'open', 'again', 'a/b'],
  ],
  [['ticket', 'id'], []],
  [['toString'], []],
])('at %j the schema knows the properties %j', (path, names) => {
  expect(propertiesAt(schema, path).map(({ name }) => name)).toEqual(names);
});

test.each([
  [
    ['tags', 7],
    ['"a"', '"b"'],
  ],
  [['pair', 0], ['1']],
  [
    ['pair', 1],
    ['true', 'false'],
  ],
  [['action'], ['"created"']],
  [
    ['ticket', 'open'],
    ['true', 'false'],
  ],
  [['cf_plant'], ['true', 'false', 'null']],
  [['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'], ['"other"']],
  [['pair', 5], []],
])('at %j the schema names the values %j', (path, values) => {
  expect(valuesAt(schema, path).map(({ json }) => json)).toEqual(values);
});

test('a property is begun with what its schema says', () => {
  const starts = propertiesAt(schema, []).map(({ name, start, type, description }) => [
    name,
    start,
    type,
    description,
  ]);
  expect(starts).toEqual([
    ['ticket', '{}', 'object', undefined],
    ['tags', '[]', 'array', undefined],
    ['pair', '[]', 'array', undefined],
    ['action', '"created"', 'any', 'What happened.'],
  ]);
});

test('a schema that refers to itself, to nothing or to no schema ends', () => {
  const loop = { $ref: '#', allOf: [{ $ref: '#/%E0%A4%A' }, true, null, { $ref: '#/definitions/gone' }] };
  expect(propertiesAt(loop, ['a', 0])).toEqual([]);
  expect(valuesAt(true, ['a'])).toEqual([]);
});

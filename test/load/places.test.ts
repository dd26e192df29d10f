import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Json, JsonArray, JsonObject } from '../../src/model/json.js';
import { createSource } from '../../src/diagnostics/source.js';
import { sourceMapOf, type Offsets } from '../../src/load/offsets.js';
import { readTree } from '../../src/load/syntax.js';
import { brief, loadText } from './folder.js';

const keys = fc
  .string({
    unit: fc.constantFrom('a', 'b', '1', ' ', '/', '~', 'é', '😀', '"', '\\'),
    minLength: 1,
    maxLength: 6,
  })
  .filter((key) => key.trim() !== '');
const { documents } = fc.letrec<{ documents: JsonObject; values: Json }>((tie) => ({
  values: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.string({ maxLength: 8 }).map((text) => text.replace(/\p{C}/gu, '')),
    fc.array(tie('values'), { maxLength: 4 }),
    tie('documents'),
  ),
  documents: fc.dictionary(keys, tie('values'), { maxKeys: 4, noNullPrototype: true }),
}));

/** Every value with its place, in the order of the document. */
function* located(name: string, text: string): Generator<{ value: Json; line: number; column: number }> {
  const origins: Offsets = new Map();
  const root = readTree(createSource(name, text), origins, () => {});
  const places = sourceMapOf(origins);
  function* walk(node: JsonObject | JsonArray): Generator<{ value: Json; line: number; column: number }> {
    for (const key of Object.keys(node)) {
      const value = (node as JsonObject)[key] as Json;
      const { line, column } = places.of(node, key)!.position;
      yield { value, line, column };
      if (value === null || typeof value !== 'object') continue;
      expect(places.of(value)).toEqual(places.of(node, key));
      yield* walk(value);
    }
  }
  yield* walk(root);
}

const layouts: readonly (readonly [name: string, write: (value: Json) => string])[] = [
  ['api.json', (value) => JSON.stringify(value, null, 2)],
  ['api.json', (value) => JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n')],
  ['flow.yaml', (value) => JSON.stringify(value, null, 1)],
  [
    'block.yaml',
    (value) =>
      stringify(value, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0, aliasDuplicateObjects: false }),
  ],
];

test.each(layouts)('each value is at its place in %s', (name, write) => {
  fc.assert(
    fc.property(documents, (document) => {
      const text = write(document);
      const lines = text.split(/\r\n|\n/u);
      for (const { value, line, column } of located(name, text)) {
        const rest = lines[line - 1]!.slice(column - 1);
        if (typeof value !== 'object' || value === null)
          expect(rest).toMatch(startingWith(JSON.stringify(value)));
        else if (name !== 'block.yaml') expect(rest[0]).toBe(Array.isArray(value) ? '[' : '{');
        else expect(rest.trim()).not.toBe('');
      }
    }),
  );
});

test('JSON has the same places as JSON and as YAML', () => {
  fc.assert(
    fc.property(documents, fc.nat(3), (document, indent) => {
      const text = JSON.stringify(document, null, indent);
      expect([...located('api.yaml', text)]).toEqual([...located('api.json', text)]);
    }),
  );
});

test('what no file holds has no place', async () => {
  const {
    documents: [document],
  } = await loadText('a: {b: [1]}');
  const { data, sourceMap } = document!;
  expect(sourceMap.of(data, 'none')).toBeUndefined();
  expect(sourceMap.of({})).toBeUndefined();
  expect(
    brief({ position: sourceMap.of((data['a'] as JsonObject)['b'] as JsonArray, 0)?.position } as never),
  ).toContain('api.yaml:1:9');
});

function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&')}`, 'u');
}

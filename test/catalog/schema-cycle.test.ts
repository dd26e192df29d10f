import { join } from 'node:path';
import { describe as suite, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../src/model/json.js';
import { schemaCycles } from '../../src/catalog/schema-cycle.js';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { describe } from '../../src/app/generate.js';
import { documentOf } from '../emit/catalog.js';
import { folder, type Files } from '../load/folder.js';

vi.setConfig({ testTimeout: 120_000 });

/** A document whose one payload is the schema `A`. */
const document = (schemas: string, payload = to('A')) => `asyncapi: 2.6.0
info: { title: Shop, version: '1' }
channels: { a: { publish: { message: { name: M, payload: ${payload} } } } }
components:
  schemas:
${schemas.replace(/^/gm, '    ')}
`;

const to = (name: string) => `{ $ref: '#/components/schemas/${name}' }`;

const cycles: readonly (readonly [name: string, schemas: string, said: string, steps: readonly string[]])[] =
  [
    ['allOf with itself', `A: { allOf: [${to('A')}] }`, 'A → A', ['6:26 A refers to A in allOf/0']],
    [
      'oneOf with itself',
      `A: { oneOf: [{ type: string }, ${to('A')}] }`,
      'A → A',
      ['6:44 A refers to A in oneOf/1'],
    ],
    ['anyOf with itself', `A: { anyOf: [${to('A')}] }`, 'A → A', ['6:26 A refers to A in anyOf/0']],
    ['not with itself', `A: { not: ${to('A')} }`, 'A → A', ['6:23 A refers to A in not']],
    ['if with itself', `A: { if: ${to('A')}, then: {} }`, 'A → A', ['6:22 A refers to A in if']],
    ['then with itself', `A: { if: {}, then: ${to('A')} }`, 'A → A', ['6:32 A refers to A in then']],
    ['else with itself', `A: { if: {}, else: ${to('A')} }`, 'A → A', ['6:32 A refers to A in else']],
    [
      'a dependency on itself',
      `A: { dependencies: { b: ${to('A')} } }`,
      'A → A',
      ['6:37 A refers to A in dependencies/b'],
    ],
    [
      'a branch of a branch',
      `A: { allOf: [{ anyOf: [{}, { not: ${to('A')} }] }] }`,
      'A → A',
      ['6:47 A refers to A in allOf/0/anyOf/1/not'],
    ],
    [
      'a base and its heir',
      `A: { type: object, oneOf: [${to('B')}] }\nB: { allOf: [${to('A')}, { type: object }] }`,
      'A → B → A',
      ['6:40 A refers to B in oneOf/0', '7:26 B refers to A in allOf/0'],
    ],
    [
      'a chain of references',
      `A: ${to('B')}\nB: { allOf: [${to('C')}] }\nC: ${to('D')}\nD: { oneOf: [${to('B')}] }`,
      'B → C → D → B',
      ['7:26 B refers to C in allOf/0', '8:16 C refers to D in $ref', '9:26 D refers to B in oneOf/0'],
    ],
    [
      'a cycle below a property',
      `A: { type: object, properties: { b: ${to('B')} } }\nB: { allOf: [${to('B')}] }`,
      'B → B',
      ['7:26 B refers to B in allOf/0'],
    ],
    [
      'a cycle below an item of a map of lists',
      `A: { additionalProperties: { items: [${to('B')}] } }\nB: { anyOf: [${to('C')}] }\nC: { anyOf: [${to('B')}] }`,
      'B → C → B',
      ['7:26 B refers to C in anyOf/0', '8:26 C refers to B in anyOf/0'],
    ],
  ];

suite('a schema that is made of itself is refused, with the place of each step:', () => {
  test.each(cycles)('%s', async (_, schemas, said, steps) => {
    const [found, ...others] = await errorsOf({ 'shop.yaml': document(schemas) });
    expect(found).toMatchObject({ code: 'schema-cycle', message: expect.stringContaining(`: ${said}`) });
    expect(found?.position).toEqual(found?.steps?.[0]?.position);
    expect(
      found?.steps?.map(({ message, position }) => `${position?.line}:${position?.column} ${message}`),
    ).toEqual(steps);
    expect(others).toEqual([]);
    expect(catalogue['schema-cycle'].exit).toBe(3);
  });

  test('each cycle of a union and its heirs', async () => {
    const schemas = `A: { oneOf: [${to('B')}, ${to('C')}] }\nB: { allOf: [${to('A')}] }\nC: { allOf: [${to('A')}] }`;
    const found = await errorsOf({ 'shop.yaml': document(schemas) });
    expect(found.map(({ message }) => message.replace(/.*: /, ''))).toEqual(['A → B → A', 'A → C → A']);
  });

  test('a cycle through files, each step in its own', async () => {
    const found = await errorsOf({
      'shop.yaml': document('A: { allOf: [{ $ref: ./b.yaml }] }'),
      'b.yaml': "oneOf: [{ $ref: 'shop.yaml#/components/schemas/A' }]",
    });
    expect(
      found.map(({ steps }) => steps?.map(({ position, message }) => [position?.file, message])),
    ).toEqual([
      [
        ['shop.yaml', 'A refers to b in allOf/0'],
        ['b.yaml', 'b refers to A in oneOf/0'],
      ],
    ]);
  });

  test('a payload that refers to itself', async () => {
    const payload = "{ allOf: [{ $ref: '#/channels/a/publish/message/payload' }] }";
    const [found] = await errorsOf({ 'shop.yaml': document('A: {}', payload) });
    expect(found?.message).toContain('#/channels/a/publish/message/payload → #/channels/a');
  });

  test('no more than twenty of a hundred', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `B${index}`);
    const schemas = [
      `A: { anyOf: [${names.map(to).join(', ')}] }`,
      ...names.map((name) => `${name}: { allOf: [${to('A')}] }`),
    ];
    expect(await errorsOf({ 'shop.yaml': document(schemas.join('\n')) })).toHaveLength(20);
  });
});

suite('is no cycle:', () => {
  const fine: readonly (readonly [name: string, schemas: string])[] = [
    ['recursion through a property', `A: { type: object, properties: { a: ${to('A')} } }`],
    ['recursion through items', `A: { type: array, items: ${to('A')} }`],
    [
      'recursion through a property of a branch',
      `A: { allOf: [{ type: object, properties: { a: ${to('A')} } }] }`,
    ],
    ['recursion through other properties', `A: { type: object, additionalProperties: ${to('A')} }`],
    [
      'one schema taken in twice',
      `A: { allOf: [${to('B')}, ${to('C')}] }\nB: { allOf: [${to('D')}] }\nC: { allOf: [${to('D')}] }\nD: { type: object }`,
    ],
    ['a property called allOf', `A: { type: object, properties: { allOf: ${to('A')}, not: ${to('A')} } }`],
    ['a cycle in an example', `A: { type: object, examples: [{ allOf: [${to('A')}] }] }`],
    ['a cycle that no payload has', `A: { type: object }\nB: { allOf: [${to('B')}] }`],
  ];
  test.each(fine)('%s', async (_, schemas) => {
    expect(await errorsOf({ 'shop.yaml': document(schemas) })).toEqual([]);
  });

  test('a chain of ten thousand', () => {
    const chain = Array.from({ length: 10_000 }, (_, index): [string, JsonObject] => [
      `S${index}`,
      { allOf: [{ $ref: `#/components/schemas/S${index + 1}` }] },
    ]);
    const shop = documentOf(Object.fromEntries([...chain, ['S10000', { type: 'string' }]]));
    expect(schemaCycles({ $ref: '#/components/schemas/S0' }, shop, new Set())).toEqual([]);
  });
});

async function errorsOf(files: Files) {
  const root = folder(files);
  try {
    await describe({ cwd: root, spec: [join(root, 'shop.yaml')] });
    return [];
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics;
    throw error;
  }
}

import fc from 'fast-check';
import { format as fromPrettier } from 'prettier';
import { describe as group, expect, test } from 'vitest';
import { contractOf, type Contract } from '../../src/model/contract.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import { compare } from '../../src/diff/compare.js';
import { describe } from '../../src/app/generate.js';
import { contractText, readContract } from '../../src/kit/contract.js';
import type { PrettierOptions } from '../../src/kit/prettier-options.js';
import { manifestPath, manifestText, parseManifest } from '../../src/kit/manifest.js';
import { format } from '../../src/output/format.js';
import { githubAfter } from '../diff/edited.js';
import { catalogOf } from '../emit/catalog.js';
import { definitions, schemas } from '../emit/schemas.js';
import { options as layouts } from '../output/layouts.js';
import { runs } from '../sample.js';

const reread = (value: Json) =>
  readContract(value, ({ path, how }) => new Error(`${path.join(' ')}: ${how}`));
const parsed = (contract: Contract) => JSON.parse(contractText(contract)) as JsonObject;

group('what is written reads back', () => {
  test('of the shipped documents', async () => {
    const contract = contractOf((await describe()).catalog);
    expect(reread(parsed(contract))).toEqual(contract);
  });

  test('of a large document', () => {
    const contract = githubAfter(() => undefined);
    expect(reread(parsed(contract))).toEqual(contract);
  });

  test('of any schemas', () => {
    fc.assert(
      fc.property(fc.array(schemas, { maxLength: 5 }), (random) => {
        const named = Object.fromEntries(random.map((schema, index) => [`S${index}`, schema]));
        const contract = contractOf(catalogOf({ ...definitions, ...named } as JsonObject).catalog);
        const read = reread(parsed(contract));
        // Which of two alike keys a text has is for the reader of JSON to say.
        expect(contractText(read)).toBe(contractText(contract));
        expect(compare(contract, read)).toEqual([]);
      }),
      { numRuns: runs(20, 60) },
    );
  });
});

test('one changed field is one changed line', async () => {
  const contracts = [
    githubAfter(() => undefined),
    githubAfter(({ schemas: all }) => {
      Object.assign(all['user']!['properties']!['login']!, {
        type: ['string', 'null'],
        description: 'Other words.',
      });
    }),
  ];
  const layOut = (code: string) => format({ path: manifestPath, code, statements: [] }, {});
  const empty = { generator: '1.0.0', options: {}, documents: [], stubs: new Map(), files: new Map() };
  const texts = contracts.map((contract) => manifestText({ ...empty, contract: () => contract }, layOut));
  const [before = [], after = []] = (await Promise.all(texts)).map((text) => text.split('\n'));
  expect(after.filter((line, index) => line !== before[index])).toHaveLength(1);
  expect(after).toHaveLength(before.length);
  const { contract } = JSON.parse(after.join('\n')) as { contract: Json };
  expect(contract).toEqual(parsed(contracts[1]!));
});

const manifestLayouts = [
  ...layouts,
  { objectWrap: 'collapse', printWidth: 320 },
  { parser: 'jsonc', trailingComma: 'none' },
  { parser: 'json-stringify' },
] satisfies PrettierOptions[];

test.each(manifestLayouts)('Prettier would lay out a manifest in the same way: %j', async (options) => {
  const layOut = (code: string) => format({ path: manifestPath, code, statements: [] }, options);
  const schema = (length: number) => ({ const: `é\u0085${'x'.repeat(length)}` });
  // Texts that end on each side of any width, names that break lines, and what is a schema in another place alone.
  const types = [...Array(360).keys()].map((length) => {
    return {
      name: `T${length}`,
      module: 'shop',
      root: length % 2 > 0,
      nested: false,
      schema: schema(length),
    };
  });
  const contract = {
    products: [],
    events: [],
    types: [...types.reverse(), { ...types[0]!, name: 'schema' }],
  };
  const stubs = new Map([
    ['schema', '__'],
    ['a "schema": "', '_'],
  ]);
  const given = { generator: '1.0.0', options: {}, documents: [], stubs, files: new Map() };
  const text = await manifestText({ ...given, contract: () => contract }, layOut);
  expect((await fromPrettier(text, { ...options, filepath: manifestPath })).trimEnd()).toBe(text.trimEnd());
  const manifest = parseManifest(Buffer.from(text), manifestPath);
  expect(manifest.stubs).toEqual(stubs);
  expect(contractText(manifest.contract!())).toBe(contractText(contract));
});

const event = { product: 'shop', handler: 'onA', payload: 'A', deliveryKey: [], contentTypes: [] };
const whole = {
  products: { shop: [[{ kind: 'basic' }]] },
  events: { 'shop/a': event },
  types: {
    A: {
      module: 'shop',
      root: true,
      schema: JSON.stringify({ type: 'object', properties: { b: { $ref: 'A' } } }),
    },
  },
};
const withType = (schema: unknown) => withText(JSON.stringify(schema));
const withText = (schema: string) => ({ ...whole, types: { A: { module: 'shop', schema } } });
/** JSON in JSON, five thousand times. */
const deep = (opening: string, closing: string) => `${opening.repeat(5_000)}1${closing.repeat(5_000)}`;

group('what nobody wrote is refused', () => {
  test('and what is whole is not', () => {
    expect(reread(whole as unknown as Json).events).toHaveLength(1);
  });

  test.each<[string, unknown, RegExp]>([
    ['no object', [], /^contract: must be object/],
    ['a section missing', { ...whole, events: undefined }, /^contract events: is missing/],
    [
      'a product of another name',
      { ...whole, products: { '../shop': [] } },
      /products \.\.\/shop: is not the name/,
    ],
    [
      'a way that is none',
      { ...whole, products: { shop: [[], [{ kind: 'trust' }]] } },
      /shop 1 0: value of tag "kind" must be in oneOf/,
    ],
    [
      'a way with more to it',
      { ...whole, products: { shop: [[{ kind: 'basic', header: 'x' }]] } },
      /shop 0 0 header: is not known/,
    ],
    ['a way by itself', { ...whole, products: { shop: [{ kind: 'basic' }] } }, /shop 0: must be array/],
    [
      'a parameter without a name',
      { ...whole, products: { shop: [[{ kind: 'query' }]] } },
      /0 0 parameter: is missing/,
    ],
    [
      'an event without a payload',
      { ...whole, events: { a: { ...event, payload: 1 } } },
      /events a payload: must be string/,
    ],
    [
      'a payload that is no type',
      { ...whole, events: { a: { ...event, payload: 'B' } } },
      /events a payload: names no type/,
    ],
    [
      'an event with more to it',
      { ...whole, events: { a: { ...event, path: '../x' } } },
      /events a path: is not known/,
    ],
    [
      'a discriminator that is none',
      { ...whole, events: { a: { ...event, discriminator: {} } } },
      /discriminator path: is missing/,
    ],
    [
      'a type that is no identifier',
      { ...whole, types: { 'A {}': { module: 'shop', schema: 'true' } } },
      /types A \{\}: is not the name/,
    ],
    ['a type without a schema', { ...whole, types: { A: { module: 'shop' } } }, /types A schema: is missing/],
    ['a keyword of another generator', withType({ tsType: 'any' }), /schema tsType: is not known/],
    ['a reference to code', withType({ $ref: 'A; B' }), /types A: refers to "A; B", which is no type/],
    ['a reference to nothing', withType({ $ref: 'B' }), /types A: refers to "B", which is no type/],
    [
      'a pattern that is none',
      withType({ patternProperties: { '(': true } }),
      /types A: holds "\(", which is no regular expression/,
    ],
    ['a type that is none', withType({ type: 'any' }), /schema type: must be equal to one of/],
    ['no types', withType({ type: [] }), /schema type: must NOT have fewer/],
    ['a limit that is text', withType({ maxLength: '5' }), /maxLength: must be number/],
    [
      'a schema that is text',
      withType({ properties: { b: 'string' } }),
      /properties b: must be object,boolean/,
    ],
    [
      'a schema that is no text',
      { ...whole, types: { A: { module: 'shop', schema: {} } } },
      /A schema: is not JSON text/,
    ],
    ['a schema in a text that is not JSON', withText('{'), /types A schema: is not JSON text/],
    ['a list of one', withType({ allOf: {} }), /allOf: must be array/],
    ['levels without end', withText(deep('{"items":', '}')), /is nested too deeply/],
    ['values without end', withText(`{"const":${deep('[', ']')}}`), /is nested too deeply/],
  ])('%s', (_, value, message) => {
    expect(() => reread(value as Json)).toThrow(message);
  });

  test('whatever a key of a whole one becomes, it is refused or compared', () => {
    const contract = contractOf(catalogOf(definitions).catalog);
    const text = JSON.stringify(parsed(contract), (name, value: unknown) =>
      name === 'schema' ? (JSON.parse(value as string) as Json) : value,
    );
    const holes = [...text.matchAll(/(?<=:)(?:"[^"]*"|true|\[\]|[0-9]+)/g)];
    fc.assert(
      fc.property(fc.nat(holes.length - 1), fc.jsonValue({ maxDepth: 2 }), (hole, value) => {
        const { index, 0: old } = holes[hole]!;
        const changed = JSON.parse(
          text.slice(0, index) + JSON.stringify(value) + text.slice(index + old.length),
          (name, each: unknown) => (name === 'schema' ? JSON.stringify(each) : each),
        ) as Json;
        let read: Contract;
        try {
          read = reread(changed);
        } catch (error) {
          expect((error as Error).message).toMatch(/^contract/);
          return;
        }
        compare(contract, read);
        compare(read, contract);
      }),
      { numRuns: runs(100, 300) },
    );
  });
});

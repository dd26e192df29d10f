import { describe, expect, test, vi } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { sample, share } from '../sample.js';
import { attack, attackWith, shop, taken, type Files } from './attack.js';

vi.setConfig({ testTimeout: 600_000 });

/** References that lead out of the folder of the document, and what each is refused as. */
const outward: readonly (readonly [ref: string, code: string])[] = [
  ['http://127.0.0.1:49151/a.yaml', 'ref-remote'],
  ['HTTP://127.0.0.1:49151/a.yaml', 'ref-remote'],
  ['https://127.0.0.1:49151/a.yaml#/components/schemas/A', 'ref-remote'],
  ['//127.0.0.1:49151/a.yaml', 'ref-remote'],
  ['\\\\127.0.0.1\\share\\a.yaml', 'ref-remote'],
  ['data:application/json,{"type":"string"}', 'ref-remote'],
  ['ftp://127.0.0.1/a.yaml', 'ref-remote'],
  ['file:///etc/passwd', 'ref-absolute'],
  ['file:../secret.yaml', 'ref-absolute'],
  ['/etc/passwd', 'ref-absolute'],
  ['C:\\Windows\\win.ini', 'ref-absolute'],
  ['../secret.yaml', 'ref-outside'],
  ['../.env', 'ref-outside'],
  ['../../../../../../../etc/passwd', 'ref-outside'],
  ['./x/../../secret.yaml#/components/schemas/Secret', 'ref-outside'],
  ['%2e%2e/secret.yaml', 'ref-outside'],
  ['..%2fsecret.yaml', 'ref-outside'],
];

/** Where a reference may stand, the reference being the one given; in data it is no reference. */
const places: readonly (readonly [place: string, spec: (ref: Json) => JsonObject])[] = [
  ['a payload', ($ref) => shop({ $ref })],
  ['a property', ($ref) => shop({ type: 'object', properties: { id: { $ref } } })],
  ['an item', ($ref) => shop({ type: 'array', items: { $ref } })],
  ['a branch', ($ref) => shop({ anyOf: [{ type: 'string' }, { $ref }] })],
  ['a negation', ($ref) => shop({ not: { $ref } })],
  ['a condition', ($ref) => shop({ if: { $ref }, then: true })],
  ['a dependency', ($ref) => shop({ dependencies: { a: { $ref } } })],
  ['a pattern of properties', ($ref) => shop({ patternProperties: { '^x': { $ref } } })],
  ['a nested definition', ($ref) => shop({ definitions: { A: { $ref } } })],
  ['a member of a const', ($ref) => shop({ const: { $ref } })],
  ['a member of an enum', ($ref) => shop({ enum: [{ $ref }] })],
  ['a default', ($ref) => shop({ default: { $ref } })],
  ['an example', ($ref) => shop({ examples: [{ $ref }] })],
  ['an unused schema', ($ref) => shop({ type: 'string' }, { components: { schemas: { A: { $ref } } } })],
  ['an unused message', ($ref) => shop({ type: 'string' }, { components: { messages: { A: { $ref } } } })],
  ['an extension', ($ref) => shop({ type: 'string' }, { 'x-any': { deep: [{ $ref }] } })],
  ['a channel', ($ref) => shop(true, { channels: { '/a': { $ref } } })],
  ['a message', ($ref) => shop(true, { channels: { '/a': { publish: { message: { $ref } } } } })],
  ['headers', ($ref) => message({ payload: {}, headers: { $ref } })],
  ['a correlation id', ($ref) => message({ payload: {}, correlationId: { $ref } })],
  ['a message trait', ($ref) => message({ payload: {}, traits: [{ $ref }] })],
  ['message bindings', ($ref) => message({ payload: {}, bindings: { $ref } })],
  ['the payload of an example', ($ref) => message({ payload: {}, examples: [{ payload: { $ref } }] })],
  ['an operation trait', ($ref) => operation({ traits: [{ $ref }] })],
  ['operation bindings', ($ref) => operation({ bindings: { $ref } })],
  [
    'a parameter',
    ($ref) =>
      shop(true, {
        channels: { '/a/{b}': { parameters: { b: { $ref } }, publish: { message: { payload: {} } } } },
      }),
  ],
  ['a server', ($ref) => shop({ type: 'string' }, { servers: { a: { $ref } } })],
  [
    'a security scheme',
    ($ref) => shop({ type: 'string' }, { components: { securitySchemes: { a: { $ref } } } }),
  ],
  [
    'x-event',
    ($ref) =>
      shop(true, { channels: { '/a': { 'x-event': { $ref }, publish: { message: { payload: {} } } } } }),
  ],
];

const data: ReadonlySet<string> = new Set([
  'a member of a const',
  'a member of an enum',
  'a default',
  'an example',
  'the payload of an example',
  'an extension',
]);

function message(node: JsonObject): JsonObject {
  return operation({ message: { name: 'a', ...node } });
}

function operation(node: JsonObject): JsonObject {
  return shop(true, { channels: { '/a': { publish: { message: { payload: {} }, ...node } } } });
}

const refused = (code: string, file = 'spec.json') => ({
  exit: 3,
  findings: expect.arrayContaining([
    expect.stringMatching(new RegExp(`^${code} ${file.replace('.', '\\.')}:\\d+:\\d+$`)),
  ]),
});

describe('a reference that leads out is refused where it stands, before anything is opened', () => {
  const rows = outward.map(([ref, code], index) => [ref, code, share(places, index, 16)] as const);

  test.each(rows)('%j, in every place', async (ref, code, itsPlaces) => {
    for (const [place, spec] of itsPlaces) {
      const outcome = await attack(spec(ref));
      if (data.has(place)) {
        // What is opened or fetched all the same, `attack` notices.
        expect(taken(outcome).warnings, place).toEqual(place === 'an extension' ? [] : ['ref-in-data']);
        continue;
      }
      expect(outcome, place).toMatchObject(refused(code));
      expect((outcome as { at: string }).at.startsWith(JSON.stringify(ref)), place).toBe(true);
    }
  });

  test.each(sample(outward, 2))('%j, from a file that the document refers to', async (ref, code) => {
    const files: Files = {
      'spec.json': JSON.stringify(shop({ $ref: 'parts/order.json#/a' })),
      'parts/order.json': JSON.stringify({ a: { properties: { b: { $ref: 'deep/more.json' } } } }),
      'parts/deep/more.json': JSON.stringify({
        items: { $ref: code === 'ref-outside' ? `../../${ref}` : ref },
      }),
    };
    expect(await attackWith(files)).toMatchObject(refused(code, 'parts/deep/more.json'));
  });

  test.each(sample(outward, 2))('%j, that an alias repeats', async (ref, code) => {
    const spec = `asyncapi: 2.6.0\ninfo: { title: a, version: '1' }\nx-a: &a { $ref: ${JSON.stringify(ref)} }\nchannels: { /a: { publish: { message: { name: a, payload: *a } } } }\n`;
    expect(await attack(spec)).toMatchObject(refused(code, 'spec.yaml'));
  });

  test.each(sample(outward, 2))('%j, that an overlay brings', async (ref, code) => {
    const update = { id: { $ref: ref } };
    const overlay = {
      overlay: '1.1.0',
      info: { title: 'a', version: '1' },
      actions: [{ target: '$..properties', update }],
    };
    const files: Files = {
      'spec.json': JSON.stringify(shop({ type: 'object', properties: {} })),
      'overlay.json': JSON.stringify(overlay),
    };
    expect(await attackWith(files, { overlay: ['overlay.json'] })).toMatchObject(
      refused(code, 'overlay.json'),
    );
  });
});

test('what is no document is not quoted', async () => {
  const spec = JSON.stringify(shop({ $ref: './.env' }));
  const outcome = await attackWith({ 'spec.json': spec, '.env': 'TOKEN: [taken-in' });
  expect(outcome).toMatchObject({ exit: 3, findings: ['yaml-syntax .env:1:17'] });
});

describe('a reference inside', () => {
  const schemas = (members: JsonObject, payload: Json = { $ref: '#/components/schemas/A' }) =>
    shop(payload, { components: { schemas: members } });
  const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });

  test.each([
    ['to itself', schemas({ A: to('A') }), '→'],
    [
      'to one that leads back',
      schemas({ A: to('B'), B: to('A') }),
      '#/components/schemas/B → #/components/schemas/A',
    ],
    ['into a circle of three', schemas({ A: to('B'), B: to('C'), C: to('B') }), '→'],
    ['to its own member', shop({ $ref: '#/channels/~1shop~1order/publish/message/payload' }), '→'],
  ])('%s is refused, the circle printed', async (_, spec, circle) => {
    const outcome = await attack(spec);
    expect(outcome).toMatchObject(refused('ref-cycle'));
    expect((outcome as { said: string }).said).toContain(circle);
  });

  test.each([
    '#/components/schemas/None',
    '#/nothing/at/all',
    '#/components/schemas/A/properties/toString',
    '#/info/title',
  ])('%j leads to no schema', async (ref) => {
    const outcome = await attack(
      schemas({ A: { type: 'object', properties: {} } }, { properties: { id: { $ref: ref } } }),
    );
    expect(outcome).toMatchObject({ exit: 3, findings: [expect.stringMatching(/ spec\.json:\d+:\d+$/)] });
  });

  test('is read as RFC 6901 has it', async () => {
    const { kit } = taken(
      await attack(schemas({ 'a/b~c d': { const: 'found' } }, { $ref: '#/components/schemas/a~1b~0c%20d' })),
    );
    expect(kit.get('payloads/shop.ts')).toContain('"found"');
  });
});

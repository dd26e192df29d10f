import { describe, expect, test, vi } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { all } from '../sample.js';
import { attack, members, shop, taken } from './attack.js';

vi.setConfig({ testTimeout: 600_000 });

test('a message with the name of a method that the parser calls is refused in words', async () => {
  const messages = { hasOwnProperty: { payload: { type: 'object' } } };
  const channels = { '/a': { publish: { message: { $ref: '#/components/messages/hasOwnProperty' } } } };
  const outcome = await attack(shop(true, { channels, components: { messages } }));
  expect(outcome).toMatchObject({ exit: 3, findings: ['asyncapi-invalid spec.json:1:1'] });
  expect((outcome as { said: string }).said).not.toMatch(/\n| at /);
});

test.each([
  [
    '1,001 members of one object',
    shop({ type: 'object', properties: members(1_001) }),
    'schema-too-large',
    '{',
  ],
  [
    '20,001 members of one enum',
    shop({ type: 'array', items: { enum: Array.from({ length: 20_001 }, (_, index) => index) } }),
    'schema-too-large',
    '[',
  ],
  [
    '1,001 branches of a union',
    shop({ oneOf: Array.from({ length: 1_001 }, () => ({ type: 'object' })) }),
    'schema-too-large',
    '[',
  ],
  [
    '65,537 characters of a description',
    shop({ type: 'object', description: 'a\n'.repeat(32_768) + 'a' }),
    'schema-too-large',
    '"',
  ],
  ['101 levels', shop(nested(101)), 'schema-too-deep', '{'],
] as const)('one more than the limits of a schema: %s', async (_, spec, code, at) => {
  expect(await attack(spec)).toMatchObject({
    exit: 3,
    findings: [expect.stringMatching(new RegExp(`^${code} spec\\.json:\\d+:\\d+$`))],
    at: expect.stringContaining(at),
  });
});

test.each([
  ['a backreference', shop({ properties: { a: { pattern: '^(a+)\\1$' } } }), 1, '"^(a+)'],
  ['a condition that looks both ways', shop({ items: { pattern: '(?=\\ba)' } }), 1, '"(?='],
  ['a count of what may start anywhere', shop({ items: { pattern: '[ab]*a[ab]{99}' } }), 1, '"[ab]'],
  ['a key', shop({ type: 'object', patternProperties: { '(.)\\1': { items: true } } }), 1, '{'],
  ['two in branches', shop({ oneOf: [{ pattern: '(.)\\1' }, { not: { pattern: '(.)\\1' } }] }), 2, '"(.)'],
  ['one that may be null', shop({ anyOf: [{ pattern: '(.)\\1' }], nullable: true }), 1, '"(.)'],
  ['one beside nullable', shop({ const: 'aa', pattern: '(.)\\1', nullable: true }), 1, '"(.)'],
] as const)(
  'a pattern that no automaton can be made of is refused where it stands: %s',
  async (_, spec, count, at) => {
    expect(await attack(spec)).toMatchObject({
      exit: 3,
      findings: Array<unknown>(count).fill(expect.stringMatching(/^pattern-not-linear spec\.json:\d+:\d+$/)),
      at: expect.stringContaining(at),
    });
  },
);

test.runIf(all)('as much as the limits of a schema allow is taken', async () => {
  const words = Array.from({ length: 20_000 }, (_, index) => index);
  const { events } = taken(
    await attack(
      shop({ type: 'object', properties: { ...members(998), word: { enum: words }, deep: nested(98) } }),
    ),
  );
  expect(events).toHaveLength(1);
});

describe('what cannot be right is refused where it stands', () => {
  const property = (schema: Json) => shop({ type: 'object', properties: { id: schema } });
  const rows: readonly [name: string, spec: JsonObject | string, code: string, at: string][] = [
    ['a pattern that is none', property({ pattern: '(' }), 'pattern-invalid', '"("'],
    [
      'a key pattern that is none',
      shop({ type: 'object', patternProperties: { '[': true } }),
      'pattern-invalid',
      'true',
    ],
    ['a description that is an object', property({ description: { x: 1 } }), 'schema-invalid', '{'],
    ['properties that are a list', shop({ type: 'object', properties: [] }), 'schema-invalid', '[]'],
    ['required that is a text', shop({ type: 'object', required: 'id' }), 'schema-invalid', '"id"'],
    ['an enum of nothing', property({ enum: [] }), 'schema-invalid', '[]'],
    ['a type that is none', property({ type: 'any' }), 'schema-invalid', '"any"'],
    ['a type of no types', property({ type: [] }), 'schema-invalid', '[]'],
    ['a schema that is a text', property('string'), 'schema-invalid', '"string"'],
    ['a schema that is null', property(null), 'schema-invalid', 'null'],
    ['a minimum that is a text', property({ minimum: '1' }), 'schema-invalid', '"1"'],
    ['a length below nothing', property({ minLength: -1 }), 'schema-invalid', '-1'],
    ['a length that is broken', property({ maxLength: 1.5 }), 'schema-invalid', '1.5'],
    ['a multiple of nothing', property({ multipleOf: 0 }), 'schema-invalid', '0'],
    ['allOf of nothing', property({ allOf: [] }), 'schema-invalid', '[]'],
    ['items that are a text', property({ type: 'array', items: 'string' }), 'schema-invalid', '"string"'],
    ['a reference that is a number', property({ $ref: 5 }), '', '5'],
    [
      'a reference to nothing',
      property({ $ref: '#/components/schemas/none' }),
      '',
      '"#/components/schemas/none"',
    ],
    ['an open enum without an enum', property({ 'x-open-enum': true }), 'event-extension-invalid', 'true'],
    [
      'a number without end',
      'asyncapi: 2.6.0\ninfo: {title: a, version: "1"}\nchannels: {/a: {publish: {message: {payload: {const: .inf}}}}}',
      '',
      '.inf',
    ],
    [
      'a number that is none',
      'asyncapi: 2.6.0\ninfo: {title: a, version: "1"}\nchannels: {/a: {publish: {message: {payload: {enum: [.nan]}}}}}',
      '',
      '.nan',
    ],
    [
      'x-event with a stranger',
      shop(true, {
        channels: {
          '/a': { 'x-event': { product: 'a', command: 'rm' }, publish: { message: { payload: true } } },
        },
      }),
      'event-extension-invalid',
      '"rm"',
    ],
    [
      'a header in a delivery key that cannot be',
      shop(true, {
        channels: {
          '/a': {
            'x-event': { deliveryKey: ['$message.header#/a\r\nb'] },
            publish: { message: { payload: true } },
          },
        },
      }),
      'event-extension-invalid',
      '[',
    ],
    [
      'a media type that cannot be',
      shop(true, {
        channels: {
          '/a': { 'x-event': { contentTypes: ['text/plain\r\nx'] }, publish: { message: { payload: true } } },
        },
      }),
      'event-extension-invalid',
      '[',
    ],
  ];
  test.each(rows)('%s', async (_, spec, code, at) => {
    const outcome = await attack(spec);
    expect(outcome).toMatchObject({
      exit: 3,
      findings: [expect.stringMatching(new RegExp(`^${code}.* spec\\.(?:json|yaml):\\d+:\\d+$`))],
    });
    expect((outcome as { at?: string }).at?.slice(0, at.length)).toBe(at);
  });

  test.each(['X-Token\r\nX-Admin: 1', 'X Token', 'X:Token', 'Tökén', ''])(
    'a header called %j',
    async (name) => {
      const securitySchemes = { token: { type: 'httpApiKey', in: 'header', name } };
      const message = { name: 'a', payload: { type: 'object', properties: { id: { type: 'string' } } } };
      const spec = shop(true, {
        channels: { '/a': { publish: { security: [{ token: [] }], message } } },
        components: { securitySchemes },
      });
      const outcome = await attack(spec);
      expect(outcome).toMatchObject({ exit: 3, findings: [expect.stringMatching(/^header-name-invalid /)] });
      expect((outcome as { at?: string }).at?.startsWith(JSON.stringify(name))).toBe(true);
    },
  );

  const signatures: readonly [string, JsonObject][] = [
    ['algorithm', { algorithm: 'md5' }],
    ['encoding', { algorithm: 'hmac-sha256', encoding: 'rot13' }],
  ];
  test.each(signatures)('a signature of an unknown %s', async (_, signature) => {
    const securitySchemes = {
      token: { type: 'httpApiKey', in: 'header', name: 'X', 'x-signature': signature },
    };
    const message = { name: 'a', payload: { type: 'object' } };
    const channels = { '/a': { publish: { security: [{ token: [] }], message } } };
    expect(await attack(shop(true, { channels, components: { securitySchemes } }))).toMatchObject({
      exit: 3,
      findings: [expect.stringMatching(/^event-extension-invalid /)],
      at: expect.stringMatching(/^\{\s+"algorithm"/),
    });
  });
});

function nested(levels: number): JsonObject {
  let schema: JsonObject = { type: 'string' };
  for (let level = 0; level < levels; level += 1) schema = { not: schema };
  return schema;
}

import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { execute } from '../emit/execute.js';
import { kitFaults } from '../emit/program.js';
import { all, sample } from '../sample.js';
import { attack, members, shop, taken, type Taken } from './attack.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Every kit that was taken, to be compiled together in the end. */
const kits = new Map<string, Taken>();

/** Generates, loads what comes out, and keeps it for the compiler. */
async function inert(name: string, spec: JsonObject | string) {
  const outcome = taken(await attack(spec));
  kits.set(name.replace(/[^a-z]+/gi, '-'), outcome);
  const kit = await execute(outcome.kit);
  expect('PWNED' in globalThis).toBe(false);
  expect((kit as object as { then?: unknown }).then).toBe(undefined);
  return { ...outcome, run: kit };
}

afterAll(() => {
  const files = sample([...kits], 3).flatMap(([name, { kit }]) =>
    [...kit].map(([path, text]) => [`${name}/${path}`, text] as const),
  );
  expect(kitFaults(new Map(files))).toEqual([]);
});

const strange = [
  '*/ globalThis.PWNED=1; /*',
  '**//globalThis.PWNED=1',
  '*/*/globalThis.PWNED=1//',
  '/*/ globalThis.PWNED=1',
  '/ globalThis.PWNED=1',
  'a\rglobalThis.PWNED=1',
  'a\u2028globalThis.PWNED=1',
  '*\r/ globalThis.PWNED=1',
  '@ts-nocheck',
  '@ts-expect-error',
  'eslint-disable',
  '@jsx globalThis.PWNED',
  '/// <reference path="../../../../etc/passwd" />',
  '//# sourceMappingURL=http://127.0.0.1/x',
  '# sourceMappingURL=data:,x',
  '//@ sourceURL=x',
  '/*# sourceMappingURL=x */',
  "'",
  '"',
  '`',
  '\\',
  '${globalThis.PWNED=1}',
  'trailing \\',
  "'; globalThis.PWNED=1; '",
  '"; globalThis.PWNED=1; "',
  '`;globalThis.PWNED=1;`',
  '</script><script>globalThis.PWNED=1</script>',
  '%0aglobalThis.PWNED=1',
  '\u202eglobalThis.PWNED',
  '\ufeff',
  'a\u200bb',
  '$&',
  '$1',
  "$'",
];

describe('text that would end its comment, its literal or its line', () => {
  test('is inert in every place for words', async () => {
    const words = (text: string) => ({ title: text, description: text, summary: text });
    const some = sample(strange, 8);
    const channels = some.map((text, index) => {
      const schema = {
        ...words(text),
        type: 'object',
        deprecated: true,
        properties: {
          id: { type: 'string', description: text, enum: ['a'], title: text },
          inside: {
            ...words(text),
            type: 'object',
            properties: { id: { description: text, type: 'string' } },
          },
          list: {
            type: 'array',
            description: text,
            items: { description: text, oneOf: [{ type: 'string' }, { type: 'object', description: text }] },
          },
        },
      };
      const { summary: _, ...described } = schema;
      const message = {
        name: `m${index}`,
        ...words(text),
        payload: described,
        examples: [{ name: text, summary: text, payload: { id: text } }],
      };
      return [
        `/shop/order-${index}`,
        {
          description: text,
          publish: { operationId: `onOrder${index}`, summary: text, description: text, message },
        },
      ];
    });
    const info = { title: 'Shop', version: strange[0]!, description: strange.join('\n') };
    const { warnings, events } = await inert(
      'words',
      shop(true, { info, channels: Object.fromEntries(channels) as JsonObject }),
    );
    expect(events).toHaveLength(some.length);
    expect(warnings).toContain('text-invisible');
  });

  const plain = strange.filter((text) => !/[\u200b\u202e\ufeff\u2028\r]/.test(text));
  test('round-trips as enum, const, default and member of an object', async () => {
    const members = Object.fromEntries(plain.map((text) => [text, { const: text }]));
    const payload = { type: 'object', required: plain, properties: members, default: members };
    const { run } = await inert('literals', shop(payload));
    const whole = Object.fromEntries(plain.map((text) => [text, text]));
    const { validate } = run.validators['shop/order']!['~standard'];
    expect(validate(whole).issues).toBe(undefined);
    for (const text of plain)
      expect(validate({ ...whole, [text]: `${text}!` }).issues?.map(({ path }) => path)).toEqual([[text]]);
  });

  test('round-trips as a member of an enum, hidden characters included', async () => {
    const payload = { type: 'object', properties: { word: { enum: strange } } };
    const { run, warnings } = await inert('enums', shop(payload));
    const { validate } = run.validators['shop/order']!['~standard'];
    for (const text of strange) expect(validate({ word: text }).issues, text).toBe(undefined);
    expect(validate({ word: 'other' }).issues).toHaveLength(1);
    expect(warnings).toEqual(['text-invisible']);
  });

  test('round-trips as the name of an event, a product, a discriminator', async () => {
    // AsyncAPI itself takes no query and no fragment in an address, and braces are its parameters.
    const usable = plain.filter((text) => !/[?#{]/.test(text));
    expect(usable.length).toBeGreaterThan(15);
    const channels = usable.map((text, index) => {
      const event = {
        product: text,
        discriminator: { pointer: '/kind', value: text },
        deliveryKey: [],
        contentTypes: [],
      };
      const payload = { type: 'object', properties: { kind: { type: 'string' } } };
      return [
        `channel${index}`,
        { address: `/${text}`, 'x-event': event, messages: { [text]: { payload } } },
      ];
    });
    const info = { title: 'Shop', version: '1.0.0' };
    const spec = { asyncapi: '3.0.0', info, channels: Object.fromEntries(channels) as JsonObject };
    const { run, kit } = await inert('events', spec);
    expect(run.routes.map(({ name }) => name).sort()).toEqual([...usable].sort());
    expect(
      [...kit.keys()].filter(
        (path) => !/^(?:runtime\/adapters\/node|[a-z0-9-]+(\/[a-z0-9-]+)?)\.ts$/.test(path),
      ),
    ).toEqual([]);
    for (const name of usable) {
      expect(run.validators[name]!['~standard'].validate({ kind: name }).issues).toBe(undefined);
      expect(run.validators[name]!['~standard'].validate({ kind: `${name}!` }).issues).toHaveLength(1);
    }
  });
});

describe('what is meant for other generators', () => {
  const code = 'process.exit(); globalThis.PWNED = 1';
  test.each([
    'tsType',
    'tsEnumNames',
    'x-enum-varnames',
    'x-enumNames',
    'javaType',
    'x-java-class',
    'x-go-package',
    'x-ts-import',
    'x-file',
    'x-command',
  ])('%s is not read', async (key) => {
    const value = /names/i.test(key) ? [code] : code;
    const inside = { type: 'string', enum: ['a'], [key]: value };
    const { kit, warnings } = taken(
      await attack(shop({ type: 'object', [key]: value, properties: { id: inside } })),
    );
    expect(warnings).toEqual(['extension-ignored']);
    expect([...kit.values()].filter((text) => text.includes('PWNED'))).toEqual([]);
  });
});

test('extensions beside schemas are not read either', async () => {
  const code = 'process.exit(); globalThis.PWNED = 1';
  const own = { 'x-class': code, 'x-command': code, 'x-file': '../secret.yaml', 'x-parser-schema-id': code };
  const message = { name: 'a', payload: { type: 'object', ...own }, bindings: { http: own }, ...own };
  const channels = { '/a': { publish: { operationId: 'onA', message, traits: [own], ...own }, ...own } };
  const info = { title: 'Shop', version: '1', ...own };
  const { kit } = await inert('extensions', shop(true, { info, channels, components: own, ...own }));
  expect([...kit.values()].filter((text) => /PWNED|secret\.yaml/.test(text))).toEqual([]);
});

test.each([
  'http://json-schema.org/draft-04/schema#',
  'https://json-schema.org/draft/2019-09/schema',
  'https://json-schema.org/draft/2020-12/schema',
  'http://127.0.0.1:49151/schema',
])('the draft %s is named, and not fetched', async ($schema) => {
  const id = { $id: 'http://127.0.0.1:49151/id', type: 'string' };
  const { warnings } = taken(await attack(shop({ $schema, type: 'object', properties: { id, other: id } })));
  expect(warnings).toEqual(['schema-draft']);
});

describe('names', () => {
  const inherited = ['constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'default', 'then'];

  test('that objects have by nature are names like any other', async () => {
    const schemas = Object.fromEntries(
      inherited.map((name) => [
        name,
        { type: 'object', required: [name], properties: { [name]: { type: 'string' } } },
      ]),
    );
    const channels = Object.fromEntries(
      inherited.map((name) => [
        `/${name}`,
        {
          publish: {
            operationId: name,
            message: { name, payload: { $ref: `#/components/schemas/${name}` } },
          },
        },
      ]),
    );
    const { run } = await inert('inherited', shop(true, { channels, components: { schemas } }));
    for (const name of inherited) {
      const { validate } = run.validators[name]!['~standard'];
      expect(validate({}).issues, name).toHaveLength(1);
      expect(validate({ [name]: 5 }).issues, name).toHaveLength(1);
      expect(validate({ [name]: 'a' }).issues, name).toBe(undefined);
    }
  });

  test.each([
    '"]); process.exit(1); ("',
    'A {}\nglobalThis.PWNED=1;\ninterface B',
    '`${process.exit()}`',
    'process.exit()',
  ])('that carry code, such as %j, are pointed out wherever a name is made of them', async (code) => {
    const named = { publish: { operationId: code, message: { name: 'A', payload: { type: 'object' } } } };
    const keyed = { publish: { message: { $ref: '#/components/messages/a' } } };
    const titled = {
      type: 'object',
      properties: { a: { type: 'object', title: code, properties: { b: true } } },
    };
    const message = { payload: { $ref: `#/components/schemas/${escaped(code)}` } };
    const { warnings } = taken(await attack(shop(true, { channels: { '/a': named } })));
    expect(warnings).toEqual(['name-sanitised']);
    const schemas = { [code]: { type: 'object' } };
    const components = { messages: { a: message }, schemas };
    expect(taken(await attack(shop(true, { channels: { '/a': keyed }, components }))).warnings).toEqual([
      'name-sanitised',
    ]);
    expect(taken(await attack(shop(titled))).warnings).toEqual(['name-sanitised']);
  });

  test.each(['ticket-created', 'Ticket (v2)', 'shop/{id}/order.placed', 'Größe & Co.'])(
    'that are only words, such as %j, are not',
    async (words) => {
      const named = {
        publish: { operationId: words, message: { name: words, payload: { type: 'object', title: words } } },
      };
      expect(taken(await attack(shop(true, { channels: { '/a': named } }))).warnings).toEqual([]);
    },
  );

  test('that mean something in a schema are names like any other, too', async () => {
    const keywords =
      '$ref $id id $schema $defs definitions title description type enum const format properties required items allOf anyOf oneOf not if then else extends default examples tsType tsEnumNames deprecated additionalProperties patternProperties dependencies nullable $data x-open-enum x-event';
    const names = keywords.split(' ');
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'integer' }]));
    const nested = {
      type: 'object',
      required: names,
      properties: { ...properties, hasOwnProperty: { type: 'string' } },
    };
    const { run } = await inert(
      'keywords',
      shop({ type: 'object', required: names, properties: { ...properties, nested } }),
    );
    const { validate } = run.validators['shop/order']!['~standard'];
    const whole = Object.fromEntries(names.map((name) => [name, 1]));
    expect(validate({ ...whole, nested: whole }).issues).toBe(undefined);
    const wrong = Object.fromEntries(names.map((name) => [name, 'a']));
    expect(
      validate(wrong)
        .issues?.map(({ path }) => path[0])
        .sort(),
    ).toEqual([...names].sort());
    expect(validate({ ...whole, nested: { ...wrong, hasOwnProperty: 5 } }).issues).toHaveLength(
      names.length + 1,
    );
  });

  test('tell the branches of a union apart like any other word', async () => {
    const words = ['', 'a', ...inherited];
    const branch = (word: string) => ({
      type: 'object',
      required: ['constructor', 'value'],
      properties: { constructor: { const: word }, value: { enum: [word] } },
    });
    const { run } = await inert('tags', shop({ oneOf: words.map(branch) }));
    const { validate } = run.validators['shop/order']!['~standard'];
    for (const word of words) {
      expect(validate({ constructor: word, value: word }).issues, word).toBe(undefined);
      expect(validate({ constructor: word, value: `${word}!` }).issues, word).toBeDefined();
    }
    expect(validate({ value: '' }).issues).toBeDefined();
  });

  test('that look or spell alike are kept', async () => {
    const names = ['caf\u0435', 'cafe', 'ticket-created', 'ticket_created', 'TicketCreated'];
    const channels = names.map((name) => {
      const payload = { type: 'object', properties: { name: { const: name } } };
      return [`/${name}`, { 'x-event': { product: name }, publish: { message: { name, payload } } }];
    });
    const { run, kit, warnings } = await inert(
      'alike',
      shop(true, { channels: Object.fromEntries(channels) as JsonObject }),
    );
    expect(run.routes.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(new Set([...kit.keys()].map((path) => path.toLowerCase())).size).toBe(kit.size);
    expect(warnings).toEqual(['name-changed', 'name-confusable']);
    for (const name of names)
      expect(
        names.filter(
          (other) => run.validators[name]!['~standard'].validate({ name: other }).issues === undefined,
        ),
      ).toEqual([name]);
  });

  const proto = (text: string) =>
    shop({ type: 'object', properties: { id: { type: 'string' } } }, JSON.parse(text) as JsonObject);
  const everywhere: readonly [string, JsonObject][] = [
    [
      'a property',
      shop({ type: 'object', properties: JSON.parse('{"__proto__": {"type": "string"}}') as Json }),
    ],
    [
      'a pattern of properties',
      shop({ type: 'object', patternProperties: JSON.parse('{"__proto__": {"type": "string"}}') as Json }),
    ],
    ['a member of a const', shop({ const: JSON.parse('{"__proto__": 1}') as Json })],
    ['a member of an enum', shop({ enum: [JSON.parse('{"a": {"__proto__": 1}}') as Json] })],
    ['a channel', proto('{"channels": {"__proto__": {"publish": {"message": {"payload": {}}}}}}')],
    ['a schema', proto('{"components": {"schemas": {"__proto__": {"type": "string"}}}}')],
    ['a message', proto('{"components": {"messages": {"__proto__": {"payload": {}}}}}')],
    ['an extension', proto('{"x-any": {"__proto__": 1}}')],
  ];
  test.each(everywhere)('__proto__ as %s is refused', async (_, spec) => {
    expect(await attack(spec)).toMatchObject({ exit: 3, at: expect.stringMatching(/^"__proto__"/) });
  });

  test.each(['\u202e', '\u200b', '\ufeff', '\u2066', '\u00ad', '\u{e0041}', '\u0007'])(
    'with the hidden %j are refused where they are shown',
    async (hidden) => {
      const name = `a${hidden}b`;
      const id = { type: 'string' };
      const object = { type: 'object', properties: { id } };
      const refused = { exit: 3, findings: [expect.stringMatching(/^name-rejected spec\.json:\d+:\d+$/)] };
      expect(await attack(shop({ type: 'object', properties: { [name]: id } }))).toMatchObject(refused);
      expect(await attack(shop({ type: 'object', required: [name] }))).toMatchObject(refused);
      // The parser itself takes no control characters in a channel.
      const channels = { [`/${name}`]: { publish: { message: { payload: object } } } };
      const findings = [expect.stringMatching(/^(?:name-rejected|asyncapi-invalid) spec\.json:\d+:\d+$/)];
      expect(await attack(shop(true, { channels }))).toMatchObject({ exit: 3, findings });
      const message = { payload: { $ref: `#/components/schemas/${encodeURIComponent(name)}` } };
      expect(
        await attack(
          shop(true, {
            channels: { '/a': { publish: { message } } },
            components: { schemas: { [name]: object } },
          }),
        ),
      ).toMatchObject(refused);
    },
  );

  test('of any length and script are sanitised', async () => {
    const names = [
      'emoji 🎫',
      '店',
      '42',
      'x'.repeat(10_000),
      `${'x'.repeat(10_000)}y`,
      '../../evil',
      '..\\evil',
      '/etc/cron.d/x',
      'C:\\x',
      '.',
      '..',
      'CON',
      'nul.ts',
      'node_modules',
      '.git/hooks/x',
      'Ünïcode',
      'A {}\nglobalThis.PWNED=1;\ninterface B',
    ];
    const channels = names.map((name, index) => {
      const payload = {
        type: 'object',
        title: name,
        properties: {
          [`in ${name}`]: { type: 'object', title: name, properties: { [name]: { type: 'string' } } },
        },
      };
      return [
        `/event-${index}`,
        {
          'x-event': { product: name.replaceAll('\n', ' ') },
          publish: { operationId: name, message: { name, payload } },
        },
      ];
    });
    const { kit, run } = await inert(
      'names',
      shop(true, { channels: Object.fromEntries(channels) as JsonObject }),
    );
    const word = String.raw`[\p{Ll}\p{Lo}\p{M}\p{Nd}-]{1,90}`;
    const form = new RegExp(String.raw`^(?:runtime/adapters/node|${word}(?:/${word})?)\.ts$`, 'u');
    expect([...kit.keys()].filter((path) => !form.test(path))).toEqual([]);
    const onDisk = [...kit.keys()].map((path) => path.normalize('NFKC').toUpperCase().toLowerCase());
    expect(new Set(onDisk).size).toBe(kit.size);
    expect(run.routes).toHaveLength(names.length);
  });
});

describe('what is odd is taken as it is meant', () => {
  test('scalars mean what YAML 1.2 says, and what JSON says', async () => {
    const payload =
      'asyncapi: 2.6.0\ninfo: {title: a, version: "1"}\nchannels: {/a: {publish: {message: {name: a, payload: {enum: [no, on, 012, 2026-01-01, -0, 9007199254740993, 1e3, 0x1F, ~]}}}}}';
    const { run } = await inert('scalars', payload);
    const accepted = (value: unknown) =>
      run.validators['a']!['~standard'].validate(value).issues === undefined;
    expect(['no', 'on', 12, '2026-01-01', 0, 1000, 31, null].map(accepted)).toEqual(
      Array.from({ length: 8 }, () => true),
    );
    expect([false, true, 10, '012', 'null'].map(accepted)).toEqual(Array.from({ length: 5 }, () => false));
  });

  test('keywords of other drafts are named, $data and $id do nothing, an unknown format describes', async () => {
    const payload = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'http://127.0.0.1:9/one',
      type: 'object',
      properties: {
        a: { $id: 'http://127.0.0.1:9/one', type: 'string', format: 'made-up' },
        b: { const: { $data: '1/a' } },
        c: { type: 'number', unevaluatedProperties: false },
      },
    };
    const { run, warnings } = await inert('drafts', shop(payload));
    expect(warnings).toEqual(['keyword-ignored', 'schema-draft']);
    const { validate } = run.validators['shop/order']!['~standard'];
    expect(validate({ a: 'x', b: { $data: '1/a' } }).issues).toBe(undefined);
    expect(validate({ a: 'x', b: 'x' }).issues).toHaveLength(1);
  });

  test('thousands of members of an enum and of an object, a list of 40 lists, recursion', async () => {
    const many = all ? 1_000 : 100;
    const words = Array.from({ length: 10 * many }, (_, index) => `word ${index}`);
    const lists = Array.from({ length: 40 }).reduce<JsonObject>((items) => ({ type: 'array', items }), {
      type: 'string',
    });
    const Tree = {
      type: 'object',
      properties: {
        left: { $ref: '#/components/schemas/Tree' },
        all: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
        leaf: { type: 'integer' },
      },
    };
    const payload = {
      type: 'object',
      properties: {
        word: { enum: words },
        many: { type: 'object', properties: members(many) },
        lists,
        tree: { $ref: '#/components/schemas/Tree' },
      },
    };
    const { run } = await inert('large', shop(payload, { components: { schemas: { Tree } } }));
    const { validate } = run.validators['shop/order']!['~standard'];
    expect(
      validate({
        word: `word ${10 * many - 1}`,
        many: { [`m${many - 1}`]: 'a' },
        tree: { left: { all: [{ leaf: 1 }] } },
      }).issues,
    ).toBe(undefined);
    expect(
      validate({ word: 'word', many: { [`m${many - 1}`]: 5 }, tree: { left: { all: [{ leaf: 'a' }] } } })
        .issues?.map(({ path }) => path.join('.'))
        .sort(),
    ).toEqual([`many.m${many - 1}`, 'tree.left.all.0.leaf', 'word']);
  });

  test('objects within objects as deep as a document goes', async () => {
    let payload: JsonObject = { type: 'string' };
    for (let level = 0; level < 115; level += 1) payload = { type: 'object', properties: { inner: payload } };
    const { run, kit } = await inert('deep', shop(payload));
    const around = (value: unknown) => Array.from({ length: 115 }).reduce((inner) => ({ inner }), value);
    const { validate } = run.validators['shop/order']!['~standard'];
    expect(validate(around('a')).issues).toBe(undefined);
    expect(validate(around(5)).issues).toHaveLength(1);
    expect(kit.get('payloads/shop.ts')?.match(/^export interface \w{1,80} /gm)).toHaveLength(115);
  });

  test('many members of one object that are each narrower than their type', async () => {
    const many = Object.fromEntries(
      Array.from({ length: all ? 1_000 : 200 }, (_, index) => [
        `m${index}`,
        { type: 'string', maxLength: 5, enum: ['a', 'b'], description: 'One.' },
      ]),
    );
    const { run } = await inert(
      'narrow',
      shop({ type: 'object', required: Object.keys(many), properties: many }),
    );
    expect(run.validators['shop/order']!['~standard'].validate({}).issues).toHaveLength(100);
  });
});

test('a long chain of schemas is as many types, and a validator that reaches the last', async () => {
  const length = all ? 3_000 : 300;
  const schemas = Object.fromEntries(
    Array.from({ length }, (_, index): [string, Json] => {
      const last = index === length - 1;
      const member = last ? { type: 'string' } : { $ref: `#/components/schemas/S${index + 1}` };
      return [`S${index}`, { type: 'object', properties: { [last ? 'id' : 'next']: member } }];
    }),
  );
  const message = { payload: { $ref: `#/components/schemas/S${length - 3}` } };
  const long = { payload: { $ref: '#/components/schemas/S0' } };
  const channels = { '/end': { publish: { message } }, '/start': { publish: { message: long } } };
  const { run } = await inert('chain', shop(true, { channels, components: { schemas } }));
  const validate = run.validators['end']!['~standard'].validate;
  expect(validate({ next: { next: { id: 'a' } } }).issues).toBe(undefined);
  expect(validate({ next: { next: { id: 5 } } }).issues).toHaveLength(1);
});

/** A name as a reference spells it. */
function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

import { symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { brief, folder, loadIn, loadText, type Files } from './folder.js';

const plain = (value: Json | undefined): Json => JSON.parse(JSON.stringify(value)) as Json;

function* refsOf(value: Json): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value as JsonObject)) {
    if (key === '$ref' && typeof member === 'string') yield member;
    yield* refsOf(member);
  }
}

describe('files beside the document', () => {
  test('stand under x-external, and every reference points inside', async () => {
    const root = folder({
      'specs/api.yaml': [
        'json: {$ref: "data%20types.json#/a~1b"}',
        'channels:',
        '  a: {$ref: "./common/channels.yaml#/a"}',
        'whole: {$ref: common/schemas.yaml}',
        'own: {$ref: "#/whole"}',
      ].join('\n'),
      'specs/common/channels.yaml': 'a:\n  payload: {$ref: "schemas.yaml#/Ticket"}',
      'specs/common/schemas.yaml':
        'Ticket: {properties: {self: {$ref: "#/Ticket"}, back: {$ref: ../api.yaml#/own}, all: {$ref: "#"}}}',
      'specs/data types.json': '{"a/b": {"type": "string"}}',
    });
    const { documents, errors } = await loadIn(root, ['specs/api.yaml']);
    expect(errors).toEqual([]);
    const { data, sourceMap, inputs } = documents[0]!;
    const schemas = '#/x-external/common~1schemas.yaml';
    expect(plain(data)).toEqual({
      channels: { a: { $ref: '#/x-external/common~1channels.yaml/a' } },
      whole: { $ref: schemas },
      json: { $ref: '#/x-external/data%20types.json/a~1b' },
      own: { $ref: '#/whole' },
      'x-external': {
        'common/channels.yaml': { a: { payload: { $ref: `${schemas}/Ticket` } } },
        'common/schemas.yaml': {
          Ticket: {
            properties: {
              self: { $ref: `${schemas}/Ticket` },
              back: { $ref: '#/own' },
              all: { $ref: schemas },
            },
          },
        },
        'data types.json': { 'a/b': { type: 'string' } },
      },
    });
    const external = data['x-external'] as JsonObject;
    expect(Object.keys(external)).toEqual(['common/channels.yaml', 'common/schemas.yaml', 'data types.json']);
    expect(sourceMap.of(external)).toBeUndefined();
    expect(sourceMap.of(external['common/schemas.yaml'] as JsonObject, 'Ticket')?.position).toEqual({
      file: 'specs/common/schemas.yaml',
      line: 1,
      column: 9,
    });
    expect(inputs.map(({ path }) => path.slice(root.length + 1))).toEqual([
      'specs/api.yaml',
      'specs/common/channels.yaml',
      'specs/common/schemas.yaml',
      'specs/data types.json',
    ]);
  });

  test('may lie in the folder of --ref-root', async () => {
    const root = folder({
      'specs/api.yaml': 'a: {$ref: ../common/a.yaml#/A}',
      'common/a.yaml': 'A: {$ref: "./b.yaml"}',
      'common/b.yaml': 'B: 1',
      'common-other/a.yaml': 'A: 1',
    });
    const { documents } = await loadIn(root, ['specs/api.yaml'], { refRoot: join(root, 'common') });
    expect([...refsOf(documents[0]!.data)]).toEqual([
      '#/x-external/..~1common~1a.yaml/A',
      '#/x-external/..~1common~1b.yaml',
    ]);
  });

  test('are the same data for every document, in objects of their own', async () => {
    const root = folder({
      'a.yaml': 'a: {$ref: c.yaml}',
      'b.yaml': 'b: {$ref: ./c.yaml}',
      'c.yaml': 'x: {$ref: "#/y"}\ny: 1',
    });
    const { documents } = await loadIn(root, ['a.yaml', 'b.yaml']);
    const [one, other] = documents.map(({ data }) => (data['x-external'] as JsonObject)['c.yaml']);
    expect(one).toEqual(other);
    expect(one).not.toBe(other);
  });

  test('leave x-external to a document that refers to none but itself', async () => {
    const root = folder({ 'api.yaml': 'a: {$ref: "api.yaml#/b"}\nb: 1\nx-external: {c: 1}' });
    const { documents, errors } = await loadIn(root, ['api.yaml']);
    expect(errors).toEqual([]);
    expect(documents[0]?.data).toEqual({ a: { $ref: '#/b' }, b: 1, 'x-external': { c: 1 } });
  });

  test('are named by the document, an overlay adds references like any other', async () => {
    const root = folder({
      'specs/api.yaml': 'a: {}',
      'specs/b.yaml': 'B: 1',
      'overlays/o.yaml':
        'overlay: 1.1.0\ninfo: {title: t, version: "1"}\nactions: [{target: $.a, update: {$ref: b.yaml#/B}}]',
    });
    const overlays = [{ path: join(root, 'overlays/o.yaml'), shipped: false }];
    const { documents } = await loadIn(root, ['specs/api.yaml'], { overlays });
    expect(documents[0]?.data['a']).toEqual({ $ref: '#/x-external/b.yaml/B' });
    expect(documents[0]?.inputs.map(({ path }) => path.slice(root.length + 1))).toEqual([
      'specs/api.yaml',
      'overlays/o.yaml',
      'specs/b.yaml',
    ]);
  });
});

const secret = 'PASSWORD: do-not-show-this';
type Row = readonly [name: string, files: Files, expected: readonly string[], refRoot?: string];
const rejected: readonly Row[] = [
  [
    'a path above the folder',
    { 'specs/api.yaml': 'a: {$ref: ../secret.yaml}', 'secret.yaml': secret },
    ['ref-outside specs/api.yaml:1:11'],
  ],
  [
    'a path above the folder that does not exist',
    { 'specs/api.yaml': 'a: {$ref: ../none.yaml}' },
    ['ref-outside specs/api.yaml:1:11'],
  ],
  [
    'an encoded path above the folder',
    { 'specs/api.yaml': 'a: {$ref: "%2e%2e%2fsecret.yaml"}', 'secret.yaml': secret },
    ['ref-outside specs/api.yaml:1:11'],
  ],
  ['the folder above', { 'specs/api.yaml': 'a: {$ref: ..}' }, ['ref-outside specs/api.yaml:1:11']],
  [
    'a path that goes down and up again',
    { 'specs/api.yaml': 'a: {$ref: x/../../secret.yaml}', 'secret.yaml': secret },
    ['ref-outside specs/api.yaml:1:11'],
  ],
  [
    'a sibling with the same beginning',
    { 'specs/api.yaml': 'a: {$ref: ../specs-evil/a.yaml}', 'specs-evil/a.yaml': secret },
    ['ref-outside specs/api.yaml:1:11'],
  ],
  [
    'a path beside the ref root',
    { 'specs/api.yaml': 'a: {$ref: ../common-other/a.yaml}', 'common/x': '', 'common-other/a.yaml': secret },
    ['ref-outside specs/api.yaml:1:11'],
    'common',
  ],
  ['a ref root that is not there', { 'specs/api.yaml': 'a: 1' }, ['ref-root-missing'], 'common'],
  [
    'a reference of a file that leads out',
    {
      'specs/api.yaml': 'a: {$ref: b.yaml}',
      'specs/b.yaml': 'x:\n  $ref: ../secret.yaml',
      'secret.yaml': secret,
    },
    ['ref-outside specs/b.yaml:2:9'],
  ],
  [
    'a reference beside what is referred to',
    { 'specs/api.yaml': 'a: {$ref: "b.yaml#/x"}', 'specs/b.yaml': 'x: 1\ny: {$ref: /etc/passwd}' },
    ['ref-absolute specs/b.yaml:2:11'],
  ],
  [
    'a remote reference of a file',
    { 'specs/api.yaml': 'a: {$ref: b.yaml}', 'specs/b.yaml': 'x: {$ref: "http://127.0.0.1:1/"}' },
    ['ref-remote specs/b.yaml:1:11'],
  ],
  [
    'a remote reference under an alias',
    { 'specs/api.yaml': 'a: &a {$ref: "http://127.0.0.1:1/"}\nb: *a' },
    ['ref-remote specs/api.yaml:1:14'],
  ],
  ['an absolute path', { 'specs/api.yaml': 'a: {$ref: /etc/passwd}' }, ['ref-absolute specs/api.yaml:1:11']],
  ['a missing file', { 'specs/api.yaml': 'a: {$ref: none.yaml}' }, ['ref-file-missing specs/api.yaml:1:11']],
  [
    'a folder',
    { 'specs/api.yaml': 'a: {$ref: sub}', 'specs/sub/x': '' },
    ['ref-file-missing specs/api.yaml:1:11'],
  ],
  [
    'a file that is no document',
    { 'specs/api.yaml': 'a: {$ref: .env}', 'specs/.env': 'PASSWORD=do-not-show-this' },
    ['root-not-object specs/.env:1:1'],
  ],
  [
    'a file that is no YAML',
    { 'specs/api.yaml': 'a: {$ref: key.pem}', 'specs/key.pem': 'x: do-not-show-this: [\n' },
    ['yaml-syntax specs/key.pem:1:4'],
  ],
  [
    'a duplicate key in a file that is no document',
    { 'specs/api.yaml': 'a: {$ref: .env}', 'specs/.env': 'do-not-show-this: 1\ndo-not-show-this: 2' },
    ['key-duplicate specs/.env:2:1'],
  ],
  [
    'a reference to what is no document',
    { 'specs/api.yaml': 'a: {$ref: "./.env#/x"}', 'specs/.env': 'x: {$ref: do-not-show-this}' },
    ['ref-file-missing specs/.env:1:11'],
  ],
  [
    'a text file of 17 MiB',
    { 'specs/api.yaml': 'a: {$ref: big.yaml}', 'specs/big.yaml': Buffer.alloc(17 << 20, '#') },
    ['file-too-large specs/api.yaml:1:11'],
  ],
  [
    'a file when x-external is taken',
    { 'specs/api.yaml': 'a: {$ref: b.yaml}\nx-external: {}', 'specs/b.yaml': 'b: 1' },
    ['ref-shelf-taken specs/api.yaml:1:11'],
  ],
  [
    'a missing member of another file',
    { 'specs/api.yaml': 'a: {$ref: "b.yaml#/y"}', 'specs/b.yaml': 'b: 1' },
    ['ref-missing specs/api.yaml:1:11'],
  ],
  [
    'a circle through files',
    { 'specs/api.yaml': 'a: {$ref: "b.yaml#/b"}', 'specs/b.yaml': 'b: {$ref: "api.yaml#/a"}' },
    ['ref-cycle specs/api.yaml:1:11'],
  ],
  [
    '501 files',
    {
      'specs/api.yaml': Array.from({ length: 501 }, (_, n) => `k${n}: {$ref: f${n}.yaml}`).join('\n'),
      ...Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`specs/f${n}.yaml`, 'a: 1'])),
    },
    ['ref-too-much specs/api.yaml:501:14'],
  ],
];

for (const [name, files, expected, refRoot] of rejected) {
  test(`rejects ${name}`, async () => {
    const root = folder(files);
    const more = refRoot === undefined ? {} : { refRoot: join(root, refRoot) };
    const { errors } = await loadIn(root, ['specs/api.yaml'], more);
    expect(errors.map(brief)).toEqual(expected);
    expect(JSON.stringify(errors)).not.toContain('do-not-show-this');
  });
}

describe('links', { skip: process.platform === 'win32' }, () => {
  test('that lead out are refused, those that stay inside are followed', async () => {
    const root = folder({
      'specs/api.yaml':
        'a: {$ref: out.yaml}\nb: {$ref: dir/secret.yaml}\nc: {$ref: in.yaml}\nd: {$ref: real.yaml}',
      'specs/real.yaml': 'x: 1',
      'secret.yaml': secret,
    });
    symlinkSync(join(root, 'secret.yaml'), join(root, 'specs/out.yaml'));
    symlinkSync(root, join(root, 'specs/dir'));
    symlinkSync('real.yaml', join(root, 'specs/in.yaml'));
    const { errors } = await loadIn(root, ['specs/api.yaml']);
    expect(errors.map(brief)).toEqual(['ref-outside specs/api.yaml:1:11', 'ref-outside specs/api.yaml:2:11']);
    expect(JSON.stringify(errors)).not.toContain('do-not-show-this');
  });

  test('two names of one file are one file; a document may be a link itself', async () => {
    const root = folder({
      'real/doc.yaml': 'a: {$ref: in.yaml}\nb: {$ref: b.yaml}',
      'specs/b.yaml': 'x: {$ref: api.yaml#/a}',
    });
    symlinkSync('b.yaml', join(root, 'specs/in.yaml'));
    symlinkSync(join(root, 'real/doc.yaml'), join(root, 'specs/api.yaml'));
    const { documents } = await loadIn(root, ['specs/api.yaml']);
    expect([...refsOf(documents[0]!.data)]).toEqual(['#/x-external/b.yaml', '#/x-external/b.yaml', '#/a']);
  });
});

test('no connection is opened', async () => {
  let connections = 0;
  const server = createServer();
  server.on('connection', () => (connections += 1));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.yaml`;
  try {
    const { errors } = await loadText(
      `a: {$ref: "${url}"}\nexample: {$ref: "${url}#/x"}\nproperties: {$ref: "${url}"}`,
    );
    expect(errors.map(brief)).toEqual(['ref-remote api.yaml:1:11', 'ref-remote api.yaml:3:20']);
    expect(connections).toBe(0);
  } finally {
    server.close();
  }
});

const inside: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
  ['a reference that leads nowhere', 'a: {$ref: "#/b"}', ['ref-missing api.yaml:1:11']],
  [
    'every wrong reference',
    'a: {$ref: "#/b"}\nc: {$ref: "#/d"}',
    ['ref-missing api.yaml:1:11', 'ref-missing api.yaml:2:11'],
  ],
  ['a reference through null', 'a:\nb: {$ref: "#/a/x"}', ['ref-missing api.yaml:2:11']],
  ['a reference through text', 'a: x\nb: {$ref: "#/a/x"}', ['ref-missing api.yaml:2:11']],
  ['a reference to what every object inherits', 'a: {$ref: "#/toString"}', ['ref-missing api.yaml:1:11']],
  [
    'a reference of a property called example',
    'properties: {example: {$ref: "#/b"}}',
    ['ref-missing api.yaml:1:30'],
  ],
  ['a number', 'a: {$ref: 1}', ['ref-not-text api.yaml:1:11']],
  ['an object', 'a: {$ref: {x: 1}}', ['ref-not-text api.yaml:1:11']],
  ['an anchor', 'a: {$ref: "#b"}', ['ref-malformed api.yaml:1:11']],
  ['a reference to itself', 'a: {$ref: "#/a"}', ['ref-cycle api.yaml:1:11']],
  [
    'two that lead to each other',
    'a: {$ref: "#/b"}\nb: {$ref: "#/a"}\nc: {$ref: "#/a"}',
    ['ref-cycle api.yaml:1:11'],
  ],
  [
    'a text of a file',
    'a: {description: {$ref: ./a.md}, summary: {$ref: "notes.txt#x"}, title: {$ref: "http://x/a.md"}}',
    ['ref-in-text api.yaml:1:25', 'ref-in-text api.yaml:1:50', 'ref-in-text api.yaml:1:80'],
  ],
];

test.each(inside)('rejects %s', async (_, text, expected) => {
  expect((await loadText(text)).errors.map(brief)).toEqual(expected);
});

test('says the first twenty of a hundred', async () => {
  const text = Array.from({ length: 100 }, (_, index) => `a${index}: {$ref: "#/none"}`).join('\n');
  const { errors } = await loadText(text);
  expect(errors.map(brief)).toEqual(
    Array.from({ length: 20 }, (_, index) => `ref-missing api.yaml:${index + 1}:${index < 10 ? 12 : 13}`),
  );
});

test('prints a circle', async () => {
  const { errors } = await loadText('a: {$ref: "#/b"}\nb: {$ref: "#/c"}\nc: {$ref: "#/a"}');
  expect(errors[0]?.message).toBe('These references lead only to each other: #/a → #/b → #/c → #/a.');
  expect(errors[0]?.steps?.map(({ message, position }) => `${position?.line} ${message}`)).toEqual([
    '1 #/b',
    '2 #/c',
    '3 #/a',
  ]);
});

const slashes: readonly (readonly [text: string, fix: RegExp])[] = [
  ['a/b: {}\nx: {$ref: "#/a/b"}', /`#\/a~1b`/],
  ['m: {a/b/c: {d/e: {}}}\nx: {$ref: "#/m/a/b/c/d/e"}', /`#\/m\/a~1b~1c\/d~1e`/],
  ['m: {a: {}, a/b: {}}\nx: {$ref: "#/m/a/b"}', /`#\/m\/a~1b`/],
  ['m: {/a: {}}\nx: {$ref: "#/m//a"}', /`#\/m\/~1a`/],
  ['m: {a/b: {}}\nx: {$ref: "#/m/a/c"}', /^Correct the pointer/],
  ['m: {a: {}}\nx: {$ref: "#/m/b"}', /^Correct the pointer/],
];

test.each(slashes)('in %s, a slash in a name is explained where the name is there', async (text, fix) => {
  const { errors } = await loadText(text);
  expect(errors.map(brief)).toEqual(['ref-missing api.yaml:2:11']);
  expect(errors[0]?.fix).toMatch(fix);
});

const inData: readonly (readonly [name: string, text: string, warnings: readonly string[]])[] = [
  ['what is no reference in an example', 'example: {$ref: "%zz"}', ['ref-in-data api.yaml:1:17']],
  ['a file in an example', 'example: {x: {$ref: ./a.yaml}}', ['ref-in-data api.yaml:1:21']],
  ['a URL in a default', 'default: [{$ref: "http://x"}]', ['ref-in-data api.yaml:1:18']],
  ['an absolute path in a const', 'const: {$ref: /etc/passwd}', ['ref-in-data api.yaml:1:15']],
  ['a file above in an enum', 'enum: [{$ref: ../a.yaml}]', ['ref-in-data api.yaml:1:15']],
  [
    'a file in a message example',
    'messages: {m: {examples: [{payload: {$ref: "./a.yaml"}}, {$ref: b.md}]}}',
    ['ref-in-data api.yaml:1:44', 'ref-in-data api.yaml:1:65'],
  ],
  ['a place in an example', 'example: {$ref: "#/nowhere"}', []],
  ['anything in an extension', 'x-a: {$ref: ./none.yaml, b: [{$ref: "http://x"}]}', []],
  ['a number in an extension', 'x-a: {$ref: 5}', []],
];

test.each(inData)('leaves %s as it is', async (_, text, warnings) => {
  const { documents, errors, warnings: found } = await loadText(text);
  expect(errors).toEqual([]);
  expect(found.map(brief)).toEqual(warnings);
  const before = (await loadText(text.replaceAll('$ref', '$data'))).documents[0]!.data;
  expect(JSON.stringify(documents[0]!.data)).toBe(JSON.stringify(before).replaceAll('$data', '$ref'));
});

test('what is referred to in an extension is part of the document', async () => {
  const { errors } = await loadText(
    'a: {$ref: "#/x-parts/b"}\nx-parts: {b: {c: {$ref: "#/none"}}, d: {$ref: e.yaml}}',
  );
  expect(errors.map(brief)).toEqual(['ref-missing api.yaml:2:25']);
});

const accepted: readonly (readonly [name: string, text: string])[] = [
  ['a property called $ref', 'properties: {$ref: {type: string}}'],
  [
    'a property called $ref below one called properties',
    'properties: {properties: {properties: {$ref: {}}}}',
  ],
  [
    'properties called example and default',
    'properties: {example: {$ref: "#/a"}, default: {$ref: "#/a"}}\na: {}',
  ],
  ['a message called default', 'messages: {default: {$ref: "#/a"}}\na: {}'],
  [
    'data that looks like a reference',
    'example: {$ref: "#/nowhere"}\nenum: [{$ref: "#/nowhere"}]\nconst: {$ref: 5}',
  ],
  ['null, text and lists in data', 'example: [null, text, [1], {a: null}]'],
  ['recursion through a property', 'a: {properties: {a: {$ref: "#/a"}}}'],
  ['recursion through an item', 'a: {items: {$ref: "#/b"}}\nb: {$ref: "#/a"}'],
  ['escapes of RFC 6901', 'a/b~c d: {}\nx: {$ref: "#/a~1b~0c%20d"}\ny: {$ref: "#/a~1b~0c d"}'],
  ['a reference into an array', 'a: [{}]\nx: {$ref: "#/a/0"}'],
];

test.each(accepted)('accepts %s as it is', async (_, text) => {
  const { documents, errors } = await loadText(text);
  expect(errors.map(brief)).toEqual([]);
  expect([...refsOf(documents[0]!.data)]).toEqual(
    [...text.matchAll(/\$ref: "([^"]*)"/gu)].map((match) => match[1]),
  );
});

describe('a pointer through other references', () => {
  test('is made straight, over files and further references', async () => {
    const root = folder({
      'api.yaml':
        'a: {$ref: "#/b"}\nb: {$ref: "c.yaml#/C"}\nx: {$ref: "#/a/in/deep"}\ny: {$ref: "c.yaml#/D/deep"}',
      'c.yaml': 'C: {in: {$ref: "#/D"}}\nD: {deep: {}}',
    });
    const { documents, errors } = await loadIn(root, ['api.yaml']);
    expect(errors.map(brief)).toEqual([]);
    expect(documents[0]?.data['x']).toEqual({ $ref: '#/x-external/c.yaml/D/deep' });
    expect(documents[0]?.data['y']).toEqual({ $ref: '#/x-external/c.yaml/D/deep' });
  });

  test('passes through 256 others, and not through one more', async () => {
    const through = (count: number): string => {
      const links = Array.from({ length: count }, (_, index) => `r${index}: {$ref: "#/r${index + 1}/x"}`);
      return [...links, `r${count}: {x: {$ref: "#/r${count}"}}`].join('\n');
    };
    expect((await loadText(through(257))).errors.map(brief)).toEqual([]);
    expect((await loadText(through(258))).errors.map(brief)).toEqual(['ref-missing api.yaml:1:12']);
  });

  test('stays as it is where AsyncAPI 3 wants a message referred to through its channel', async () => {
    const root = folder({
      'api.yaml':
        'channels: {a: {$ref: a.yaml}}\noperations: {o: {messages: [{$ref: "#/channels/a/messages/m"}]}}',
      'a.yaml': 'messages: {m: {}}',
    });
    const { documents } = await loadIn(root, ['api.yaml']);
    expect([...refsOf(documents[0]!.data)]).toEqual(['#/x-external/a.yaml', '#/channels/a/messages/m']);
  });

  test.each([
    ['a: {$ref: "#/a/b"}', ['ref-missing api.yaml:1:11']],
    ['a: {$ref: "#/b/x"}\nb: {$ref: "#/a/x"}', ['ref-missing api.yaml:1:11', 'ref-missing api.yaml:2:11']],
    [
      'a: {$ref: "#/b"}\nb: {$ref: "#/none"}\nc: {$ref: "#/a/x"}',
      ['ref-missing api.yaml:2:11', 'ref-missing api.yaml:3:11'],
    ],
  ])('that never arrives is rejected: %j', async (text, expected) => {
    expect((await loadText(text)).errors.map(brief)).toEqual(expected);
  });
});

test('what a reference leads to is no data, wherever it stands', async () => {
  const { errors } = await loadText('a: {$ref: "#/example/x"}\nexample: {x: {y: {$ref: "#/nowhere"}}}');
  expect(errors.map(brief)).toEqual(['ref-missing api.yaml:2:25']);
});

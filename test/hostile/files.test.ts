import { describe, expect, test, vi } from 'vitest';
import { sample } from '../sample.js';
import { attack, attackWith, shop, taken } from './attack.js';

vi.setConfig({ testTimeout: 600_000 });

/** A document whose one payload is the given text. */
const yaml = (payload: string) =>
  `asyncapi: 2.6.0
info: { title: Shop, version: 1.0.0 }
channels: { /shop/order: { publish: { operationId: onOrder, message: { name: Order, payload: ${payload} } } } }
`;

const before = 'asyncapi: 2.6.0\ninfo: { title: Shop, version: 1.0.0 }\n';

function bomb(levels: number): string {
  const lines = Array.from({ length: levels }, (_, level) => {
    const item = level === 0 ? 'lol' : `*a${level - 1}`;
    return `  a${level}: &a${level} [${Array(9).fill(item).join(', ')}]`;
  });
  return `${before}x-bomb:\n${lines.join('\n')}\n`;
}

function chain(length: number): string {
  const lines = Array.from({ length }, (_, index) =>
    index === 0 ? '  a0: &a0 { k0: 1 }' : `  a${index}: &a${index} { <<: *a${index - 1}, k${index}: 1 }`,
  );
  return `${before}x-chain:\n${lines.join('\n')}\n`;
}

function tower(levels: number): string {
  return '{"properties":{"a":'.repeat(levels) + '{}' + '}}'.repeat(levels);
}

const json = (payload: string) => JSON.stringify(shop('PAYLOAD')).replace('"PAYLOAD"', payload);
const words = (count: number) => `[${Array.from({ length: count }, (_, index) => `"w${index}"`).join(',')}]`;
const many = (count: number) => Array.from({ length: count }, (_, index) => `"m${index}":{}`).join(',');

const rows: readonly (readonly [
  name: string,
  file: string,
  content: string | Uint8Array,
  finding: string,
])[] = [
  ['aliases of aliases, 6 levels', 'a.yaml', bomb(6), 'yaml-alias-expansion a.yaml:8:17'],
  ['aliases of aliases, 9 levels', 'a.yaml', bomb(9), 'yaml-alias-expansion a.yaml:8:17'],
  ['3,000 merge keys in a chain', 'a.yaml', chain(3000), 'yaml-alias-expansion a.yaml:255:17'],
  ['brackets 5,000 deep in YAML', 'a.yaml', yaml('['.repeat(5000)), 'nesting-too-deep a.yaml:3:346'],
  ['brackets 5,000 deep in JSON', 'a.json', json('['.repeat(5000)), 'nesting-too-deep a.json:1:412'],
  ['a schema of 400 levels in YAML', 'a.yaml', yaml(tower(400)), 'nesting-too-deep a.yaml:3:2488'],
  ['a schema of 400 levels in JSON', 'a.json', json(tower(400)), 'nesting-too-deep a.json:1:2550'],
  ['50 MB', 'a.yaml', `# ${'x'.repeat(50_000_000)}`, 'file-too-large'],
  [
    '200,000 properties',
    'a.json',
    json(`{"properties":{${many(200_000)}}}`),
    'schema-too-large a.json:1:175',
  ],
  [
    '2,000 properties of one object',
    'a.json',
    json(`{"properties":{${many(2_000)}}}`),
    'schema-too-large a.json:1:175',
  ],
  [
    '2^20 members of an enum',
    'a.json',
    json(`{"enum":${words(2 ** 20)}}`),
    'nodes-too-many a.json:1:9888930',
  ],
  ['50,000 members of an enum', 'a.yaml', yaml(`{"enum":${words(50_000)}}`), 'schema-too-large a.yaml:3:102'],
  ['a key twice in YAML', 'a.yaml', `${before}info: 1\n`, 'key-duplicate a.yaml:3:1'],
  ['a key twice in JSON', 'a.json', '{"info": 1,\n "inf\\u006f": 2}', 'key-duplicate a.json:2:2'],
  ['two documents', 'a.yaml', `${yaml('{}')}---\na: 1\n`, 'yaml-several-documents a.yaml:4:1'],
  ['a tab that indents', 'a.yaml', `${before}channels:\n\t/a: {}\n`, 'yaml-tab a.yaml:4:1'],
  [
    'UTF-16, least byte first',
    'a.yaml',
    Buffer.from(`\ufeff${yaml('{}')}`, 'utf16le'),
    'text-not-utf8 a.yaml:1:1',
  ],
  [
    'UTF-16, most byte first',
    'a.yaml',
    Buffer.from(`\ufeff${yaml('{}')}`, 'utf16le').swap16(),
    'text-not-utf8 a.yaml:1:1',
  ],
  [
    'invalid UTF-8',
    'a.yaml',
    Buffer.from([...Buffer.from('a: é\nb: '), 0xc3, 0x28]),
    'text-not-utf8 a.yaml:2:4',
  ],
  ['a control character', 'a.yaml', 'a: "\u001b[2J"', 'text-control-character a.yaml:1:5'],
  ['nothing', 'a.yaml', '', 'text-empty a.yaml:1:1'],
  ['nothing, in JSON', 'a.json', '', 'text-empty a.json:1:1'],
  ['a list', 'a.yaml', '[]', 'root-not-object a.yaml:1:1'],
  ['a list in JSON', 'a.json', '[]', 'root-not-object a.json:1:1'],
  ['a number', 'a.yaml', '42', 'root-not-object a.yaml:1:1'],
  ['a number in JSON', 'a.json', '42', 'root-not-object a.json:1:1'],
  ['!!js/function', 'a.yaml', yaml('!!js/function "globalThis.PWNED = 1"'), 'yaml-tag a.yaml:3:94'],
  ['!!js/regexp', 'a.yaml', yaml('{ pattern: !!js/regexp /a/ }'), 'yaml-tag a.yaml:3:105'],
  ['!!python/object/apply', 'a.yaml', yaml('!!python/object/apply:os.system ["id"]'), 'yaml-tag a.yaml:3:94'],
  ['a tag of its own', 'a.yaml', yaml('!include ../secret.yaml'), 'yaml-tag a.yaml:3:94'],
  ['a tag by its address', 'a.yaml', yaml('!<tag:shop.example,2026:order> {}'), 'yaml-tag a.yaml:3:94'],
  ['a number without end', 'a.yaml', yaml('{ maximum: -.inf }'), 'number-not-finite a.yaml:3:105'],
  ['a number that is none', 'a.yaml', yaml('{ default: .nan }'), 'number-not-finite a.yaml:3:105'],
  ['a number too large for one', 'a.json', json('{"const":1e400}'), 'number-not-finite a.json:1:170'],
  ['a document that is not AsyncAPI', 'a.yaml', 'openapi: 3.1.0', 'asyncapi-missing a.yaml:1:10'],
  ['a version that is none', 'a.yaml', yaml('{}').replace('2.6.0', '9.9.9'), 'asyncapi-missing a.yaml:1:11'],
];

describe('a file that no document is in', () => {
  test.each(sample(rows, 14))('%s', async (_, file, content, finding) => {
    expect(await attackWith({ [file]: content })).toMatchObject({ exit: 3, findings: [finding] });
  });

  test('that is not there', async () => {
    expect(await attackWith({ 'a.yaml': 'a: 1' }, { spec: 'b.yaml' })).toMatchObject({
      exit: 2,
      findings: ['file-missing'],
    });
  });
});

describe('what changes nothing of what is written', () => {
  const text = yaml('{ type: object, description: "1\n 2", properties: { id: { type: string } } }');

  test.each([
    ['a byte order mark', `\ufeff${text}`],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['a comment', `# */\n${text}`],
  ])('%s', async (_, variant) => {
    const { kit } = taken(await attack(text));
    expect(taken(await attack(variant)).kit).toEqual(kit);
  });

  test('the same scalars from JSON', async () => {
    const scalars = '{ enum: [no, on, 012, 0o14, 2026-01-01, -0, 9007199254740993, 1e3, ~, "", true] }';
    const same = '{"enum":["no","on",12,12,"2026-01-01",0,9007199254740993,1000,null,"",true]}';
    const [fromYaml, fromJson] = [await attack(yaml(scalars)), await attackWith({ 'spec.yaml': json(same) })];
    expect(taken(fromYaml).kit).toEqual(taken(fromJson).kit);
    expect(taken(fromYaml).warnings).toEqual(['number-inexact']);
  });
});

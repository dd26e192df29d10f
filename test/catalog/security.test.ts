import { join } from 'node:path';
import { describe as suite, expect, test } from 'vitest';
import { contractOf, type Contract } from '../../src/model/contract.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import { compare } from '../../src/diff/compare.js';
import { emitEvents } from '../../src/emit/events.js';
import { describe } from '../../src/app/generate.js';
import { contractText, readContract } from '../../src/kit/contract.js';
import { runIn } from '../cli/command.js';
import { folder } from '../load/folder.js';

type Security = readonly Readonly<Record<string, readonly []>>[] | undefined;

const schemes = {
  basic: { type: 'http', scheme: 'Basic' },
  token: { type: 'httpApiKey', in: 'header', name: 'X-Token' },
  TOKEN: { type: 'httpApiKey', in: 'header', name: 'x-token' },
  key: { type: 'httpApiKey', in: 'query', name: 'key' },
  cookie: { type: 'httpApiKey', in: 'cookie', name: 'session' },
  oauth: { type: 'oauth2', flows: {} },
  signed: {
    type: 'httpApiKey',
    in: 'header',
    name: 'X-Freshworks-Signature',
    'x-signature': { algorithm: 'hmac-sha256', encoding: 'base64' },
  },
  plain: {
    type: 'httpApiKey',
    in: 'header',
    name: 'X-Freshworks-Signature',
    'x-signature': { algorithm: 'hmac-sha256' },
  },
  hex: {
    type: 'httpApiKey',
    in: 'header',
    name: 'X-FRESHWORKS-SIGNATURE',
    'x-signature': { algorithm: 'hmac-sha256', encoding: 'hex' },
  },
} satisfies Record<string, JsonObject>;

const documentOf = (security: Security, servers: Security, securitySchemes: object = schemes) => ({
  asyncapi: '2.6.0',
  info: { title: 'Shop', version: '1' },
  servers: { s: { url: 'https://shop.example', protocol: 'https', ...(servers && { security: servers }) } },
  channels: {
    'shop/sold': {
      publish: {
        operationId: 'sold',
        ...(security && { security }),
        message: { name: 'sold', payload: { type: 'object', properties: { id: { type: 'string' } } } },
      },
    },
  },
  components: { securitySchemes },
});

async function catalogOf(document: object) {
  const root = folder({ 'shop.json': JSON.stringify(document) });
  return { ...(await describe({ spec: [join(root, 'shop.json')] })), root };
}

async function contract(security: Security, servers?: Security): Promise<Contract> {
  return contractOf((await catalogOf(documentOf(security, servers))).catalog);
}

const basic = [{ kind: 'basic' }];
const token = [{ kind: 'header', header: 'X-Token' }];

const rows: readonly [
  what: string,
  security: Security,
  servers: Security,
  authentication: Json,
  list: string,
  comment: string,
][] = [
  [
    'nothing said',
    undefined,
    undefined,
    [],
    'not described',
    'The documents do not say how its deliveries authenticate.',
  ],
  [
    'an empty list',
    [],
    undefined,
    [],
    'not described',
    'The documents do not say how its deliveries authenticate.',
  ],
  [
    'none needed',
    [{}],
    undefined,
    [[]],
    'nothing',
    'The documents ask for no authentication: `dangerouslyUnverified()` accepts its deliveries, whoever sends them.',
  ],
  [
    'one',
    [{ basic: [] }],
    undefined,
    [basic],
    'basic',
    'Authenticates by Basic authentication: `basicAuth({ username, password })`.',
  ],
  [
    'any',
    [{ basic: [] }, { token: [] }],
    undefined,
    [basic, token],
    'basic or header X-Token',
    'Authenticates by one of these, or `anyOf` several: - Basic authentication: `basicAuth({ username, password })` - the header X-Token: `staticHeaders({ "X-Token": … })`',
  ],
  [
    'all',
    [{ basic: [], token: [] }],
    undefined,
    [[...basic, ...token]],
    'basic and header X-Token',
    'Authenticates by all of these, by `allOf`: - Basic authentication: `basicAuth({ username, password })` - the header X-Token: `staticHeaders({ "X-Token": … })`',
  ],
  [
    'all in another order',
    [{ token: [], basic: [] }],
    undefined,
    [[...basic, ...token]],
    'basic and header X-Token',
    'Authenticates by all of these, by `allOf`: - Basic authentication: `basicAuth({ username, password })` - the header X-Token: `staticHeaders({ "X-Token": … })`',
  ],
  [
    'some together, or another, or none',
    [{ basic: [], token: [] }, { key: [] }, {}],
    undefined,
    [[], [...basic, ...token], [{ kind: 'query', parameter: 'key' }]],
    'nothing or (basic and header X-Token) or query parameter key',
    'Authenticates by one of these, or `anyOf` several: - nothing: the documents allow deliveries that do not authenticate - all of these, by `allOf`: - Basic authentication: `basicAuth({ username, password })` - the header X-Token: `staticHeaders({ "X-Token": … })` - the query parameter key: `queryParameter({ "key": … })`',
  ],
  [
    'what the kit cannot check',
    [{ basic: [], oauth: [] }, { cookie: [] }],
    undefined,
    [[...basic, { kind: 'other', type: 'oauth2' }], [{ kind: 'other', type: 'httpApiKey' }]],
    '(basic and oauth2) or httpApiKey',
    'Authenticates by one of these, or `anyOf` several: - all of these, by `allOf`: - Basic authentication: `basicAuth({ username, password })` - oauth2, which needs a `Verifier` of your own - httpApiKey, which needs a `Verifier` of your own',
  ],
  [
    "the server's alone",
    undefined,
    [{ basic: [] }, { token: [] }],
    [basic, token],
    'basic or header X-Token',
    'Authenticates by one of these, or `anyOf` several: - Basic authentication: `basicAuth({ username, password })` - the header X-Token: `staticHeaders({ "X-Token": … })`',
  ],
  [
    "the operation's beside the server's",
    [{ token: [] }],
    [{ basic: [] }],
    [[...basic, ...token]],
    'basic and header X-Token',
    'Authenticates by all of these, by `allOf`: - Basic authentication: `basicAuth({ username, password })` - the header X-Token: `staticHeaders({ "X-Token": … })`',
  ],
  [
    'the same twice',
    [{ basic: [] }, { basic: [] }],
    [{ basic: [] }],
    [basic],
    'basic',
    'Authenticates by Basic authentication: `basicAuth({ username, password })`.',
  ],
  [
    'a preset in its usual encoding',
    [{ plain: [] }],
    undefined,
    [[{ kind: 'signature', algorithm: 'hmac-sha256', header: 'X-Freshworks-Signature' }]],
    'hmac-sha256 signature in X-Freshworks-Signature',
    'Authenticates by a signature in X-Freshworks-Signature: `freshworksSignature({ secrets })`.',
  ],
  [
    'a preset in another encoding',
    [{ signed: [] }],
    undefined,
    [[{ kind: 'signature', algorithm: 'hmac-sha256', header: 'X-Freshworks-Signature', encoding: 'base64' }]],
    'hmac-sha256 signature in X-Freshworks-Signature',
    'Authenticates by a signature in X-Freshworks-Signature: `hmacSignature({ header: "X-Freshworks-Signature", secrets, encoding: "base64" })`.',
  ],
];

test.each(rows)('%s', async (_, security, servers, authentication, list, comment) => {
  const { catalog, root } = await catalogOf(documentOf(security, servers));
  expect(catalog.products).toMatchObject([{ name: 'shop', authentication }]);
  const { stdout } = await runIn(root, ['list', '--spec', 'shop.json']);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`  ${list.replace(/[()]/g, '\\$&')}$`));
  const [, written = ''] =
    /interface ByProduct<T> \{\n\s*\/\*\*([^]*?)\*\//.exec(emitEvents(catalog, '.js').code) ?? [];
  expect(written.replace(/\n \*/g, ' ').replace(/\s+/g, ' ').trim()).toBe(comment);
  const kept = contractOf(catalog);
  const read = readContract(
    JSON.parse(contractText(kept)) as Json,
    ({ path, how }) => new Error(`${path.join(' ')} ${how}`),
  );
  expect(read.products).toEqual(kept.products);
});

test('security schemes of AsyncAPI 3 are alternatives', async () => {
  const { catalog } = await catalogOf({
    asyncapi: '3.0.0',
    info: { title: 'Shop', version: '1' },
    channels: { sold: { address: 'shop/sold', messages: { sold: { payload: { type: 'object' } } } } },
    operations: {
      sold: {
        action: 'send',
        channel: { $ref: '#/channels/sold' },
        security: [schemes.basic, schemes.token],
      },
    },
  });
  expect(catalog.products[0]?.authentication).toEqual([basic, token]);
});

test('requirements that multiply are refused beyond 100', async () => {
  const many = (count: number, name: string) => Array.from({ length: count }, (_, at) => `${name}${at}`);
  const names = [...many(10, 'a'), ...many(11, 'b')];
  const securitySchemes = Object.fromEntries(
    names.map((name) => [name, { type: 'httpApiKey', in: 'header', name: `X-${name}` }]),
  );
  const asked = (all: readonly string[]): Security => all.map((name) => ({ [name]: [] }));
  const made = (servers: number) =>
    catalogOf(documentOf(asked(many(10, 'a')), asked(many(servers, 'b')), securitySchemes));
  expect((await made(10)).catalog.products[0]?.authentication).toHaveLength(100);
  await expect(made(11)).rejects.toMatchObject({ diagnostics: [{ code: 'security-too-many' }] });
});

test.each(['', '\u202ekey', 'a\u0000'])('a query parameter named %j is refused', async (name) => {
  const key = { type: 'httpApiKey', in: 'query', name };
  await expect(catalogOf(documentOf([{ key: [] }], undefined, { key }))).rejects.toThrow();
});

suite('what a change means', () => {
  const [a, b, ab]: readonly Record<string, readonly []>[] = [
    { basic: [] },
    { token: [] },
    { basic: [], token: [] },
  ];
  const changes: readonly [what: string, before: Security, after: Security, told: string | undefined][] = [
    ['from any to all', [a!, b!], [ab!], 'risky authentication-extended'],
    ['from all to any', [ab!], [a!, b!], 'breaking authentication-changed'],
    ['one more of all', [a!], [ab!], 'risky authentication-extended'],
    ['one less of all', [ab!], [a!], 'breaking authentication-changed'],
    ['one more of any', [a!], [a!, b!], 'risky authentication-added'],
    ['one less of any', [a!, b!], [a!], 'breaking authentication-removed'],
    ['another', [a!], [b!], 'breaking authentication-changed'],
    ['the first that is said', undefined, [a!], 'risky authentication-added'],
    ['the last that is said', [a!], undefined, 'breaking authentication-removed'],
    ['none needed, then one', [{}], [a!], 'risky authentication-extended'],
    ['one, then none needed', [a!], [{}], 'breaking authentication-changed'],
    ['one, then none as well', [a!], [{}, a!], 'risky authentication-added'],
    ['nothing said, then none needed', undefined, [{}], 'risky authentication-added'],
    ['none needed, then nothing said', [{}], undefined, 'risky authentication-extended'],
    ['the case of a header', [b!], [{ TOKEN: [] }], undefined],
    ['the case of a header, of all', [ab!], [{ TOKEN: [], basic: [] }], undefined],
    ['the usual encoding, and the case', [{ plain: [] }], [{ hex: [] }], undefined],
    ['another encoding', [{ plain: [] }], [{ signed: [] }], 'breaking authentication-changed'],
    ['another order', [a!, b!], [b!, a!], undefined],
    ['a header becomes a parameter', [b!], [{ key: [] }], 'breaking authentication-changed'],
  ];

  test.each(changes)('%s', async (_, before, after, told) => {
    const found = compare(await contract(before), await contract(after));
    expect(found.map(({ level, rule }) => `${level} ${rule}`)).toEqual(told === undefined ? [] : [told]);
  });

  test('is told in words that keep all and any apart', async () => {
    const [change] = compare(await contract([a!, b!]), await contract([ab!]));
    expect(change?.message).toBe(
      'shop authenticates by Basic authentication and the header X-Token; it was Basic authentication or the header X-Token.',
    );
  });
});

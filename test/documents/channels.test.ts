import { join } from 'node:path';
import { describe as suite, expect, test, vi } from 'vitest';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import type { Json } from '../../src/model/json.js';
import { describe, generate } from '../../src/app/generate.js';
import { filesBelow } from '../cases/run.js';
import { execute } from '../emit/execute.js';
import { brief, folder, type Files } from '../load/folder.js';

vi.setConfig({ testTimeout: 120_000 });

interface Row {
  readonly name: string;
  readonly spec: string;
  readonly files?: Files;
  /** Each event with its payload and its handler. */
  readonly events?: Readonly<Record<string, string>>;
  /** What is found, without the version that the parser would like better. */
  readonly found?: readonly string[];
}

const second = (rest: string) => `asyncapi: 2.6.0\ninfo: { title: Shop, version: '1' }\n${rest}`;
const third = (rest: string) => `asyncapi: 3.0.0\ninfo: { title: Shop, version: '1' }\n${rest}`;
const paid = 'paid: { payload: { type: object } }';

const vanishing: readonly Row[] = [
  {
    name: 'a message without a payload',
    spec: second(`channels:
  a: { publish: { message: { name: Ping } } }
  b: { publish: { message: { name: Paid, payload: { type: object } } } }`),
    events: { b: 'PaidPayload onB' },
    found: ['payload-missing shop.yaml:4:28'],
  },
  {
    name: 'a message without a payload in AsyncAPI 3, in a component',
    spec: third(`channels:
  a: { messages: { ping: { $ref: '#/components/messages/Ping' }, ${paid} } }
components: { messages: { Ping: { summary: nothing inside } } }`),
    events: { a: 'PaidPayload onA' },
    found: ['payload-missing shop.yaml:5:33'],
  },
  {
    name: 'a message without a payload beside others of oneOf',
    spec: second(`channels:
  a: { publish: { message: { oneOf: [{ name: Ping }, { name: Paid, payload: { type: object } }] } } }`),
    events: { a: 'PaidPayload onA' },
    found: ['payload-missing shop.yaml:4:38'],
  },
  {
    name: 'a message in another format, by itself, by a trait and by default',
    spec: second(`channels:
  a: { publish: { message: { name: A, contentType: text/xml, payload: {} } } }
  b: { publish: { message: { name: B, traits: [{ contentType: application/avro }], payload: {} } } }
  c: { publish: { message: { name: C, contentType: application/json, payload: {} } } }
  d: { publish: { message: { name: D, payload: {} } } }
defaultContentType: application/octet-stream`),
    events: { c: 'CPayload onC' },
    found: [
      'payload-not-json shop.yaml:4:52',
      'payload-not-json shop.yaml:5:28',
      'payload-not-json shop.yaml:7:28',
    ],
  },
  {
    name: 'channels and operations without a message',
    spec: second(`channels:
  a: { publish: { operationId: onA } }
  b: { description: nothing yet }
  c: { subscribe: { message: { name: C, payload: {} } } }`),
    events: { c: 'CPayload onC' },
    found: ['channel-empty shop.yaml:4:6', 'channel-empty shop.yaml:5:6'],
  },
  {
    name: 'addresses with parameters, of which one is no path',
    spec: third(`channels:
  a: { address: '/{t}/a', parameters: { t: {} }, messages: { one: { payload: {} } } }
  b: { address: 'https://x.example/{t}', parameters: { t: {} }, messages: { one: { payload: {} } } }
  c: { address: '/{t}/c', parameters: { t: {} } }
  d: { address: '/d', messages: { one: { payload: {} } } }
operations: {}`),
    events: { '{t}/a': 'OnePayload onTA', b: 'OnePayload onB', d: 'OnePayload onD' },
    found: ['address-parameters shop.yaml:4:6', 'channel-empty shop.yaml:6:6'],
  },
  {
    name: 'no channel at all',
    spec: second('channels: {}'),
    found: ['catalog-empty shop.yaml:3:11'],
  },
  {
    name: 'messages that no channel has, as the reason why there is no event',
    spec: third(`channels: { a: { address: a } }
components: { messages: { ${paid} } }`),
    found: ['message-unused shop.yaml:4:33', 'channel-empty shop.yaml:3:16', 'catalog-empty shop.yaml:3:11'],
  },
  {
    name: 'a reply outside the channels',
    spec: third(`channels: { a: { messages: { ${paid} } } }
operations:
  onPaid:
    action: receive
    channel: { $ref: '#/channels/a' }
    reply: { channel: { $ref: '#/components/channels/answer' } }
components: { channels: { answer: { messages: { thanks: { payload: {} } } } } }`),
    events: { a: 'PaidPayload onPaid' },
    found: ['message-unused shop.yaml:9:57', 'reply-outside-channel shop.yaml:8:12'],
  },
  {
    name: 'a reply on a channel',
    spec: third(`channels:
  a: { messages: { ${paid} } }
  b: { address: null, messages: { thanks: { payload: {} } } }
operations:
  onPaid:
    action: receive
    channel: { $ref: '#/channels/a' }
    reply: { channel: { $ref: '#/channels/b' }, messages: [{ $ref: '#/channels/b/messages/thanks' }] }`),
    events: { a: 'PaidPayload onPaid', b: 'ThanksPayload onB' },
  },
];

const messages: readonly Row[] = [
  {
    name: 'two keys of a channel for one message are two events of one type',
    spec: third(`channels:
  parcel:
    address: depot/parcel
    messages: { created: { $ref: '#/components/messages/Parcel' }, updated: { $ref: '#/components/messages/Parcel' } }
operations:
  onNew: { action: receive, channel: { $ref: '#/channels/parcel' }, messages: [{ $ref: '#/channels/parcel/messages/created' }] }
components: { messages: { Parcel: { payload: { type: object, properties: { id: { type: string } } } } } }`),
    events: {
      'depot/parcel#created': 'ParcelPayload onNew',
      'depot/parcel#updated': 'ParcelPayload onDepotParcelUpdated',
    },
    found: ['messages-not-told-apart shop.yaml:5:5'],
  },
  {
    name: 'a channel of a file beside, its messages under keys of their own',
    spec: third(`channels: { a: { $ref: './parts.yaml#/A' } }
operations: { onAny: { action: send, channel: { $ref: '#/channels/a' }, messages: [{ $ref: '#/channels/a/messages/two' }] } }`),
    files: {
      'parts.yaml': `A: { address: a, messages: { one: { $ref: '#/M' }, two: { $ref: '#/M' } } }
M: { payload: { type: object, properties: { id: { type: string } } } }`,
    },
    events: { 'a#one': 'MPayload onAOne', 'a#two': 'MPayload onAny' },
    found: ['messages-not-told-apart parts.yaml:1:4'],
  },
  {
    name: 'one message of two operations is one message, whatever its id',
    spec: second(`channels:
  a: { publish: { message: { $ref: '#/components/messages/M' } }, subscribe: { message: { $ref: '#/components/messages/M' } } }
  b: { subscribe: { message: { $ref: '#/components/messages/M' } } }
components: { messages: { M: { messageId: m, payload: { type: object } } } }`),
    events: { a: 'MPayload onA', b: 'MPayload onB' },
  },
  {
    name: 'one message that an alias repeats keeps its id',
    spec: second(`channels:
  a: { publish: { message: &m { messageId: m, name: M, payload: { $ref: '#/components/schemas/S' } } } }
  b: { publish: { message: *m } }
components: { schemas: { S: { type: object } } }`),
    events: { a: 'S onA', b: 'S onB' },
  },
  {
    name: 'different messages with one id are an error at the second',
    spec: second(`channels:
  a: { publish: { message: { messageId: m, name: A, payload: {} } } }
  b: { publish: { message: { messageId: m, name: B, payload: {} } } }
  c: { publish: { message: { $ref: '#/components/messages/C' } } }
components:
  messages: { C: { traits: [{ $ref: '#/components/messageTraits/T' }], payload: {} }, D: { messageId: m } }
  messageTraits: { T: { messageId: m } }`),
    found: ['asyncapi-invalid shop.yaml:5:41', 'asyncapi-invalid shop.yaml:9:36'],
  },
  {
    name: 'messages that nothing names are told to be given a name',
    spec: second(`channels:
  a: { publish: { message: { oneOf: [{ payload: { type: string } }, { payload: { type: number } }] } } }`),
    found: ['messages-not-told-apart shop.yaml:4:6', 'name-changed shop.yaml:4:69'],
  },
  {
    name: 'messages with a discriminator each are told apart',
    spec: second(`channels:
  a:
    publish:
      message:
        oneOf:
          - { name: A, payload: {}, x-event: { discriminator: { pointer: /kind, value: a } } }
          - { name: B, payload: {}, x-event: { discriminator: { pointer: /kind, value: b } } }`),
    events: { 'a#A': 'APayload onAA', 'a#B': 'BPayload onAB' },
  },
  {
    name: 'messages with the same discriminator are not',
    spec: second(`channels:
  a:
    x-event: { discriminator: { pointer: /kind, value: a } }
    publish: { message: { oneOf: [{ name: A, payload: {} }, { name: B, payload: {} }] } }`),
    events: { 'a#A': 'APayload onAA', 'a#B': 'BPayload onAB' },
    found: ['messages-not-told-apart shop.yaml:5:5'],
  },
  {
    name: 'a product of a message, which is for its channel to say',
    spec: second(`channels:
  a: { publish: { message: { name: A, payload: {}, x-event: { product: b } } } }`),
    found: ['event-extension-invalid shop.yaml:4:72'],
  },
];

/** What other generators have been reported to get wrong. */
const shapes: readonly Row[] = [
  {
    name: 'references to a channel, an operation, a parameter, traits and messages',
    spec: second(`channels:
  a/{b}: { $ref: './parts.yaml#/channel' }
components:
  operationTraits: { T: { summary: from a trait } }
  parameters: { b: { schema: { type: string } } }
  messageTraits: { H: { headers: { type: object }, contentType: application/vnd.a+json } }
  messages: { M: { traits: [{ $ref: '#/components/messageTraits/H' }], payload: { $ref: '#/components/schemas/S' } } }
  schemas: { S: { type: string } }`),
    files: {
      'parts.yaml': `channel:
  parameters: { b: { $ref: 'shop.yaml#/components/parameters/b' } }
  publish:
    traits: [{ $ref: 'shop.yaml#/components/operationTraits/T' }]
    message: { $ref: 'shop.yaml#/components/messages/M' }`,
    },
    events: { 'a/{b}': 'S onAB' },
    found: ['address-parameters parts.yaml:2:3'],
  },
  {
    name: 'an operation and a reply of the components',
    spec: third(`channels: { a: { messages: { ${paid} } } }
operations: { onPaid: { $ref: '#/components/operations/paid' } }
components: { operations: { paid: { action: receive, channel: { $ref: '#/channels/a' } } } }`),
    events: { a: 'PaidPayload onPaid' },
  },
  {
    name: 'a payload that is text, a list, null, true or no object',
    spec: second(`channels:
  a: { publish: { message: { name: A, payload: { type: string } } } }
  b: { publish: { message: { name: B, payload: { type: array, items: { type: number } } } } }
  c: { publish: { message: { name: C, payload: { type: 'null' } } } }
  d: { publish: { message: { name: D, payload: true } } }`),
    events: { a: 'APayload onA', b: 'BPayload onB', c: 'CPayload onC', d: 'DPayload onD' },
  },
  {
    name: 'a multi-format schema of the components',
    spec: third(`channels: { a: { messages: { m: { payload: { $ref: '#/components/schemas/S' } } } } }
components:
  schemas: { S: { schemaFormat: application/schema+json;version=draft-07, schema: { type: object, properties: { a: { $ref: '#/components/schemas/T' } } } }, T: { type: string } }`),
    events: { a: 'S onA' },
  },
  {
    name: 'definitions in a payload',
    spec: second(`channels:
  a: { publish: { message: { name: A, payload: { $ref: './order.json' } } } }`),
    files: {
      'order.json':
        '{"type":"object","properties":{"to":{"$ref":"#/definitions/Place"}},"definitions":{"Place":{"type":"object","properties":{"city":{"type":"string"}}}}}',
    },
    events: { a: 'Order onA' },
  },
  {
    name: 'an anchor of $id, which is refused where it stands',
    spec: second(`channels:
  a: { publish: { message: { name: A, payload: { properties: { b: { $ref: '#place' } }, definitions: { P: { $id: '#place' } } } } } }`),
    found: ['ref-malformed shop.yaml:4:75'],
  },
  {
    name: 'channels whose address is null, absent or shared',
    spec: third(`channels:
  a: { address: null, messages: &m { paid: { payload: { $ref: '#/components/schemas/S' } } } }
  b: { messages: *m }
  c: { address: x, messages: *m }
  d: { address: x, messages: *m }
components: { schemas: { S: {} } }`),
    events: { a: 'S onA', b: 'S onB', c: 'S onC', d: 'S onD' },
  },
  {
    name: 'an operation with some of the messages of its channel',
    spec: third(`channels: { a: { messages: { one: { payload: {} }, two: { payload: {} }, three: { payload: {} } } } }
operations:
  onSome: { action: receive, channel: { $ref: '#/channels/a' }, messages: [{ $ref: '#/channels/a/messages/one' }, { $ref: '#/channels/a/messages/two' }] }`),
    events: {
      'a#one': 'OnePayload onSomeOne',
      'a#three': 'ThreePayload onAThree',
      'a#two': 'TwoPayload onSomeTwo',
    },
    found: ['messages-not-told-apart shop.yaml:3:16'],
  },
  {
    name: 'data of a parameter, a binding and a server that looks like a reference',
    spec: second(`servers: { s: { url: 'x.example/{v}', protocol: http, variables: { v: { default: a, examples: [b] } } } }
x-notes: { $ref: ./none.yaml }
channels:
  a/{b}:
    x-other: [{ $ref: 'https://x.example/none' }]
    parameters: { b: { schema: { type: object, examples: [{ $ref: ./none.yaml }], default: { $ref: '#/nowhere' } } } }
    publish:
      bindings: { http: { type: request, method: POST, query: { type: object, default: { $ref: none.yaml } } } }
      message: { name: A, x-more: { $ref: 7 }, payload: { const: { $ref: ./none.yaml } }, examples: [{ payload: { $ref: ./none.yaml } }] }`),
    events: { 'a/{b}': 'APayload onAB' },
    found: [
      'ref-in-data shop.yaml:8:67',
      'ref-in-data shop.yaml:10:96',
      'ref-in-data shop.yaml:11:121',
      'ref-in-data shop.yaml:11:74',
      'address-parameters shop.yaml:7:5',
    ],
  },
];

suite('nothing vanishes without a word:', () => {
  test.each(vanishing)('$name', seen);
});

suite('messages:', () => {
  test.each(messages)('$name', seen);
});

suite('shapes of documents:', () => {
  test.each(shapes)('$name', seen);
});

test('the receiver answers at the addresses that the warning names, and at one whose messages can be told', async () => {
  const told = (value: string) => `x-event: { discriminator: { pointer: /kind, value: ${value} } }`;
  const spec = second(`channels:
  orders:
    publish: { message: { oneOf: [{ name: A, payload: {}, ${told('a')} }, { name: B, payload: {}, ${told('b')} }] } }
  parcels: { publish: { message: { oneOf: [{ name: C, payload: {} }, { name: D, payload: {} }] } } }`);
  const cwd = folder({ 'shop.yaml': spec });
  const { diagnostics } = await generate({ cwd, out: 'events', spec: ['shop.yaml'], handlers: false });
  expect(diagnostics.map(({ code, message }) => [code, message.replace(/.*apart: /, '')])).toEqual([
    [
      'messages-not-told-apart',
      'a POST to /parcels is answered 404; each has a path of its own, /parcels%23C, /parcels%23D',
    ],
  ]);
  const kit = (await execute(filesBelow(join(cwd, 'events')))) as unknown as Running;
  const handled: string[] = [];
  const names = ['orders#A', 'orders#B', 'parcels#C', 'parcels#D'];
  const handler = ({ name }: { name: string }) => void handled.push(name);
  const receiver = kit.createReceiver({
    handlers: Object.fromEntries(names.map((name) => [name, handler])),
    verify: { shop: kit.dangerouslyUnverified() },
    on: { rejected: () => undefined },
  });
  const post = async (path: string, payload: Json) => {
    const body = Buffer.from(JSON.stringify(payload));
    const headers = { 'content-type': 'application/json' };
    return (await receiver.receive({ method: 'POST', path, headers, body })).status;
  };
  expect(await post('/orders', { kind: 'b' })).toBe(200);
  expect(await post('/shop', { kind: 'a' })).toBe(200);
  expect(await post('/parcels', {})).toBe(404);
  expect(await post('/parcels%23D', {})).toBe(200);
  expect(handled).toEqual(['orders#B', 'orders#A', 'parcels#D']);
});

/** What the test asks of a kit that runs. */
interface Running {
  dangerouslyUnverified(): unknown;
  createReceiver(options: object): {
    receive(delivery: object): Promise<{ readonly status: number }>;
  };
}

async function seen({ spec, files = {}, events, found = [] }: Row): Promise<void> {
  const { events: described, findings } = await outcome(spec, files);
  expect(findings).toEqual(found);
  if (events === undefined) return;
  const handlers = Object.values(events).some((each) => each.includes(' '));
  expect(
    Object.fromEntries(
      described.map(({ name, payload, handler }) => [name, handlers ? `${payload} ${handler}` : payload]),
    ),
  ).toEqual(events);
}

async function outcome(spec: string, files: Files) {
  const root = folder({ 'shop.yaml': spec, ...files });
  try {
    const { catalog, diagnostics } = await describe({ cwd: root, spec: [join(root, 'shop.yaml')] });
    return {
      events: catalog.events,
      findings: diagnostics.filter(({ code }) => code !== 'asyncapi-style').map(brief),
    };
  } catch (error) {
    if (error instanceof Rejected) return { events: [], findings: error.diagnostics.map(brief) };
    throw error;
  }
}

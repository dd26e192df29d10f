import { describe, expect, test } from 'vitest';
import type { Document } from '../../src/model/document.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { parse } from '../../src/parse/parse.js';
import { documentOf } from '../emit/catalog.js';
import { sample } from '../sample.js';

const info = { title: 'Shop', version: '1.0.0' };
const payload = { type: 'object', properties: { id: { type: 'string' } } };

function document(data: JsonObject, name = 'shop.yaml'): Document {
  return { ...documentOf({}), name, file: name, data: { info, ...data } };
}

async function channelsOf(data: JsonObject) {
  const channels = await parse([document(data)], { style: false }, () => undefined);
  return channels.map(({ key, address, messages }) => ({
    key,
    address,
    messages: messages.map(({ key, operation, contentType, node }) => [
      key,
      operation?.id,
      contentType,
      node['payload'],
    ]),
  }));
}

describe('channels of every version', () => {
  const second = (version: string): JsonObject => ({
    asyncapi: version,
    channels: {
      '/order': {
        publish: { operationId: 'onOrder', message: { name: 'Order', contentType: 'text/xml', payload } },
      },
    },
  });
  test.each(sample(['2.0.0', '2.1.0', '2.2.0', '2.3.0', '2.4.0', '2.5.0', '2.6.0'], 2))(
    '%s',
    async (version) => {
      expect(await channelsOf(second(version))).toEqual([
        { key: '/order', address: '/order', messages: [['Order', 'onOrder', 'text/xml', payload]] },
      ]);
    },
  );

  const third = (version: string): JsonObject => ({
    asyncapi: version,
    channels: { orders: { address: '/order', messages: { order: { contentType: 'text/xml', payload } } } },
    operations: { onOrder: { action: 'receive', channel: { $ref: '#/channels/orders' } } },
  });
  test.each(['3.0.0', '3.1.0'])('%s', async (version) => {
    expect(await channelsOf(third(version))).toEqual([
      { key: 'orders', address: '/order', messages: [['order', 'onOrder', 'text/xml', payload]] },
    ]);
  });
});

test('a message that a channel refers to keeps its name among the components, and its payload as written', async () => {
  const recursive = { type: 'object', properties: { inner: { $ref: '#/components/schemas/Tree' } } };
  const components = {
    messages: { TreeGrown: { name: 'other', payload: { $ref: '#/components/schemas/Tree' } } },
    schemas: { Tree: recursive },
  };
  const message: Json = { oneOf: [{ $ref: '#/components/messages/TreeGrown' }, { name: 'Felled', payload }] };
  const [channel] = await channelsOf({
    asyncapi: '2.6.0',
    channels: { '/tree': { subscribe: { message } } },
    components,
  });
  expect(channel?.messages.map(([key, , , node]) => [key, node])).toEqual([
    ['TreeGrown', { $ref: '#/components/schemas/Tree' }],
    ['Felled', payload],
  ]);
});

test('of the files that references bring in, the parser sees what it has to, and no schema', async () => {
  const odd = { properties: { $ref: { type: 'string' } }, enum: [{ $ref: '#/nowhere' }] };
  const files: JsonObject = {
    'channels.yaml': {
      order: { publish: { operationId: 'onOrder', message: { $ref: '#/x-external/messages.yaml/Order' } } },
    },
    'messages.yaml': {
      Order: {
        payload: { $ref: '#/x-external/schemas.yaml/Order' },
        traits: [{ $ref: '#/x-external/messages.yaml/Order/x-traits/0' }],
        'x-traits': [{ contentType: 'text/xml' }],
      },
      Unused: { payload: odd },
    },
    'schemas.yaml': { Order: odd },
  };
  const data = {
    asyncapi: '2.6.0',
    channels: { '/order': { $ref: '#/x-external/channels.yaml/order' } },
    'x-external': files,
  };
  expect(await channelsOf(data)).toMatchObject([
    {
      key: '/order',
      messages: [['Order', 'onOrder', 'text/xml', { $ref: '#/x-external/schemas.yaml/Order' }]],
    },
  ]);
});

test('the schemas of the components may be a file', async () => {
  const order = { type: 'object', properties: { lines: { $ref: '#/x-external/schemas.yaml/Line' } } };
  const data = {
    asyncapi: '3.0.0',
    channels: { orders: { messages: { Paid: { payload: { $ref: '#/x-external/schemas.yaml/Order' } } } } },
    components: { schemas: { $ref: '#/x-external/schemas.yaml' } },
    'x-external': {
      'schemas.yaml': {
        Order: order,
        Line: { properties: { of: { $ref: '#/x-external/schemas.yaml/Order' } } },
      },
    },
  };
  const [channel] = await channelsOf(data);
  expect(channel?.messages.map(([key]) => key)).toEqual(['Paid']);
});

describe('replies', () => {
  const channel = { messages: { Asked: { payload }, Answered: { payload } } };
  const third = (reply: string): JsonObject => ({
    asyncapi: '3.0.0',
    channels: { talk: { $ref: '#/x-external/talk.yaml' } },
    operations: {
      ask: {
        action: 'receive',
        channel: { $ref: '#/channels/talk' },
        messages: [{ $ref: '#/channels/talk/messages/Asked' }],
        reply: { channel: { $ref: '#/channels/talk' }, messages: [{ $ref: reply }] },
      },
    },
    components: { messages: { Refused: { payload } } },
    'x-external': { 'talk.yaml': channel },
  });
  test.each([
    ['of a channel that is in a file', '#/channels/talk/messages/Answered', []],
    ['that no channel has', '#/components/messages/Refused', ['no channel has a message of the reply']],
  ])('%s', async (_, reply, wanted) => {
    const found: string[] = [];
    await parse([document(third(reply))], { style: false }, ({ code, message }) => {
      if (code === 'reply-outside-channel') found.push(message);
    });
    expect(found).toEqual(wanted);
  });
});

test('traits are applied, a default content type is taken', async () => {
  const message = { payload, traits: [{ name: 'FromTrait', summary: 'Said by the trait.' }] };
  const data = {
    asyncapi: '2.6.0',
    defaultContentType: 'application/xml',
    channels: { '/a': { publish: { message } } },
  };
  const [channel] = await parse([document(data)], { style: false }, () => undefined);
  expect(channel?.messages[0]).toMatchObject({
    key: 'FromTrait',
    summary: 'Said by the trait.',
    contentType: 'application/xml',
  });
});

test('one run names what is wrong with every document', async () => {
  const bad = [
    document({ openapi: '3.1.0' }, 'a.yaml'),
    document({ asyncapi: '2.6.0', channels: { '/a': { publish: { message: 5 } } } }, 'b.yaml'),
  ];
  const error: unknown = await parse(bad, { style: false }, () => undefined).catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(Rejected);
  expect((error as Rejected).diagnostics.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['asyncapi-missing', 'asyncapi-invalid']),
  );
});

test('recommendations are notes, and fewer where they are not asked for', async () => {
  const data = { asyncapi: '2.6.0', channels: { '/a': { publish: { message: { name: 'a', payload } } } } };
  const notes = async (style: boolean) => {
    const found: string[] = [];
    await parse([document(data)], { style }, ({ code, severity }) => found.push(`${severity} ${code}`));
    return found;
  };
  const [few, many] = [await notes(false), await notes(true)];
  expect(many.length).toBeGreaterThan(few.length);
  expect(new Set(many)).toEqual(new Set(['info asyncapi-style']));
});

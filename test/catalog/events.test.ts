import { expect, test } from 'vitest';
import { buildCatalog } from '../../src/catalog/catalog.js';
import type { Channel } from '../../src/model/channel.js';
import type { JsonObject } from '../../src/model/json.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { channelOf, documentOf } from '../emit/catalog.js';

const one = { type: 'object', properties: { one: { type: 'string' } } };
const two = { type: 'object', properties: { two: { type: 'number' } } };

function read(...channels: readonly Channel[]) {
  const found: Diagnostic[] = [];
  const { events, types } = buildCatalog(channels, {}, (each) => found.push(each));
  const payloads = new Map(
    types.map(({ name, schema }) => [
      name,
      Object.keys((schema as { properties?: object }).properties ?? {}),
    ]),
  );
  return {
    events: events.map(({ name, payload, handler }) => [name, handler, payloads.get(payload)]),
    found: found.map(({ code }) => code),
  };
}

/** A channel whose messages come without a key, as under `oneOf`. */
function keyless(key: string, ...payloads: readonly JsonObject[]): Channel {
  const channel = channelOf(documentOf({}), key, true);
  const [message] = channel.messages;
  return {
    ...channel,
    messages: payloads.map((payload) => ({ ...message!, key: undefined, node: { payload } })),
  };
}

test('messages of one name on two channels keep their own payloads', () => {
  const document = documentOf({});
  const [a, b] = [channelOf(document, 'a', one), channelOf(document, 'b', two)];
  const same = [a, b].map((channel) => ({
    ...channel,
    messages: channel.messages.map((message) => ({ ...message, key: 'event' })),
  }));
  expect(read(...same).events).toEqual([
    ['a', 'onA', ['one']],
    ['b', 'onB', ['two']],
  ]);
});

test('messages of one channel without names keep their own payloads', () => {
  const { events, found } = read(keyless('a', one, two));
  expect(events.map(([, , members]) => members)).toEqual(expect.arrayContaining([['one'], ['two']]));
  expect(new Set(events.map(([name]) => name)).size).toBe(2);
  expect(found).toContain('name-changed');
});

test('messages of one channel without names are called after the schemas that they refer to', () => {
  const schemas = { Placed: one, Paid: two };
  const channel = channelOf(documentOf(schemas), 'order', true);
  const [message] = channel.messages;
  const messages = Object.keys(schemas).map((name) => ({
    ...message!,
    key: undefined,
    node: { payload: { $ref: `#/components/schemas/${name}` } },
  }));
  const { events, found } = read({ ...channel, messages });
  expect(events.map(([name, handler]) => [name, handler])).toEqual([
    ['order#Paid', 'onOrderPaid'],
    ['order#Placed', 'onOrderPlaced'],
  ]);
  expect(found).toEqual(['messages-not-told-apart']);
});

test('the channel that is called / is the root', () => {
  const { events } = read(channelOf(documentOf({}), '/', one));
  expect(events.map(([name, handler]) => [name, handler])).toEqual([['root', 'onRoot']]);
});

test('documents of one file name in two folders keep their own', () => {
  const [first, second] = ['a/shop.yaml', 'b/shop.yaml'].map((file) => ({ ...documentOf({}), file }));
  const { events } = read(channelOf(first!, 'a', one), channelOf(second!, 'a', two));
  expect(events.map(([, , members]) => members)).toEqual(expect.arrayContaining([['one'], ['two']]));
});

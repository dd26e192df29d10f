import { describe, expect, test } from 'vitest';
import { buildCatalog } from '../../src/catalog/catalog.js';
import type { Channel } from '../../src/model/channel.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import { schemaNameOf } from '../../src/catalog/pointer-name.js';
import { pointerSteps } from '../../src/model/pointer.js';
import { catalogOf, channelOf, documentOf } from '../emit/catalog.js';

const place = (more: JsonObject = {}): JsonObject => ({
  title: 'Place',
  type: 'object',
  properties: { city: { type: 'string' } },
  ...more,
});
const parcel = (properties: JsonObject): JsonObject => ({ Parcel: { type: 'object', properties } });
const geo = (kind: string): JsonObject => ({
  title: 'Geo',
  type: 'object',
  properties: { at: { type: kind } },
});

function names(schemas: JsonObject): readonly string[] {
  return catalogOf(schemas).catalog.types.map(({ name }) => name);
}

function codes(schemas: JsonObject): readonly string[] {
  return catalogOf(schemas).found.map(({ code }) => code);
}

describe('types of one title', () => {
  const equal: readonly [what: string, left: JsonObject, right: JsonObject][] = [
    ['as bundlers write them', place(), place()],
    ['that are described differently', place({ description: 'From.' }), place({ description: 'To.' })],
    ['with an example', place(), place({ examples: [{ city: 'Here' }] })],
    [
      'whose keys are in another order',
      place({ required: ['a', 'b'] }),
      { required: ['b', 'a'], ...place(), properties: { city: { type: 'string' } } } as JsonObject,
    ],
    [
      'whose enums are in another order',
      place({ properties: { city: { enum: ['a', 'b'] } } }),
      place({ properties: { city: { enum: ['b', 'a'] } } }),
    ],
    [
      'with equal parts',
      place({ properties: { geo: geo('number') } }),
      place({ properties: { geo: geo('number') } }),
    ],
  ];
  test.each(equal)('%s are one', (_, from, to) => {
    const schemas = parcel({ from, to });
    expect(names(schemas).filter((name) => name !== 'Geo')).toEqual(['Parcel', 'Place']);
    expect(codes(schemas)).toEqual([]);
  });

  const different: readonly [what: string, left: JsonObject, right: JsonObject][] = [
    ['in a member', place(), place({ properties: { city: { type: 'number' } } })],
    ['in what is required', place(), place({ required: ['city'] })],
    [
      'in a part',
      place({ properties: { geo: geo('number') } }),
      place({ properties: { geo: geo('string') } }),
    ],
  ];
  test.each(different)('that differ %s are called by their places', (_, from, to) => {
    expect(names(parcel({ from, to }))).toEqual(expect.arrayContaining(['Place', 'ParcelTo']));
    expect(codes(parcel({ from, to }))).toEqual([]);
  });

  test('and of the same meaning as a component are the component', () => {
    const schemas = { ...parcel({ from: place() }), Place: place() };
    expect(names(schemas)).toEqual(['Parcel', 'Place']);
  });

  test('that refer to themselves are one', () => {
    const tree = (name: string): JsonObject => ({
      title: 'Tree',
      type: 'object',
      properties: { inside: { $ref: `#/components/schemas/Parcel/properties/${name}` } },
    });
    expect(names(parcel({ from: tree('from'), to: tree('to') }))).toEqual(expect.arrayContaining(['Tree']));
    expect(
      names(parcel({ from: tree('from'), to: tree('to') })).some((name) => /[0-9A-F]{6}$/.test(name)),
    ).toBe(false);
  });

  test('two documents that have one type have it once, two that differ name it by document', () => {
    const documents = (second: JsonObject) =>
      ['Shop', 'Depot'].map((title, index) => ({
        ...documentOf({ Place: index === 0 ? place() : second }),
        name: `${title}.yaml`,
        data: { info: { title }, components: { schemas: { Place: index === 0 ? place() : second } } },
      }));
    const typesOf = (second: JsonObject) =>
      buildCatalog(
        documents(second).map((document) =>
          channelOf(document, document.name, { $ref: '#/components/schemas/Place' }),
        ),
        {},
        () => undefined,
      ).types.map(({ name, module }) => `${module} ${name}`);
    expect(typesOf(place())).toEqual(['shared Place']);
    expect(typesOf(place({ required: ['city'] }))).toEqual(['depot Place', 'shop ShopPlace']);
  });
});

test.each([
  ['no letter', '🎫'],
  ['a sentence', 'The place that a parcel comes from before it is anywhere else'],
  ['nothing', ''],
])('where the title is %s, the place names the type', (_, title) => {
  expect(names(parcel({ from: place({ title }) }))).toEqual(['Parcel', 'ParcelFrom']);
});

describe('a part that would have the name of another type', () => {
  const part = (kind: string, more: JsonObject = {}): JsonObject => ({
    type: 'object',
    properties: { at: { type: kind }, ...more },
  });
  const object = (properties: JsonObject): JsonObject => ({ type: 'object', properties });
  const rows: readonly [what: string, schemas: JsonObject, names: readonly string[]][] = [
    [
      'a member called payload, of a payload',
      { MovedPayload: object({ payload: part('string') }) },
      ['MovedPayload', 'MovedPayloadPayload'],
    ],
    [
      'one in another one, with a part of its own',
      { MovedPayload: object({ payload: object({ payload: part('string', { by: part('number') }) }) }) },
      ['MovedPayload', 'MovedPayloadPayload', 'MovedPayloadPayloadBy', 'MovedPayloadPayloadPayload'],
    ],
    [
      'of the payload of a message that is called like a schema',
      { Moved: object({ lines: part('string') }), MovedPayload: object({ lines: part('number') }) },
      ['Moved', 'MovedLines', 'MovedPayload', 'MovedPayloadLines'],
    ],
    [
      'of another branch',
      { Moved: { oneOf: [object({ by: part('string') }), object({ by: part('number') })] } },
      ['Moved', 'MovedBy', 'MovedOneOf1By'],
    ],
    [
      'of a branch of a member',
      {
        Moved: object({
          by: part('string'),
          order: { anyOf: [object({ by: part('number') }), { type: 'null' }] },
        }),
      },
      ['Moved', 'MovedBy', 'MovedOrderBy'],
    ],
    [
      'of a branch with a title that another one has',
      {
        Moved: {
          oneOf: [
            object({ by: { ...part('string'), title: 'Person' } }),
            object({ by: { ...part('number'), title: 'Person' } }),
          ],
        },
      },
      ['Moved', 'MovedBy', 'Person'],
    ],
  ];
  test.each(rows)('%s', (_, schemas, wanted) => {
    expect(names(schemas)).toEqual(wanted);
    expect(codes(schemas)).toEqual([]);
  });

  test('has the name it would have without the other one, where its own path decides', () => {
    const payload = object({ payload: part('string') });
    const alone = names({ MovedPayload: payload });
    const other = object({ payload: part('number') });
    expect(names({ ClosedPayload: other, MovedPayload: payload })).toEqual(
      expect.arrayContaining([...alone]),
    );
  });
});

describe('a payload written in place is called', () => {
  const document = documentOf({});
  const channel = (name: string, messages: Readonly<Record<string, JsonObject>>) => {
    const whole = channelOf(document, name, {});
    const [message] = whole.messages;
    return {
      ...whole,
      messages: Object.entries(messages).map(([key, more], index) => ({
        ...message!,
        key,
        node: {
          payload: { type: 'object', properties: { [`${name}${index}`]: { type: 'string' } } },
          ...more,
        },
      })),
    } as Channel;
  };
  const rows: readonly [what: string, channels: readonly Channel[], names: readonly string[]][] = [
    ['after its message', [channel('depot', { opened: {} })], ['OpenedPayload']],
    [
      'after its event, where another channel has such a message',
      [channel('depot', { opened: {} }), channel('shop', { opened: {} })],
      ['OpenedPayload', 'ShopPayload'],
    ],
    [
      'after channel and message, where the channel has others',
      [channel('depot', { opened: {} }), channel('shop', { opened: {}, closed: {} })],
      ['ClosedPayload', 'OpenedPayload', 'ShopOpenedPayload'],
    ],
    [
      'after its channel, where a converter made up its key',
      [channel('depot', { 'publish.message': {} }), channel('shop', { 'subscribe.message': {} })],
      ['DepotPayload', 'ShopPayload'],
    ],
    [
      'after channel and key, where a converter made up several',
      [channel('depot', { 'publish.message.0': {}, 'publish.message.1': {} })],
      ['DepotPublishMessage0Payload', 'DepotPublishMessage1Payload'],
    ],
    [
      'by its name, where its key is made up',
      [
        channel('depot', {
          'publish.message.0': { name: 'opened' },
          'publish.message.1': { name: 'closed' },
        }),
      ],
      ['ClosedPayload', 'OpenedPayload'],
    ],
  ];
  test.each(rows)('%s', (_, channels, wanted) => {
    const found: string[] = [];
    const { types } = buildCatalog(channels, {}, ({ code }) => found.push(code));
    expect(types.map(({ name }) => name)).toEqual(wanted);
    expect(found).not.toContain('name-changed');
  });
});

test('types whose names look alike are pointed out', () => {
  const schemas = { Cafe: place({ title: 'a' }), Сafe: place({ required: ['city'] }) } as JsonObject;
  expect(codes(schemas)).toContain('name-confusable');
});

describe('what a pointer is called', () => {
  const rows: readonly [pointer: string, name: string][] = [
    ['#/components/schemas/Order', 'Order'],
    ['#/components/schemas/items', 'items'],
    ['#/components/schemas/default', 'default'],
    ['#/components/schemas/42', '42'],
    ['#/components/schemas/payload', 'payload'],
    ['#/components/messages/Moved/payload', 'Moved Payload'],
    ['#/components/messages/MovedPayload/payload/schema', 'MovedPayload'],
    ['#/components/messages/hall~1opened/payload', 'hall/opened Payload'],
    ['#/components/schemas/Order/properties/address', 'Order address'],
    ['#/components/schemas/Order/properties/lines/items', 'Order lines Item'],
    ['#/components/schemas/Order/allOf/1', 'Order AllOf 1'],
    ['#/components/schemas/Order/additionalProperties', 'Order Value'],
    ['#/channels/depot~1opened/subscribe/message/payload', 'depot/opened Payload'],
    [
      '#/x-external/rest.yaml/paths/~1opened/post/requestBody/content/application~1json/schema',
      '/opened Payload',
    ],
    [
      '#/x-external/rest.yaml/paths/~1opened/get/responses/200/content/application~1json/schema',
      '/opened Response 200',
    ],
    ['#/x-external/order.json', 'order'],
    ['#/x-external/a~1order.v1.json/properties/address', 'order.v1 address'],
    ['#/x-external/all.json/$defs/Order', 'Order'],
    ['#/x-external/all.json/Order', 'Order'],
  ];
  test.each(rows)('%s: %s', (pointer, name) => {
    expect(schemaNameOf(pointerSteps(pointer)!)).toBe(name);
  });

  test('a reference into a type is called like the type that stands there', () => {
    const schemas: JsonObject = {
      ...parcel({ from: { type: 'object', properties: { city: { type: 'string' } } } as Json }),
      Letter: { type: 'object', properties: { to: { $ref: '#/components/schemas/Parcel/properties/from' } } },
    };
    expect(names(schemas)).toEqual(['Letter', 'Parcel', 'ParcelFrom']);
  });
});

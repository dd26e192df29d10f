import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventName, Route } from '../../templates/events.js';
import { deliveryKeyReader, identify, pathTable, requestTarget } from '../../templates/runtime/routing.js';
import { runs } from '../sample.js';

/** The example catalog knows three events; these are others. */
function route(
  name: string,
  product: string,
  discriminator?: readonly [string, string],
  contentTypes: readonly string[] = [],
): Route {
  const [pointer, value] = discriminator ?? [];
  return {
    name: name as EventName,
    product: product as Route['product'],
    ...(pointer !== undefined &&
      value !== undefined && { discriminator: { path: pointer.split('/'), value } }),
    deliveryKey: [],
    contentTypes,
  };
}

const events = [
  route('chat/opened', 'chat', ['action', 'open'], ['application/x-www-form-urlencoded']),
  route('chat/closed', 'chat', ['action', 'close']),
  route('chat/moved', 'chat', ['data/kind', 'move']),
  route('desk/ticket', 'desk'),
  route('odd/größe {x}#m?', 'odd'),
  route('chat', 'alias', ['a', 'b']),
];

describe('pathTable', () => {
  const table = pathTable(events, '/', {});
  const at = (path: string) => table.get(path)?.event?.name;

  test.each([
    ['/chat/opened', 'chat/opened'],
    ['/desk/ticket', 'desk/ticket'],
    ['/odd/größe {x}#m?', 'odd/größe {x}#m?'],
    ['/odd/gr%C3%B6%C3%9Fe%20%7Bx%7D%23m%3F', 'odd/größe {x}#m?'],
    ['/odd/gr%C3%B6%C3%9Fe%20%7Bx%7D#m?', 'odd/größe {x}#m?'],
    ['/chat', 'chat'],
    ['/desk', undefined],
    ['/', undefined],
    ['', undefined],
    ['/desk/ticket/', undefined],
    ['//desk/ticket', undefined],
    ['/desk//ticket', undefined],
    ['/desk/../desk/ticket', undefined],
    ['/desk/%74icket', undefined],
    ['/Desk/Ticket', undefined],
    ['/__proto__', undefined],
    ['/constructor', undefined],
  ])('%s', (path, name) => {
    expect(at(path)).toBe(name);
  });

  test('an address that events share is a path where their payloads tell them apart', () => {
    const shared = [
      route('orders/all#placed', 'shop', ['kind', 'placed'], ['text/plain']),
      route('orders/all#paid', 'shop', ['kind', 'paid']),
      route('parcels#sent', 'shop'),
      route('parcels#lost', 'shop'),
      route('desk#opened', 'desk', ['kind', 'opened']),
      route('desk#closed', 'other', ['kind', 'closed']),
    ];
    const table = pathTable(shared, '/hooks', {});
    const words = (path: string) =>
      table.get(path)?.discriminators.flatMap(({ events }) => [...events.values()].map(({ name }) => name));
    expect(words('/hooks/orders/all')).toEqual(['orders/all#placed', 'orders/all#paid']);
    expect(table.get('/hooks/orders/all')).toMatchObject({ product: 'shop', contentTypes: ['text/plain'] });
    expect(words('/hooks/shop')).toEqual(['orders/all#placed', 'orders/all#paid']);
    expect(words('/hooks/parcels')).toBeUndefined();
    expect(table.get('/hooks/parcels%23sent')?.event?.name).toBe('parcels#sent');
    // One path is verified as one product: the one that is called so.
    expect(words('/hooks/desk')).toEqual(['desk#opened']);
    expect(words('/hooks/other')).toEqual(['desk#closed']);
  });

  test('a product is a path where one of its events can be told, with what any of these takes', () => {
    const chat = pathTable(events.slice(0, 5), '/', {}).get('/chat');
    expect(chat).toMatchObject({
      product: 'chat',
      event: undefined,
      contentTypes: ['application/x-www-form-urlencoded'],
    });
    expect(table.has('/desk')).toBe(false);
  });

  test.each(['/hooks', 'hooks', '/hooks/', '//hooks//'])('base path %s', (basePath) => {
    const based = pathTable(events, basePath, {});
    expect(based.get('/hooks/desk/ticket')?.product).toBe('desk');
    expect(based.has('/desk/ticket')).toBe(false);
  });

  test('a base path may have several parts', () => {
    const based = pathTable(events, '/hooks/in', {});
    expect(based.get('/hooks/in/desk/ticket')).toEqual({
      path: '/desk/ticket',
      product: 'desk',
      event: events[3],
      discriminators: [],
      contentTypes: [],
    });
  });

  test("the user's paths are whole and come first", () => {
    const own = pathTable(events, '/hooks', {
      '/new': 'desk/ticket',
      '/hooks/chat/opened': 'desk/ticket',
    } as never);
    expect(own.get('/new')?.event?.name).toBe('desk/ticket');
    expect(own.get('/hooks/chat/opened')?.event?.name).toBe('desk/ticket');
    expect(own.get('/hooks/desk/ticket')?.event?.name).toBe('desk/ticket');
  });

  test.each([
    [{ '/new': 'desk/nothing' }, 'routes: /new leads to desk/nothing, which is no event'],
    [{ '/new': '__proto__' }, 'routes: /new leads to __proto__, which is no event'],
    [{ new: 'desk/ticket' }, 'routes: new must start with a slash'],
    [
      { 'https://receiver.example/new': 'desk/ticket' },
      'routes: https://receiver.example/new must start with a slash',
    ],
  ])('refuses %j', (own, message) => {
    expect(() => pathTable(events, '/', own as never)).toThrow(new TypeError(message));
  });

  describe.each(['/a?x', '/a#x', '/a b', '/a\tb', '/a\n', '/größe', '/\0', '/\u{1F600}'])('%j', (path) => {
    test('is the path of no request: not of one of the user, nor the base of others', () => {
      const refused = `no request has the path ${JSON.stringify(path)}`;
      const routed = () => pathTable(events, '/', { [path]: 'desk/ticket' } as never);
      expect(routed).toThrow(`routes: ${refused}`);
      expect(() => pathTable(events, path, {})).toThrow(`basePath: ${refused}`);
    });
  });

  test.each(['https://receiver.example/hooks', 'https://receiver.example'])('%j is no base path', (base) => {
    expect(() => pathTable(events, base, {})).toThrow(/^basePath: no request has the path "https:/);
  });

  test.each(['/a%20b', '/gr%C3%B6%C3%9Fe', '/a//b', '/a:b@c;d=e,f!~*()&+$', "/a'b|c", '/'])(
    '%j is a path of the user',
    (path) => {
      expect(pathTable(events, '/', { [path]: 'desk/ticket' } as never).get(path)?.event).toBe(events[3]);
    },
  );

  test.each(['%C3%B6', '%c3%b6', '%C3%b6', '%c3%B6'])('%s is the same in every case', (escape) => {
    const at = (path: string, table: ReturnType<typeof pathTable>) =>
      table.get(requestTarget(path).path)?.event?.name;
    for (const other of ['%C3%B6', '%c3%b6']) {
      const own = pathTable(events, '/', { [`/own/${escape}`]: 'desk/ticket' } as never);
      expect(at(`/own/${other}?a=%c3`, own)).toBe('desk/ticket');
      const based = pathTable(events, `/base/${escape}`, {});
      expect(at(`https://host.example/base/${other}/desk/ticket`, based)).toBe('desk/ticket');
      for (const name of ['ö', '%C3%B6', '%c3%b6']) {
        const named = pathTable([route(`l/${name}`, 'l')], '/', {});
        expect(at(`/l/${other}`, named)).toBe(`l/${name}`);
      }
    }
    expect(requestTarget(`/a?b=${escape}`).query).toBe(`b=${escape}`);
  });

  test('half a surrogate pair in a name is no error', () => {
    expect([...pathTable([route('a/\uD800', 'a')], '/', {}).keys()].sort()).toEqual([
      '/a/%EF%BF%BD',
      '/a/\uD800',
    ]);
  });

  describe.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length'])(
    'a member or a word %s that every object inherits',
    (word) => {
      const own = (value: unknown) => Object.defineProperty({}, word, { value, enumerable: true });
      const target = (pointer: string, value: string) =>
        pathTable([route('odd/known', 'odd', [pointer, value])], '/', {}).get('/odd')!;

      test('names an event where the document says so', () => {
        expect(identify(target(word, 'known'), own('known'))).toMatchObject({ event: { name: 'odd/known' } });
        expect(identify(target('kind', word), { kind: word })).toMatchObject({
          event: { name: 'odd/known' },
        });
      });

      test('names none otherwise', () => {
        expect(identify(target('kind', 'known'), { kind: word })).toEqual({ unknown: word });
        for (const payload of [{}, [], 'text', null, own(1), own(own('known'))])
          expect(identify(target(word, 'known'), payload)).toHaveProperty('issue.path', [word]);
      });
    },
  );

  describe('names whose forms coincide', () => {
    const names = (...all: readonly string[]) => {
      const table = pathTable(
        all.map((name) => route(name, 'odd')),
        '/',
        {},
      );
      return Object.fromEntries([...table].map(([path, target]) => [path, target.event?.name]));
    };
    test.each([
      [['é', '%C3%A9'], { '/%C3%A9': 'é', '/é': 'é', '/%25C3%25A9': '%C3%A9' }],
      [['a b', 'a%20b'], { '/a%20b': 'a b', '/a b': 'a b', '/a%2520b': 'a%20b' }],
      // Either may be meant: none is.
      [
        ['a b#', 'a%20b#'],
        {
          '/a%20b%23': 'a b#',
          '/a b#': 'a b#',
          '/a%2520b%23': 'a%20b#',
          '/a%2520b#': 'a%20b#',
        },
      ],
    ])('%j are told apart, whichever comes first', (all, table) => {
      expect(names(...all)).toEqual(table);
      expect(names(...[...all].reverse())).toEqual(table);
    });

    test('or are refused where nothing tells them apart', () => {
      expect(() => names('\uD800', '\uDFFF')).toThrow(
        new TypeError('the path /%EF%BF%BD would stand for two events, or for two products'),
      );
    });
  });
});

describe('identify', () => {
  const paths = pathTable(events.slice(0, 3), '/', {});
  const identified = (payload: unknown, path = '/chat') => {
    const answer = identify(paths.get(path)!, payload);
    return 'event' in answer ? answer.event.name : answer;
  };
  const nothing = { issue: { message: 'must be a string that names the event', path: ['data', 'kind'] } };

  test.each([
    [{ action: 'open' }, 'chat/opened'],
    [{ action: 'close' }, 'chat/closed'],
    [{ data: { kind: 'move' } }, 'chat/moved'],
    [{ action: 'other', data: { kind: 'move' } }, 'chat/moved'],
    [{ action: 'other' }, { unknown: 'other' }],
    [{ action: 'other', data: { kind: 'another' } }, { unknown: 'other' }],
    [{ action: 'constructor' }, { unknown: 'constructor' }],
    [{ action: '' }, { unknown: '' }],
    [{ action: 5 }, nothing],
    [{}, nothing],
    [null, nothing],
    [[], nothing],
    [Object.create({ action: 'open' }), nothing],
  ])('%j', (payload, answer) => {
    expect(identified(payload)).toEqual(answer);
  });

  test('a path of one event names it, whatever the payload says', () => {
    expect(identified({ action: 'close' }, '/chat/opened')).toBe('chat/opened');
  });
});

describe('deliveryKeyReader', () => {
  const headers = new Map([['webhook-id', 'h:1']]);
  const payload = {
    id: 'a:b%',
    n: 7,
    yes: true,
    big: 2 ** 60,
    large: 2 ** 53 - 1,
    small: 1 - 2 ** 53,
    none: null,
    empty: '',
    list: ['x'],
    'a/b': 'slash',
    deep: { id: 'd' },
  };

  test.each([
    [['$message.header#/webhook-id'], 'h:1'],
    [['$message.header#/Webhook-Id'], 'h:1'],
    [['$message.payload#/id'], 'a:b%'],
    [['$message.payload#/large'], '9007199254740991'],
    [['$message.payload#/small'], '-9007199254740991'],
    [['$message.payload#/deep/id'], 'd'],
    [['$message.payload#/list/0'], 'x'],
    [['$message.payload#/a~1b'], 'slash'],
    [['$message.payload#/id', '$message.payload#/n', '$message.payload#/yes'], 'a%3Ab%25:7:true'],
    [['$message.payload#/id', '$message.header#/other'], undefined],
    [['$message.payload#/none'], undefined],
    [['$message.payload#/empty'], undefined],
    [['$message.payload#/big'], undefined],
    [['$message.payload#/deep'], undefined],
    [['$message.payload#/constructor/name'], undefined],
    [['$message.payload'], undefined],
    [['$message.body#/id'], undefined],
    [['$message.body#/webhook-id'], undefined],
    [['nonsense'], undefined],
    [[''], undefined],
    [[], undefined],
  ])('%j', (expressions, key) => {
    expect(deliveryKeyReader(expressions)(headers, payload)).toBe(key);
  });

  test('different parts make different keys', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ':', '%', '3', 'A', '2', '5'),
      minLength: 1,
      maxLength: 5,
    });
    const read = deliveryKeyReader(['$message.payload#/a', '$message.payload#/b']);
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        const same = read(headers, { a, b }) === read(headers, { a: c, b: d });
        expect(same).toBe(a === c && b === d);
      }),
      { numRuns: runs(500, 2000) },
    );
  });
});

test.each([
  ['/a', '/a', ''],
  ['/a?', '/a', ''],
  ['/a?b?c', '/a', 'b?c'],
  ['?', '', ''],
  ['', '', ''],
  ['http://receiver.example/a?b', '/a', 'b'],
  ['HTTPS://user:word@receiver.example:8443/a/b', '/a/b', ''],
  ['http://[::1]:80', '/', ''],
  ['http://receiver.example?b', '/', 'b'],
  ['http:///a', '/a', ''],
  ['ftp://receiver.example/a', 'ftp://receiver.example/a', ''],
  ['/http://receiver.example/a', '/http://receiver.example/a', ''],
])('%j is %j and the query %j', (path, expected, query) => {
  expect(requestTarget(path)).toEqual({ path: expected, query });
});

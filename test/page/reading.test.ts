import { expect, test } from 'vitest';
import { bytes, counted, duration } from '../../src/page/clock.js';
import { hexDump } from '../../src/page/hex.js';
import { backoff, serverSentEvents } from '../../src/page/server-sent.js';
import { fold } from '../../src/page/rows.js';
import { shiftOf, topFor, windowOf } from '../../src/page/window.js';
import { summary } from './deliveries.js';

test.each([1, 2, 3, 7, 1000])('server-sent events are read from pieces of %d characters', (size) => {
  const text = ': hello\r\n\r\ndata: {"a":1}\n\nid: 7\ndata:x\ndata: y\r\n\r\nretry: 5\n\ndata: cut';
  const read = serverSentEvents();
  const events: string[] = [];
  for (let at = 0; at < text.length; at += size) events.push(...read(text.slice(at, at + size)));
  expect(events).toEqual(['{"a":1}', 'x\ny']);
});

test('attempts to connect are made less and less often', () => {
  expect([0, 1, 2, 3, 4, 5, 1000].map(backoff)).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test.each([
  [0, 600, 10_000, 0, 19],
  [56_000, 600, 10_000, 992, 1019],
  [559_400, 600, 10_000, 9981, 10_000],
  [0, 600, 3, 0, 3],
  [9000, 600, 3, 3, 3],
  [-50, 600, 100, 0, 19],
])('from %d pixels on, %d high, of %d rows: %d to %d', (top, height, count, from, to) => {
  expect(windowOf(top, height, 56, count)).toEqual({ from, to });
});

test.each([
  ['a row above', 3, 1000, 168],
  ['a row below', 100, 0, 5056],
  ['a row that is seen', 5, 100, 100],
])('%s is scrolled to where it is seen whole', (_, index, top, expected) => {
  expect(topFor(index, top, 600, 56)).toBe(expected);
});

const listed = (...ids: readonly string[]) =>
  fold(ids.map((name) => summary({ id: name.charAt(0), ...(name.length > 1 && { of: name.charAt(1) }) })));

test.each([
  ['nothing happened', listed('e', 'd', 'c', 'b', 'a'), undefined, 0],
  ['one came above', listed('f', 'e', 'd', 'c', 'b', 'a'), undefined, 1],
  ['one above is gone', listed('d', 'c', 'b', 'a'), undefined, -1],
  ['the first that is seen has a retry', listed('e', 'd', 'fd', 'c', 'b', 'a'), undefined, 0],
  [
    'the first that is seen has a retry, and one came',
    listed('g', 'fd', 'e', 'd', 'c', 'b', 'a'),
    undefined,
    1,
  ],
  ['one is gone between the first and the one that is read', listed('e', 'd', 'b', 'a'), 'b', -1],
  ['the one that is read is gone', listed('e', 'd', 'c', 'a'), 'b', 0],
  ['all that is seen is gone', listed('e', 'a'), undefined, 0],
])('where %s, what is seen of the list stays where it is', (_, now, cursor, expected) => {
  expect(shiftOf(listed('e', 'd', 'c', 'b', 'a'), now, { from: 1, to: 4 }, cursor)).toBe(expected);
});

test('bytes are dumped in rows of sixteen', () => {
  expect(hexDump(Uint8Array.from({ length: 18 }, (_, index) => index * 15))).toEqual([
    '00000000  00 0f 1e 2d 3c 4b 5a 69 78 87 96 a5 b4 c3 d2 e1  ...-<KZix.......',
    '00000010  f0 ff                                            ..',
  ]);
});

test('amounts are said in words', () => {
  expect([duration(12.4), duration(1234), duration(61_000)]).toEqual(['12 ms', '1.2 s', '61 s']);
  expect([bytes(3), bytes(2048), bytes(1024 * 1024)]).toEqual(['3 B', '2.0 KiB', '1.0 MiB']);
  expect([counted(0, 'issue'), counted(1, 'delivery'), counted(2, 'delivery')]).toEqual([
    '0 issues',
    '1 delivery',
    '2 deliveries',
  ]);
});

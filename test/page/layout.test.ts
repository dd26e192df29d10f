import { expect, test } from 'vitest';
import { deepest, laidOut, layOut } from '../../src/page/layout.js';
import { placeOf, remarks } from '../../src/page/notes.js';

function drawn(json: string): readonly string[] | undefined {
  return layOut(json)?.map(
    ({ depth, pointer, parts, isEnd }) =>
      `${pointer}${isEnd ? ' end' : ''} | ${'  '.repeat(depth)}${parts.map(({ text }) => text).join('')}`,
  );
}

test('a member stands on a line, with its pointer', () => {
  expect(drawn('{"a":{"b/c":[1,{"~":null}],"e":{}},"f":[]}')).toEqual([
    ' | {',
    '/a |   "a": {',
    '/a/b~1c |     "b/c": [',
    '/a/b~1c/0 |       1,',
    '/a/b~1c/1 |       {',
    '/a/b~1c/1/~0 |         "~": null',
    '/a/b~1c/1 end |       }',
    '/a/b~1c end |     ],',
    '/a/e |     "e": {}',
    '/a end |   },',
    '/f |   "f": []',
    ' end | }',
  ]);
});

test.each([
  '"a \\" quoted \\\\"',
  '1e400',
  '-0.10',
  'true',
  '[\n  "\\ud800"\n]',
  '{\n  "a": 1,\n  "a": 2,\n  "__proto__": 3,\n  "1": 0\n}',
])('the spelling and the order of %j stay', (json) => {
  expect(laidOut(json)).toBe(json);
});

test.each([
  '',
  '{',
  '[1',
  '{"a"}',
  '{"a":}',
  '{a:1}',
  '[1 2]',
  '1 2',
  '"open',
  '[1]]',
  '{"a":1,}',
  'NaN',
  "{'a':1}",
])('%j is no JSON', (text) => {
  expect(layOut(text)).toBeUndefined();
  expect(laidOut(text)).toBe(text);
});

test('what is nested deeper than anybody reads stands on one line', () => {
  const json = '['.repeat(100_000) + ']'.repeat(100_000);
  const lines = layOut(json);
  expect(lines).toHaveLength(deepest + 1);
  expect(laidOut(json)).toBe(json);
});

test('each issue is said at its place, and what is not there at what would hold it', () => {
  const lines = layOut('{"a":{"b":1,"c":2},"d":[3]}') ?? [];
  const said = remarks(lines, {
    issuesAt: [
      { pointer: '/a/b', message: 'must be a string' },
      { pointer: '/a/missing', message: 'is missing' },
      { pointer: '/d/0/deep/er', message: 'is not there' },
      { pointer: '/nowhere', message: 'is missing' },
    ],
    unknownAt: ['/a/c', '/gone'],
    descriptions: [{ pointer: '/d', message: 'A list.' }],
  });
  const table = said.map(({ issues, isUnknown, description }) => [issues.join(), isUnknown, description]);
  expect(table).toEqual([
    ['is missing', false, undefined],
    ['is missing', false, undefined],
    ['must be a string', false, undefined],
    ['', true, undefined],
    ['', false, undefined],
    ['', false, 'A list.'],
    ['is not there', false, undefined],
    ['', false, undefined],
    ['', false, undefined],
  ]);
});

test('a pointer as long as a hostile payload is deep finds its place at once', () => {
  expect(placeOf(new Map([['', 0]]), '/0'.repeat(500_000))).toBe(0);
});

import { describe, expect, test } from 'vitest';
import { decodeForm } from '../../templates/runtime/form.js';
import { formOf } from '../../src/delivery/form.js';
import { offsetsIn, laidOut } from '../../src/delivery/layout.js';
import { withSettings } from '../../src/delivery/set.js';
import type { Json } from '../../src/model/json.js';

describe('the kit reads a form back', () => {
  test.each<[Json, unknown]>([
    [{ a: { b: 1, c: null, d: true } }, { a: { b: '1', c: '', d: 'true' } }],
    [
      { a: ['x', 'y'], b: [{ c: 1, d: 2 }, { c: 3 }] },
      { a: ['x', 'y'], b: [{ c: '1', d: '2' }, { c: '3' }] },
    ],
    [
      { 'a&b=c': 'd+e f%\r\n;"', ü: '発送 🙏' },
      { 'a&b=c': 'd+e f%\r\n;"', ü: '発送 🙏' },
    ],
    [{ a: '\ud800' }, { a: '\ufffd' }],
    [JSON.parse('{"__proto__":{"a":"b"}}') as Json, JSON.parse('{"__proto__":{"a":"b"}}')],
  ])('%j', (payload, read) => {
    expect(decodeForm(formOf(payload) ?? '')).toEqual({ payload: read });
  });

  test('and nothing but an object is one', () => {
    expect([[1], 'a', null, 7].map((payload) => formOf(payload as Json))).toEqual(Array(4).fill(undefined));
  });
});

describe('what is set', () => {
  test.each<[string[], unknown]>([
    [['a.b=1', '/a/c=x=y'], { a: { b: 1, c: 'x=y' }, list: [1] }],
    [['list.0=[]', 'list.-="2"'], { list: [[], '2'] }],
    [['/x~1y/~0={"a":null}'], { list: [1], 'x/y': { '~': { a: null } } }],
    [['__proto__.polluted=true'], JSON.parse('{"list":[1],"__proto__":{"polluted":true}}')],
  ])('%j', (settings, changed) => {
    expect(withSettings({ list: [1] }, settings)).toEqual(changed);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a value is found in its text', () => {
  const text = '\ufeff{ "a" : {"b":[10, {"c":"]}\\",:"}, 30]},\n"a\\u0062": -1.5e3, "a": {"b": [true]} }';
  test.each<[(string | number)[], string]>([
    [[], '{ "a"'],
    [['ab'], '-1.5e3'],
    [['a', 'b', 0], 'true'],
    // What is not there is found where the way ends.
    [['ab', 'none', 1], '-1.5e3'],
    [['none'], '{ "a"'],
  ])('%j', (path, starts) => {
    const [offset = -1] = offsetsIn(text, [path]);
    expect(text.slice(offset, offset + starts.length)).toBe(starts);
  });

  test('whatever it is, of what is laid out', () => {
    const payload: Json = { a: [{ 'x/y': 'say "so": {' }, null, [[]]], '': { '0': false } };
    const shown = laidOut(payload) ?? '';
    const paths = [
      ['a', 0, 'x/y'],
      ['a', 1],
      ['a', 2, 0],
      ['', '0'],
    ];
    const values = ['"say \\"so\\": {"', 'null', '[]', 'false'];
    for (const [at, offset] of offsetsIn(shown, paths).entries())
      expect(shown.slice(offset).startsWith(values[at]!), shown.slice(offset)).toBe(true);
  });

  test('and what is nested too deeply is not laid out', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as Json;
    expect(laidOut(deep)).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { decodeBody } from '../../templates/runtime/body.js';
import { charsetOf, isKnownCharset } from '../../templates/runtime/text.js';

const text = '{"größe":"naïve – 1 €"}';
const payload = { größe: 'naïve – 1 €' };

const utf16le = Buffer.from(text, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
/** Windows-1252 has the dash and the euro where ISO-8859-1 has control characters. */
const windows1252 = Buffer.from(text.replace('–', '\x96').replace('€', '\x80'), 'latin1');
const after = (mark: readonly number[], bytes: Uint8Array) => Buffer.concat([Uint8Array.from(mark), bytes]);

test.each<[string, Uint8Array, string | undefined]>([
  ['UTF-8', Buffer.from(text), undefined],
  ['UTF-8 with its mark', after([0xef, 0xbb, 0xbf], Buffer.from(text)), undefined],
  ['UTF-8, as it says', Buffer.from(text), 'utf-8'],
  ['UTF-8 that says it is ISO-8859-1, as many servers do', Buffer.from(text), 'iso-8859-1'],
  ['UTF-8 that says it is UTF-16', Buffer.from(text), 'utf-16'],
  ['ISO-8859-1, which means windows-1252', windows1252, 'iso-8859-1'],
  ['windows-1252', windows1252, 'windows-1252'],
  ['latin1', windows1252, 'latin1'],
  ['UTF-16 by its mark alone, little end first', after([0xff, 0xfe], utf16le), undefined],
  ['UTF-16 by its mark alone, big end first', after([0xfe, 0xff], utf16be), undefined],
  ['UTF-16 with a mark', after([0xfe, 0xff], utf16be), 'utf-16'],
  ['UTF-16 with a mark, little end first', after([0xff, 0xfe], utf16le), 'utf-16'],
  ['UTF-16 without a mark, little end first', utf16le, 'utf-16'],
  ['UTF-16 without a mark, big end first', utf16be, 'utf-16'],
  ['UTF-16LE', utf16le, 'utf-16le'],
  ['UTF-16BE', utf16be, 'utf-16be'],
  ['UTF-16BE that says it is UTF-16LE', utf16be, 'utf-16le'],
])('%s', (_, bytes, charset) => {
  expect(decodeBody(bytes, false, charset)).toEqual({ payload });
});

test('a form may be in any of these as well', () => {
  expect(decodeBody(Buffer.from('a=größe', 'latin1'), true, 'iso-8859-1')).toEqual({
    payload: { a: 'größe' },
  });
  expect(decodeBody(Buffer.from('a=größe', 'utf16le'), true)).toEqual({ payload: { a: 'größe' } });
});

test.each<[string, Uint8Array, string | undefined, string]>([
  ['ISO-8859-1 without a word of it', windows1252, undefined, 'the body is not UTF-8'],
  ['ISO-8859-1 that says it is UTF-8', windows1252, 'utf-8', 'the body is not UTF-8'],
  ['UTF-16 with half a character', utf16le.subarray(0, -1), 'utf-16', 'the body is not UTF-16'],
  ['UTF-16 with half a pair', Buffer.from('{"a":"\uD800"}', 'utf16le'), undefined, 'the body is not UTF-16'],
  ['a mark and nothing', Uint8Array.of(0xff, 0xfe), undefined, 'the body is not JSON'],
  ['half a mark', Uint8Array.of(0xff), undefined, 'the body is not UTF-8'],
  ['a zero', Uint8Array.of(0), undefined, 'the body is not UTF-16'],
  [
    'what is not in Shift_JIS either',
    Uint8Array.of(0x22, 0xfd, 0x22),
    'shift_jis',
    'the body is neither UTF-8 nor what its content type says',
  ],
])('%s: %s', (_, bytes, charset, reason) => {
  expect(decodeBody(bytes, false, charset)).toEqual({ reason });
});

describe('charset', () => {
  test.each([
    ['application/json', undefined],
    ['application/json; charset=UTF-16', 'utf-16'],
    ['application/json;charset="ISO-8859-1"', 'iso-8859-1'],
    ['application/json ; CharSet = utf-8 ; x=y', 'utf-8'],
    ['application/json; x=charset; charset=latin1', 'latin1'],
    ['application/json; charset=', undefined],
    ['', undefined],
  ])('of %j is %j', (contentType, charset) => {
    expect(charsetOf(contentType)).toBe(charset);
  });

  test('is found in linear time', () => {
    for (const unit of [' ', ';', '; ', '; charset', '; charset= ', ';charset="'])
      charsetOf(unit.repeat(1_000_000 / unit.length));
  });

  test.each([
    ['utf-8', true],
    ['utf-16le', true],
    ['windows-1252', true],
    ['klingon', false],
    ['', false],
    ['__proto__', false],
  ])('%j is known: %j', (charset, known) => {
    expect(isKnownCharset(charset)).toBe(known);
  });
});

describe('numbers', () => {
  test.each(['1e999', '-1e999', '[1E+400]', '{"a":[{"b":1e309}]}', '9'.repeat(400), `${'9'.repeat(300)}e99`])(
    '%s is too large',
    (json) => {
      const reason = 'the body holds a number that is too large';
      expect(decodeBody(Buffer.from(json), false)).toEqual({ reason });
    },
  );

  test.each(['1e308', '"1e999"', '{"1e999":0}', '1e-999', '0e999', '[null,true,"x",{}]'])(
    '%s is none',
    (json) => {
      expect(decodeBody(Buffer.from(json), false)).toEqual({ payload: JSON.parse(json) as unknown });
    },
  );

  test('are looked at once each, however deep and however many', () => {
    const deep = '['.repeat(300_000) + '1e999' + ']'.repeat(300_000);
    const wide = `[${'1,'.repeat(500_000)}1e999]`;
    for (const json of [deep, wide]) expect(decodeBody(Buffer.from(json), false)).toHaveProperty('reason');
  });
});

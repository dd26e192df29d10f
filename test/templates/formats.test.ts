import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs, sample } from '../sample.js';
import * as runtime from '../../templates/runtime/formats.js';

type Check = (text: string) => boolean;

/** ajv-formats' full verdict. */
function oracle(name: keyof typeof fullFormats): Check {
  const format: unknown = fullFormats[name];
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format as Check;
  return (format as { validate: Check }).validate;
}

const formats: Record<string, { check: Check; alphabet: string; samples: readonly string[] }> = {
  'date-time': {
    check: runtime.isDateTime,
    alphabet: '0123456789-:.+TtZz 69',
    samples: [
      '2026-02-28T10:06:00Z',
      '2024-02-29t10:06:00.123456789+05:30',
      '2023-02-29T00:00:00Z',
      '2000-02-29 00:00:00Z',
      '1900-02-29T00:00:00Z',
      '1998-12-31T23:59:60Z',
      '1998-12-31T15:59:60.123-08:00',
      '1998-12-31T22:59:60Z',
      '1998-12-31T23:59:61Z',
      '1998-12-31T23:58:60Z',
      '2020-01-01T00:29:60+00:30',
      '1990-12-31T15:59:59-24:00',
      '1963-06-19T08:30:06.Z',
      '1963-06-19T08:30:06',
      '1963-06-1৪T00:00:00Z',
      '+11963-06-19T08:30:06Z',
      '2026-13-01T00:00:00Z',
      '2026-04-31T00:00:00Z',
      '2026-04-30T24:00:00Z',
      '2026-04-30T00:60:00Z',
      '2026-04-30T00:00:00+0530',
      '2026-04-30T00:00:00+05:59',
      '2026-04-30T00:00:00-23:00',
      '2026-04-30T23:59:59Z',
      '2026-04-30T00:00:00+05:60',
      '2026-04-30T00:00:00ZZ',
      'March 23 2016 at 10:06 AM',
    ],
  },
  date: {
    check: runtime.isDate,
    alphabet: '0123456789-29',
    samples: [
      '2026-02-28',
      '2026-02-29',
      '2024-02-29',
      ...['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31', '2026-08-31', '2026-10-31', '2026-12-31'],
      ...['2026-04-31', '2026-06-31', '2026-09-31', '2026-11-31', '2026-01-32', '2024-02-30'],
      ...['2026-04-30', '2026-06-30', '2026-09-30', '2026-11-30', '0000-01-01', '1900-02-28'],
      '2026-00-01',
      '2026-01-00',
      '2026-1-01',
      '2026-01-011',
    ],
  },
  time: {
    check: runtime.isTime,
    alphabet: '0123456789:.+-Zz',
    samples: [
      '10:06:00Z',
      '10:06:00',
      '23:29:60+23:30',
      '23:29:60+23:00',
      '00:29:60-23:30',
      '24:00:00Z',
      '1:00:00Z',
    ],
  },
  duration: {
    check: runtime.isDuration,
    alphabet: 'PTYMDHSW0129',
    samples: ['P', 'PT', 'P1Y2M3DT4H5M6S', 'P2W', 'P2W1D', 'P1S', 'PT1S', 'P1DT', 'p1d', 'P-1D'],
  },
  email: {
    check: runtime.isEmail,
    alphabet: 'aZ0.-_@+é "',
    samples: [
      'joe@example.com',
      'joe@localhost',
      '.joe@a.b',
      'joe..x@a.b',
      'a@b.c-',
      'a@-b.c',
      "o'x+y@a.co",
      '',
    ],
  },
  hostname: {
    check: runtime.isHostname,
    alphabet: 'aZ0.-_',
    samples: [
      'example.com',
      'example.com.',
      '.',
      '-a.b',
      'a-.b',
      'a'.repeat(63),
      'a'.repeat(64),
      'ab.'.repeat(85),
    ],
  },
  ipv4: {
    check: runtime.isIpv4,
    alphabet: '0123456789.25',
    samples: ['127.0.0.1', '255.255.255.255', '256.0.0.1', '01.2.3.4', '1.2.3', '1.2.3.4.', '1.2.3.4.5', ''],
  },
  ipv6: {
    check: runtime.isIpv6,
    alphabet: '01fF:.:2',
    samples: [
      '::',
      '::1',
      '1::',
      ':',
      ':::',
      '1:2:3:4:5:6:7:8',
      '1::3:4:5:6:7:8',
      '1:2:3:4:5:6:7::',
      '1:2:3:4:5:6:7:8:9',
    ].concat([
      '::ffff:1.2.3.4',
      '1:2:3:4:5:6:1.2.3.4',
      '1:2:3:4:5:6:7:1.2.3.4',
      '1.2.3.4::',
      '::1::',
      '12345::',
      '',
    ]),
  },
  uri: {
    check: runtime.isUri,
    alphabet: 'ax:/?#[]@%20.é\\"',
    samples: [
      'https://a.b/c?d#e',
      'https://[::1]:80/',
      'https://[v1.x]/',
      'https://[zz]/',
      '//a/b',
      'mailto:a@b',
      'a:',
      'a:?b',
    ].concat([
      'http://a b',
      'http://a/%zz',
      'http://a/%2f',
      'http://u:p@h:1/',
      'http://h:x/',
      'urn:x:y',
      'http:///',
      '',
    ]),
  },
  'uri-reference': {
    check: runtime.isUriReference,
    alphabet: 'ax:/?#[]@%20.é\\',
    samples: ['', '#', '?', '/a//b', '//a', 'a/b', '../a', '\\\\server', 'http://a/{b}', '#é'],
  },
  'uri-template': {
    check: runtime.isUriTemplate,
    alphabet: 'a{}:*,?%20 1',
    samples: ['http://a/{b}{?c,d*}', '{b', '{b:10000}', '{b:9999}', 'a b', '{+x}', '{}', '%zz', '%2f'],
  },
  uuid: {
    check: runtime.isUuid,
    alphabet: '0aF-g',
    samples: [
      '2eb8aa08-aa98-11ea-b4aa-73b441d16380',
      'urn:uuid:2EB8AA08-AA98-11EA-B4AA-73B441D16380',
      '2eb8aa08',
      '',
    ],
  },
  regex: {
    check: runtime.isRegex,
    alphabet: '()[]*+?{}\\Za^$',
    samples: ['^(a+)+$', '(', 'a\\Z', '\\Z', '[a', ''],
  },
  'json-pointer': {
    check: runtime.isJsonPointer,
    alphabet: '/~01a',
    samples: ['', '/', '/a~0b~1c', '/~', '/~2', 'a', '#/a'],
  },
  'relative-json-pointer': {
    check: runtime.isRelativeJsonPointer,
    alphabet: '/~01a#',
    samples: ['0', '1/a', '0#', '01/a', '/a', '10##', '-1/a', ''],
  },
};

/** What the oracle takes against RFC 3339: an hour of 24 or a minute of 60 with a leap second, an offset of hours alone. */
const laxer = [/(?:^|[t ])(?:2[4-9]|[3-9]\d):\d\d:60/i, /\d\d:[6-9]\d:60/, /[+-]\d\d$/];

test.each(['2016-12-31T24:59:60+01:00', '2016-12-31T23:60:60Z', '1985-04-12T23:20:50+01'])(
  'is stricter than ajv-formats: %s',
  (text) => {
    expect(runtime.isDateTime(text)).toBe(false);
  },
);

const table = Object.entries(formats).map(([name, format]) => ({ name, ...format }));

describe.each(table)('$name', ({ name, check, alphabet, samples }) => {
  const expected = oracle(name as keyof typeof fullFormats);

  test.each(samples)('%j', (text) => {
    expect(check(text)).toBe(expected(text));
  });

  test('agrees with ajv-formats on any text of its alphabet, and on samples with a character changed', () => {
    const some = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 40 });
    const changed = fc
      .tuple(fc.constantFrom(...samples), fc.nat(), fc.constantFrom('', ...alphabet), fc.nat(2))
      .map(([text, seed, insert, drop]) => {
        const at = seed % (text.length + 1);
        return text.slice(0, at) + insert + text.slice(at + drop);
      });
    const agrees = (text: string): void => {
      fc.pre(!(name.includes('time') && laxer.some((each) => each.test(text))));
      expect(check(text), JSON.stringify(text)).toBe(expected(text));
    };
    fc.assert(fc.property(fc.oneof(some, changed), agrees), { numRuns: runs(500, 3000) });
  });

  test('finishes on a megabyte of anything', () => {
    const units = [...alphabet, 'a-', 'a.', '%20', '{a}', 'a:', '0.', '::', '/a', '[a]', '1Y'];
    for (const unit of sample(units, 2)) {
      for (const [start = '', end = ''] of [
        ['', ''],
        ['', '!'],
        ['a@', '!'],
        ['a://', '\\'],
        ['P', '!'],
        ['{', ''],
        ['2026-01-01T00:00:00.', 'x'],
      ]) {
        check(start + unit.repeat(1_000_000 / unit.length) + end);
      }
    }
  });
});

test('a fraction has any number of digits', () => {
  expect(runtime.isDateTime(`2026-01-01T00:00:00.${'9'.repeat(1000)}Z`)).toBe(true);
});

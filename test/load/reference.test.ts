import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointerSteps } from '../../src/model/pointer.js';
import { encodeStep } from '../../src/load/pointer.js';
import { classifyRef } from '../../src/load/reference.js';
import { memberOf, type Tree } from '../../src/load/tree.js';

const judged: readonly (readonly [ref: string, expected: string])[] = [
  ['#', 'inside'],
  ['#/components/schemas/A', 'inside'],
  ['./a.yaml', 'file a.yaml'],
  ['a%20b.yaml#/x', 'file a b.yaml'],
  ['common/a.yaml#/x', 'file common/a.yaml'],
  ['../a.yaml', 'file ../a.yaml'],
  ['%2e%2e/a.yaml', 'file ../a.yaml'],
  ['http://example.com/a.yaml', 'ref-remote'],
  ['HTTP://example.com/a.yaml', 'ref-remote'],
  ['https://example.com/a.avsc#/x', 'ref-remote'],
  [' https://example.com', 'ref-remote'],
  ['//example.com/a.yaml', 'ref-remote'],
  ['\\\\example.com\\a.yaml', 'ref-remote'],
  ['/\\example.com/a.yaml', 'ref-remote'],
  ['ftp://example.com/a', 'ref-remote'],
  ['data:application/json,{}', 'ref-remote'],
  ['javascript:alert(1)', 'ref-remote'],
  ['urn:example:a', 'ref-remote'],
  ['h2c://example.com', 'ref-remote'],
  ['sub/urn:a.yaml', 'file sub/urn:a.yaml'],
  ['%68ttp://example.com', 'ref-remote'],
  ['file:///etc/passwd', 'ref-absolute'],
  ['FILE:/etc/passwd', 'ref-absolute'],
  ['/etc/passwd', 'ref-absolute'],
  ['%2Fetc/passwd', 'ref-absolute'],
  ['\\etc\\passwd', 'ref-absolute'],
  ['C:\\secrets.yaml', 'ref-absolute'],
  ['c:/secrets.yaml', 'ref-absolute'],
  ['..\\..\\.env', 'ref-malformed'],
  ['a\\b.yaml', 'ref-malformed'],
  ['a.yaml\0', 'ref-malformed'],
  ['a%00.yaml', 'ref-malformed'],
  ['ht\ntp://example.com', 'ref-malformed'],
  ['a%zz.yaml', 'ref-malformed'],
  ['\ud800.yaml', 'ref-malformed'],
  ['#/\ud800', 'ref-malformed'],
  ['a.yaml#/\udc00x', 'ref-malformed'],
  ['', 'ref-malformed'],
  ['#anchor', 'ref-malformed'],
  ['a.yaml#anchor', 'ref-malformed'],
  ['#/a~2b', 'ref-malformed'],
  ['#/a~', 'ref-malformed'],
  ['#/%zz', 'ref-malformed'],
];

test.each(judged)('%j is %s', (ref, expected) => {
  const reference = classifyRef(ref);
  const path = reference.kind === 'file' ? ` ${reference.path.replace(/^\.\//u, '')}` : '';
  expect(reference.kind === 'refused' ? reference.code : reference.kind + path).toBe(expected);
});

describe('JSON Pointers (RFC 6901)', () => {
  const document: Tree = {
    'a/b~c d': { '': [10, 11], '%': 1 },
    '~1': 2,
    list: [{ x: 1 }],
    constructor: 5,
  };

  test.each([
    ['', document],
    ['/a~1b~0c%20d//1', 11],
    ['/a~1b~0c d/%25', 1],
    ['/~01', 2],
    ['/list/0/x', 1],
    ['/list/00', undefined],
    ['/list/-', undefined],
    ['/list/length', undefined],
    ['/list/1', undefined],
    ['/toString', undefined],
    ['/constructor', 5],
    ['/constructor/name', undefined],
  ])('%j', (fragment, expected) => {
    let value: Tree | undefined = document;
    for (const step of pointerSteps(`#${fragment}`)!) value = memberOf(value, step);
    expect(value).toBe(expected);
  });

  test('what is encoded is read back', () => {
    expect(encodeStep('~a/b~1')).toBe('~0a~1b~01');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (step) => {
        expect(pointerSteps(`#/${encodeStep(step)}`)).toEqual([step]);
        expect(encodeStep(step)).toMatch(/^[\w.!~*'()%-]*$/u);
      }),
    );
  });
});

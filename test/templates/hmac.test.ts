import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hmacSha256 } from '../../templates/runtime/hmac.js';

/** RFC 4231, section 4: the test cases that are whole digests. */
const published: readonly (readonly [key: string, data: string, digest: string])[] = [
  ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    '4a656665',
    '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  [
    'aa'.repeat(131),
    Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First').toString('hex'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
];

/** Where Node hashes in one call, and where it does not. */
const ways = [
  ['in one call', undefined],
  ['by an object', {}],
] as const;

describe.each(ways)('%s', (_, crypto) => {
  test.each(published)('the published digest of the key %s', (key, data, digest) => {
    const hmac = hmacSha256(Buffer.from(key, 'hex'), crypto);
    expect(hmac('', Buffer.from(data, 'hex'), 'hex')).toBe(digest);
    // Again, because the buffer is the same.
    expect(hmac('', Buffer.from(data, 'hex'), 'base64')).toBe(Buffer.from(digest, 'hex').toString('base64'));
  });

  test('what is no bytes is refused', () => {
    const hmac = hmacSha256(Buffer.from('key'), crypto);
    for (const value of [5, null, {}]) expect(() => hmac('', value as never, 'hex')).toThrow(TypeError);
  });

  test('the same as an Hmac object, whatever the key, the text and the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(16_383, 16_384, 16_385, 100_000).map((length) => new Uint8Array(length).fill(7)),
    );
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 300 }));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), text, bytes, (key, before, body) => {
        for (const encoding of ['hex', 'base64'] as const) {
          const expected = createHmac('sha256', key).update(before).update(body).digest(encoding);
          expect(hmacSha256(key, crypto)(before, body, encoding)).toBe(expected);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunksOf, collect, decodeBody, sizeOf } from '../../templates/runtime/body.js';
import { runs, sample } from '../sample.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const json = (text: string) => decodeBody(bytes(text), false);
const form = (text: string) => decodeBody(bytes(text), true);

describe('JSON', () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['null', null],
    ['[]', []],
    ['5', 5],
    ['"größer \u{1F600}"', 'größer \u{1F600}'],
  ])('%j', (text, payload) => {
    expect(json(text)).toEqual({ payload });
  });

  test.each([
    ['', 'the body is empty'],
    [' ', 'the body is not JSON'],
    ['\uFEFF', 'the body is not JSON'],
    ['{"a":SECRET}', 'the body is not JSON'],
    ['{"a":1}{"a":2}', 'the body is not JSON'],
    ['{"a":NaN}', 'the body is not JSON'],
  ])('%j: %s', (text, reason) => {
    expect(json(text)).toEqual({ reason });
  });

  test.each([[[0xff]], [[0xc3, 0x28]], [[0xed, 0xa0, 0x80]], [[0x7b, 0x22, 0xe2, 0x82]], [[0x22, 0xff]]])(
    '%j is not UTF-8',
    (octets) => {
      expect(decodeBody(Uint8Array.from(octets), false)).toEqual({ reason: 'the body is not UTF-8' });
      expect(decodeBody(Uint8Array.from(octets), true)).toEqual({ reason: 'the body is not UTF-8' });
    },
  );

  test('a text that was cut short leaves nothing behind for the next', () => {
    decodeBody(Uint8Array.from([0x22, 0xe2, 0x82]), false);
    expect(json('"a"')).toEqual({ payload: 'a' });
  });
});

describe('form', () => {
  test.each([
    ['a=1', { a: '1' }],
    [
      'freshdesk_webhook%5Bticket_id%5D=40817&freshdesk_webhook%5Bticket_subject%5D=Printer+jam',
      { freshdesk_webhook: { ticket_id: '40817', ticket_subject: 'Printer jam' } },
    ],
    ['a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
    ['a[]=1&a[]=2', { a: ['1', '2'] }],
    ['a[][b]=1&a[][c]=2&a[][b]=3', { a: [{ b: '1', c: '2' }, { b: '3' }] }],
    ['a[0]=x', { a: { 0: 'x' } }],
    ['a=1&a=2', { a: '2' }],
    ['a', { a: '' }],
    ['&a=1&&b=2&', { a: '1', b: '2' }],
    ['a=b=c%26%3D', { a: 'b=c&=' }],
    ['a[b=1', { 'a[b': '1' }],
    ['a]b=1', { 'a]b': '1' }],
    ['[a]=1', { '[a]': '1' }],
    ['a[b]c=1', { 'a[b]c': '1' }],
    ['a[b][c[d]=1', { 'a[b][c[d]': '1' }],
    ['a[[b]]=1', { 'a[[b]]': '1' }],
    ['=1', { '': '1' }],
    ['gr%C3%B6%C3%9Fe=%F0%9F%98%80', { größe: '\u{1F600}' }],
  ])('%s', (text, payload) => {
    expect(form(text)).toEqual({ payload });
  });

  test.each([
    ['', 'the body is empty'],
    ['a=%', 'the form is not percent-encoded UTF-8'],
    ['a=%zz', 'the form is not percent-encoded UTF-8'],
    ['%ff=1', 'the form is not percent-encoded UTF-8'],
    ['a=1&a[b]=2', 'the form contradicts itself'],
    ['a[b]=1&a=2', 'the form contradicts itself'],
    ['a[]=1&a[b]=2', 'the form contradicts itself'],
    ['a[b]=1&a[]=2', 'the form contradicts itself'],
    [`a${'[b]'.repeat(100)}=1`, 'the form is nested too deeply'],
    [`a${'[]'.repeat(100)}=1`, 'the form is nested too deeply'],
    [Array.from({ length: 10_000 }, (_, index) => `k${index}=1`).join('&'), 'the form has too many fields'],
    ['&'.repeat(10_000), 'the form has too many fields'],
  ])('%.40s: %s', (text, reason) => {
    expect(form(text)).toEqual({ reason });
  });

  test('the limits are 1000 fields and 16 levels', () => {
    const fields = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=1`).join('&');
    expect(form(fields(1000))).toHaveProperty('payload');
    expect(form(fields(1001))).toHaveProperty('reason');
    expect(form(`a${'[b]'.repeat(15)}=1`)).toHaveProperty('payload');
    expect(form(`a${'[b]'.repeat(16)}=1`)).toHaveProperty('reason');
  });

  test('finishes on a megabyte of anything', () => {
    const units = ['[', ']', '[]', '][', 'a[', '%5B', '&', '=', '+', 'a[]=1&', 'a[][b]=1&', '[a]'];
    for (const unit of sample(units, 4)) {
      form(`a${unit.repeat(1_000_000 / unit.length)}`);
      form(`a[${unit.repeat(1_000_000 / unit.length)}]`);
    }
  });

  test('reads back what a form of any members was made of, and never throws', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .filter((text) => !/[[\]]/.test(text));
    const members = fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme' })), {
      selector: ([key]) => key,
      maxLength: 20,
    });
    fc.assert(
      fc.property(members, (pairs) => {
        fc.pre(pairs.length > 0);
        const text = pairs
          .map(([key, value]) => `root[${encodeURIComponent(key)}]=${encodeURIComponent(value)}`)
          .join('&');
        const read = form(text) as { payload: { root: Record<string, string> } };
        expect(Object.entries(read.payload.root).sort()).toEqual(
          pairs.map(([key, value]) => [key, value]).sort(),
        );
      }),
    );
    const syntax = fc.string({
      unit: fc.constantFrom('a', '[', ']', '=', '&', '%', '+', '0', '__proto__'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(syntax, (text) => {
        form(text);
        expect(Object.prototype).not.toHaveProperty('a');
      }),
    );
  });
});

test.each([
  [json, '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
  [form, '__proto__[polluted]=1&constructor[prototype][polluted]=1'],
])('members named as the prototype are own members of the payload, and no more than that', (read, text) => {
  const { payload } = read(text) as { payload: object };
  expect(Object.keys(payload)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
  expect({}).not.toHaveProperty('polluted');
});

describe('collect', () => {
  async function* chunks(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
    for (const size of sizes) yield new Uint8Array(size).fill(size % 256);
  }

  test('puts together what comes in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60_000 }), { maxLength: 8 }), async (pieces) => {
        async function* stream() {
          yield* pieces;
        }
        const whole = Buffer.concat(pieces);
        expect(await collect(stream(), whole.byteLength)).toEqual(new Uint8Array(whole));
        if (whole.byteLength > 0) expect(await collect(stream(), whole.byteLength - 1)).toBe('too large');
      }),
      { numRuns: runs(50) },
    );
  });

  test('reads no further than the limit', async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read++;
        yield new Uint8Array(1000);
      }
    }
    expect(await collect(endless(), 10_000)).toBe('too large');
    expect(read).toBe(11);
  });

  test('a stream that fails, and one of something else than bytes', async () => {
    async function* failing() {
      yield* chunks(10);
      throw new Error('reset');
    }
    expect(await collect(failing(), 100)).toBe('broken off');
    async function* texts() {
      yield 'text';
    }
    const refused = new TypeError('the body must be a stream of bytes, not of text or objects');
    await expect(collect(texts() as never, 100)).rejects.toThrow(refused);
    async function* mixed() {
      yield 'text';
      yield* chunks(10);
    }
    await expect(collect(mixed() as never, 100)).rejects.toThrow(refused);
  });

  test.each([
    ['little', [10, 20], 1_000_000, 16_384],
    ['what is more, twice as much', [16_000, 1000], 1_000_000, 32_768],
    ['a piece that is larger still, as much', [100_000, 1], 1_000_000, 200_000],
    ['what just fits, no more', [16_000, 384], 1_000_000, 16_384],
    ['a limit below that, the limit', [10, 20], 100, 100],
    ['a limit near by, the limit', [16_000, 1000], 20_000, 20_000],
  ])('makes room for %s', async (_, sizes, limit, room) => {
    const whole = await collect(chunks(...sizes), limit);
    expect(whole).toEqual(Uint8Array.from(sizes.flatMap((size) => Array<number>(size).fill(size % 256))));
    expect((whole as Uint8Array).buffer.byteLength).toBe(room);
  });
});

describe('sizeOf', () => {
  test.each([
    [new Uint8Array(7), '3', 7],
    [stream(), '3', 3],
    [stream(), undefined, 0],
  ])('is what is there, else what the sender says, else nothing (%#)', (body, contentLength, size) => {
    expect(sizeOf(body, contentLength)).toBe(size);
  });

  test.each(['text', { kind: 'order.paid' }, null, undefined, 5])('%j is no body', (body) => {
    expect(() => sizeOf(body as never, undefined)).toThrow(
      new TypeError('body must be the raw bytes, or a stream of them, and not what a parser made of them'),
    );
  });
});

test("a request's body is stopped where nobody wants the rest, and that it cannot be stopped is no error", async () => {
  let stopped = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => {
      stopped++;
      throw new Error('already gone');
    },
  });
  const chunks = chunksOf({ body: body as never, bodyUsed: false }) as AsyncIterable<Uint8Array>;
  expect(await collect(chunks[Symbol.asyncIterator](), 25)).toBe('too large');
  expect(stopped).toBe(1);
});

async function* stream(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1);
}

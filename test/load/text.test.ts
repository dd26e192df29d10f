import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brief, folder, loadIn, loadText } from './folder.js';

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

const rejected: readonly (readonly [name: string, content: string | Uint8Array, expected: string])[] = [
  ['nothing', '', 'text-empty api.yaml:1:1'],
  ['white space', ' \n\t\n', 'text-empty api.yaml:1:1'],
  ['only a byte order mark', '\uFEFF', 'text-empty api.yaml:1:1'],
  ['NUL', 'a: 1\nb: x\0y\n', 'text-control-character api.yaml:2:5'],
  ['NUL at the start', '\0a: 1', 'text-control-character api.yaml:1:1'],
  ['ESC', 'a: \u001b[31m', 'text-control-character api.yaml:1:4'],
  ['what the lexer marks scalars with', 'a: \u001f', 'text-control-character api.yaml:1:4'],
  ['a stray continuation byte', bytes('a: é\nb: ', 0x80), 'text-not-utf8 api.yaml:2:4'],
  ['an overlong slash', bytes('a: ', 0xc0, 0xaf), 'text-not-utf8 api.yaml:1:4'],
  ['a surrogate in UTF-8', bytes('a: ', 0xed, 0xa0, 0x80), 'text-not-utf8 api.yaml:1:4'],
  ['a character cut short', bytes('a: 1\n', 0xe2, 0x82), 'text-not-utf8 api.yaml:2:1'],
  ['a character cut short by another', bytes('a: ', 0xef, 0xbf, 'b'), 'text-not-utf8 api.yaml:1:4'],
  ['a character cut short after two bytes of three', bytes('a: ', 0xef, 0xbf), 'text-not-utf8 api.yaml:1:4'],
  ['a character cut short after one byte', bytes('a: ', 0xef), 'text-not-utf8 api.yaml:1:4'],
  ['a stray byte after a replacement character', bytes('a: \uFFFD', 0xbf), 'text-not-utf8 api.yaml:1:5'],
  ['a stray byte after a byte order mark', bytes('\uFEFFa: ', 0xff), 'text-not-utf8 api.yaml:1:4'],
  ['a stray byte on a late line', bytes('é: 1\n'.repeat(1000), 0xff), 'text-not-utf8 api.yaml:1001:1'],
  ['UTF-16, little-endian', Buffer.from('\uFEFFa: 1', 'utf16le'), 'text-not-utf8 api.yaml:1:1'],
  ['UTF-16, big-endian', Buffer.from('\uFEFFa: 1', 'utf16le').swap16(), 'text-not-utf8 api.yaml:1:1'],
  ['UTF-16 without a mark', Buffer.from('a: 1', 'utf16le'), 'text-control-character api.yaml:1:2'],
  ['17 MiB', Buffer.alloc(17 * 1024 * 1024, '#'), 'file-too-large'],
];

test.each(rejected)('rejects %s', async (_, content, expected) => {
  const { errors } = await loadText(content);
  expect(errors.map(brief)).toEqual([expected]);
  expect(errors[0]?.frame).toBeUndefined();
});

test.each([
  ['a byte order mark', '\uFEFFa: 1\nb: x'],
  ['CRLF', 'a: 1\r\nb: x\r\n'],
  ['no final line end', 'a: 1\nb: x'],
])('accepts %s, and counts positions as editors do', async (_, content) => {
  const { documents } = await loadText(content);
  const document = documents[0]!;
  expect(document.data).toEqual({ a: 1, b: 'x' });
  expect(document.sourceMap.of(document.data, 'b')?.position).toEqual({
    file: 'api.yaml',
    line: 2,
    column: 4,
  });
});

test('names files that cannot be read from the working directory, all of them', async () => {
  const root = folder({ 'specs/secret.yaml': 'a: 1', 'specs/sub/x.yaml': 'a: 1' });
  chmodSync(join(root, 'specs/secret.yaml'), 0o000);
  const names = ['none.yaml', 'sub', 'sub/x.yaml/y.yaml', 'secret.yaml'];
  const { errors } = await loadIn(
    root,
    names.map((name) => `specs/${name}`),
  );
  const expected = [
    'specs/none.yaml does not exist.',
    'specs/sub is a folder.',
    'specs/sub/x.yaml/y.yaml does not exist.',
  ];
  // The superuser reads everything.
  if (process.getuid?.() !== 0) expected.push('specs/secret.yaml may not be read.');
  expect(errors.map(({ message }) => message)).toEqual(expected);
});

test('refuses a device without reading it', { skip: process.platform === 'win32' }, async () => {
  expect((await loadIn('/', ['dev/zero'])).errors.map(brief)).toEqual(['file-not-regular']);
});

test(
  'says what the system found where it has no words for it',
  { skip: process.platform === 'win32' },
  async () => {
    const root = folder({});
    symlinkSync('loop.yaml', join(root, 'loop.yaml'));
    const { errors } = await loadIn(root, ['loop.yaml']);
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'file-unreadable: loop.yaml could not be read (ELOOP).',
    ]);
  },
);

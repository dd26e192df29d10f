import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Rejected } from '../../src/diagnostics/diagnostic.js';
import { readHandlers } from '../../src/kit/handlers.js';
import { rejection } from '../output/kit.js';
import { put, temporaryFolder } from '../output/tree.js';

describe('reading the handlers', () => {
  test('texts are exact, to the byte order mark, the line ends and the missing newline', async () => {
    const out = temporaryFolder();
    const text = '\ufeffexport const a = 1;\r\n\n// é 👩‍💻 \u0000';
    put(out, {
      'handlers/b.ts': text,
      'handlers/a.ts': '',
      'handlers/notes.md': 'x',
      'handlers/sub/c.ts': 'x',
      'index.ts': 'x',
    });
    mkdirSync(join(out, 'handlers/folder.ts'));
    const handlers = await readHandlers(out);
    expect([...handlers]).toEqual([
      ['handlers/a.ts', ''],
      ['handlers/b.ts', text],
    ]);
  });

  test('there are none without a folder', async () => {
    expect(await readHandlers(join(temporaryFolder(), 'absent'))).toEqual(new Map());
    expect(await readHandlers(temporaryFolder())).toEqual(new Map());
  });

  test.each<[string, (out: string) => void, string]>([
    [
      'a file that is a link',
      (out) => (put(out, { 'handlers/x': '' }), symlinkSync('x', join(out, 'handlers/a.ts'))),
      'output-link',
    ],
    [
      'a folder that is a link',
      (out) => (put(out, { 'x/a.ts': '' }), symlinkSync('x', join(out, 'handlers'))),
      'output-link',
    ],
    ['a folder that is a file', (out) => put(out, { handlers: '' }), 'output-not-a-folder'],
    [
      'text that is not UTF-8',
      (out) => put(out, { 'handlers/a.ts': Buffer.from([0xe9]) }),
      'handler-encoding',
    ],
  ])('%s is refused', async (_, prepare, code) => {
    const out = temporaryFolder();
    prepare(out);
    expect(await rejection(readHandlers(out))).toEqual([code]);
  });

  test.each<[string, Uint8Array, number, number]>([
    ['at its beginning', Buffer.from([0xe9]), 1, 1],
    ['behind other lines', Buffer.from([...Buffer.from('a\nb\u00e9'), 0xe9, 0x21]), 2, 3],
    ['in the middle of a character', Buffer.from([0x61, 0x0a, 0xff, 0x0a]), 2, 1],
  ])('what is not UTF-8 has its position: %s', async (_, bytes, line, column) => {
    const out = temporaryFolder();
    put(out, { 'handlers/a.ts': bytes });
    const refused = (await readHandlers(out).catch((error: unknown) => error)) as Rejected;
    expect(refused.diagnostics).toMatchObject([{ position: { line, column } }]);
    expect(refused.diagnostics[0]!.position!.file).toMatch(/handlers\/a\.ts$/);
  });
});

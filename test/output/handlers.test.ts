import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHandlers } from '../../src/output/handlers.js';
import { rejection } from './kit.js';
import { put, temporaryFolder } from './tree.js';

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
});

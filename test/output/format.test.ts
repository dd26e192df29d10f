import { describe, expect, test } from 'vitest';
import type { EmittedFile } from '../../src/kit/file.js';
import { format } from '../../src/output/format.js';

const file = (path: string, code: string, verbatim?: boolean): EmittedFile => ({
  path,
  code,
  statements: ['const a'],
  ...(verbatim !== undefined && { verbatim }),
});

describe('formatting', () => {
  test('TypeScript is formatted as asked for, everything else is left alone', async () => {
    const ugly = 'const a={ "b" :[ 1,2 ]}';
    const files = [file('a.ts', ugly), file('b.ts', ugly, true), file('.gitattributes', ' *  text')];
    const formatted = await format(files, {
      semi: false,
      singleQuote: true,
      quoteProps: 'preserve',
      bracketSpacing: false,
    });
    expect(formatted).toEqual([
      file('a.ts', "const a = {'b': [1, 2]}\n"),
      file('b.ts', ugly, true),
      file('.gitattributes', ' *  text'),
    ]);
  });

  test('lines end in LF, and what is formatted stays as it is', async () => {
    const [once] = await format([file('a.ts', 'const a = `\n`;\r\n// b\r\n')], {});
    expect(once?.code).not.toContain('\r');
    expect(once && (await format([once], {}))).toEqual([once]);
  });

  test('code that does not parse is a fault that names the file', async () => {
    await expect(format([file('a.ts', 'const')], {})).rejects.toThrow('a.ts cannot be formatted.');
  });
});

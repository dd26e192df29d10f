import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { EmittedFile } from '../../src/kit/file.js';
import type { PrettierOptions } from '../../src/kit/prettier-options.js';
import { format, formatAll } from '../../src/output/format.js';
import { prettier } from '../../src/output/prettier.js';

vi.mock(import('../../src/output/prettier.js'), async (original) => {
  const { prettier } = await original();
  return { prettier: vi.fn(prettier) };
});
const asked = vi.mocked(prettier);
beforeEach(() => void asked.mockClear());

const ugly = 'const a={ "b" :[ 1,2 ]}';
const file = (path: string, code: string, more: Partial<EmittedFile> = {}): EmittedFile => ({
  path,
  code,
  statements: ['const a'],
  ...more,
});

describe('formatting', () => {
  test('TypeScript and JSON are laid out as asked for, everything else is left alone', async () => {
    const files = [
      file('a.ts', ugly),
      file('b.ts', ugly, { verbatim: true }),
      file('c.json', '{"a":[1,2]}'),
      file('.gitattributes', ' *  text'),
    ];
    const options = { singleQuote: true, quoteProps: 'preserve', bracketSpacing: false } as const;
    expect(
      (await formatAll(files, () => Promise.resolve({ options, lineEnd: '\n' }))).map(({ code }) => code),
    ).toEqual(["const a = {'b': [1, 2]};\n", ugly, '{"a": [1, 2]}\n', ' *  text']);
  });

  test('lines end in LF, and what is formatted stays as it is', async () => {
    const once = await format(file('a.ts', 'const a = `\n`;\r\n// b\r\n'), {});
    expect(once).not.toContain('\r');
    expect(await format(file('a.ts', once), {})).toBe(once);
  });

  test('what is not to be laid out loses its semicolons all the same, where Prettier would take them', async () => {
    const code = '/* a */\n\n// prettier-ignore\nconst   a = ";";\n// prettier-ignore\n[1].at(0);\n';
    expect(await format(file('a.ts', code, { verbatim: true }), { semi: false })).toBe(
      '/* a */\n\n// prettier-ignore\nconst   a = ";"\n// prettier-ignore\n;[1].at(0)\n',
    );
  });

  test('code that does not parse is a fault that names the file', async () => {
    await expect(format(file('a.ts', 'const'), {})).rejects.toThrow('a.ts cannot be formatted.');
  });
});

describe('Prettier is asked', () => {
  // prettier-ignore
  test.each<[what: string, asked: boolean, more: Partial<EmittedFile>, options: PrettierOptions]>([
    ['for what is as emitted', true, {}, {}],
    ['for what is laid out by default, with other options', true, { laidOut: true }, { tabWidth: 3 }],
    ['for what is laid out by default, without options', false, { laidOut: true }, {}],
    ['for what is laid out by default, with the defaults as options', false, { laidOut: true }, { tabWidth: 2, semi: true }],
    ['for what stays as it is', false, { verbatim: true }, { tabWidth: 3 }],
    ['for another language', false, { path: '.gitattributes' }, {}],
  ])('%s: %j', async (what, isAsked, more, options) => {
    await format(file('a.ts', `// ${what}\n${ugly}`, more), options);
    expect(asked).toHaveBeenCalledTimes(isAsked ? 1 : 0);
  });

  test('once for the same text and options', async () => {
    const texts = [];
    for (const options of [{}, { tabWidth: 2 }, { singleQuote: true }, {}, { singleQuote: true }])
      texts.push(await format(file('a.ts', 'const once={"a-b":"c"}'), options));
    expect(asked).toHaveBeenCalledTimes(2);
    expect(texts.map((text) => text.includes("'"))).toEqual([false, false, true, false, true]);
  });

  test('again for what was not used for long', async () => {
    const long = (_: unknown, index: number) => `// ${index} `.padEnd(2 ** 20, 'x');
    const [first = '', second = '', ...others] = Array.from({ length: 34 }, long);
    // Thirty-one fit.
    for (const text of [first, second, ...others.slice(0, 28), first, ...others.slice(28), first, second])
      await format(file('a.ts', text), {});
    expect(asked).toHaveBeenCalledTimes(34 + 1);
  });
});

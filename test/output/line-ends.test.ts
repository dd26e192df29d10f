import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { check, generate } from '../../src/app/generate.js';
import { shop } from './shop.js';
import { put, temporaryFolder } from './tree.js';

function project(files: Readonly<Record<string, string>>): { readonly folder: string; readonly out: string } {
  const folder = temporaryFolder();
  put(folder, { 'shop.yaml': shop, ...files });
  return { folder, out: join(folder, 'src/events') };
}

const optionsIn = (folder: string) => ({ cwd: folder, spec: ['shop.yaml'] });

function filesIn(out: string): readonly string[] {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The files that the project's own Prettier would change. */
async function objections(out: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const file of filesIn(out).filter((each) => /\.(?:ts|json)$/.test(each))) {
    const options = await prettier.resolveConfig(file, { editorconfig: true, useCache: false });
    if (!(await prettier.check(readFileSync(file, 'utf8'), { ...options, filepath: file }))) found.push(file);
  }
  return found;
}

describe.each<[string, Readonly<Record<string, string>>]>([
  ['endOfLine', { '.prettierrc': 'endOfLine: crlf' }],
  ['end_of_line', { '.editorconfig': '[*]\nend_of_line = crlf\nindent_style = tab\nindent_size = 4' }],
  [
    'overrides for some files',
    {
      '.prettierrc.json': JSON.stringify({
        semi: false,
        overrides: [
          { files: '**/payloads/*.ts', options: { printWidth: 50, endOfLine: 'crlf' } },
          { files: '*.json', options: { tabWidth: 4, endOfLine: 'crlf' } },
          { files: ['handlers/*.ts', '**/handlers/**'], options: { singleQuote: true, semi: true } },
        ],
      }),
    },
  ],
  [
    'sections for some files',
    { '.editorconfig': '[*.json]\nindent_size=8\nindent_style=space\n[p*/*.ts]\nmax_line_length=50' },
  ],
  [
    'configurations in folders of the kit',
    {
      '.prettierrc': 'semi: false',
      '.editorconfig': '[*]\nindent_style = tab',
      'src/events/payloads/.prettierrc': 'tabWidth: 8\nendOfLine: crlf',
      'src/events/schemas/.editorconfig': 'root = true\n[*.ts]\nmax_line_length = 40',
      'src/events/runtime/.prettierrc.toml': 'useTabs = false\nprintWidth = 60',
      'src/events/handlers/.prettierrc.json5': '{ singleQuote: true }',
      'src/events/handlers/.editorconfig': '[*]\nindent_style = space',
    },
  ],
  [
    'another parser of JSON',
    { '.prettierrc': 'overrides: [{ files: "*.json", options: { parser: json-stringify, tabWidth: 4 } }]' },
  ],
])('with %s', (_, files) => {
  test('a kit is as the project’s Prettier lays it out, and stays so', async () => {
    const { folder, out } = project(files);
    await generate({ out, ...optionsIn(folder) });
    expect(await objections(out)).toEqual([]);
    const texts = filesIn(out).map((file) => readFileSync(file, 'latin1'));
    const { plan } = await generate({ out, ...optionsIn(folder) });
    expect(new Set(plan.files.map(({ state }) => state))).toEqual(new Set(['unchanged']));
    expect(filesIn(out).map((file) => readFileSync(file, 'latin1'))).toEqual(texts);
    expect(await check({ out, ...optionsIn(folder) })).toMatchObject({ current: true });
  });
});

test('a kit with LF gets CRLF when the project asks for it, and an edited file is told from one that waits', async () => {
  const { folder, out } = project({});
  await generate({ out, ...optionsIn(folder) });
  writeFileSync(join(folder, '.prettierrc'), 'endOfLine: crlf');
  expect(await check({ out, ...optionsIn(folder) })).toMatchObject({ current: false });
  await generate({ out, ...optionsIn(folder) });
  const isOwn = (file: string) => file.includes('/handlers/');
  expect((await objections(out)).filter((file) => !isOwn(file))).toEqual([]);

  writeFileSync(join(out, 'events.ts'), 'edited\r\n');
  await expect(generate({ out, ...optionsIn(folder) })).rejects.toMatchObject({
    diagnostics: [{ code: 'output-edited' }],
  });
});

import { readFileSync, readdirSync } from 'node:fs';
import { format } from 'prettier';
import { ts } from 'ts-morph';
import { describe as inWords } from '../../src/kit/statement.js';
import { expect, test } from 'vitest';
import { emitTemplate, outline, replaced, respelled } from '../../src/emit/template.js';
import { sample } from '../sample.js';

const folder = new URL('../../templates/', import.meta.url);
const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);

test.each(templates)('the outline of %s is what TypeScript finds in it', (path) => {
  const text = readFileSync(new URL(path, folder), 'utf8');
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
  expect(outline(text)).toEqual(statements.map(inWords));
});

test.each([
  ['.ts', '.ts'],
  ['', ''],
])('relative imports may end in %j', (extension, ending) => {
  for (const path of templates) {
    const text = readFileSync(new URL(path, folder), 'utf8');
    const specifiers = (code: string) =>
      ts.preProcessFile(code).importedFiles.map(({ fileName }) => fileName);
    const wanted = specifiers(text).map((name) => name.replace(/^(\..*)\.js$/, `$1${ending}`));
    expect(specifiers(respelled(text, extension))).toEqual(wanted);
  }
});

test.each(sample(['.js', '.ts', ''], 1))(
  'every template is laid out by default, with imports that end in %j',
  async (extension) => {
    for (const path of templates) {
      const text = readFileSync(new URL(path, folder), 'utf8');
      const { code, laidOut } = emitTemplate(path, text, extension);
      expect(laidOut).toBe(true);
      expect(await format(code, { filepath: path }), path).toBe(code);
    }
  },
);

test('a statement that is replaced has to be there', () => {
  expect(replaced('\nconst a = 1;\n\nconst b = 2;\n', 'const a', 'const a = 3;')).toBe(
    '\nconst a = 3;\n\nconst b = 2;\n',
  );
  expect(() => replaced('\nconst a = 1;\n\n', 'const b', '')).toThrow('the template has no const b');
});

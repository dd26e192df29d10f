import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attributes } from '../../src/kit/attributes.js';
import { put, temporaryFolder } from '../output/tree.js';

test('git sees generated files as generated, and no others', () => {
  const folder = temporaryFolder();
  put(folder, { 'src/events/.gitattributes': attributes(['index.ts', 'payloads/a.ts', 'handlers/a.ts']) });
  execFileSync('git', ['init', '--quiet', folder]);
  const paths = [
    'index.ts',
    'payloads/a.ts',
    '.gitattributes',
    '.freshworks-gen.json',
    'handlers/a.ts',
    'a.ts',
    'payloads/mine.ts',
  ];
  const seen = execFileSync(
    'git',
    ['check-attr', 'linguist-generated', 'text', 'eol', '--', ...paths.map((path) => `src/events/${path}`)],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const generated = ['true', 'set', 'lf'];
  const plain = ['unspecified', 'unspecified', 'unspecified'];
  const expected = paths.flatMap((path, index) =>
    ['linguist-generated', 'text', 'eol'].map(
      (attribute, at) =>
        `${join('src/events', path)}: ${attribute}: ${(index < 4 ? generated : plain)[at]}\n`,
    ),
  );
  expect(seen).toBe(expected.join(''));
});

test('the order of the paths changes nothing', () => {
  expect(attributes(['b.ts', 'a.ts', 'B.ts'])).toBe(attributes(['B.ts', 'a.ts', 'b.ts']));
});

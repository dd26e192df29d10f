import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attributes } from '../../src/kit/attributes.js';
import type { LayoutOf } from '../../src/kit/prettier-options.js';
import { put, temporaryFolder } from '../output/tree.js';

const layoutOf: LayoutOf = (path) =>
  Promise.resolve({ options: {}, lineEnd: path === 'crlf.ts' ? '\r\n' : '\n' });

test('git folds what nobody reads, keeps the bytes of what is generated, and leaves the rest alone', async () => {
  const folder = temporaryFolder();
  put(folder, {
    'src/events/.gitattributes': await attributes(
      ['index.ts', 'validators/a.ts', 'runtime/a.ts', 'crlf.ts', 'handlers/a.ts'],
      layoutOf,
    ),
  });
  execFileSync('git', ['init', '--quiet', folder]);
  const folded = ['validators/a.ts', 'runtime/a.ts', '.freshworks-gen.json'];
  const shown = ['index.ts', 'crlf.ts', '.gitattributes'];
  const others = ['handlers/a.ts', 'a.ts', 'validators/mine.ts'];
  const paths = [...folded, ...shown, ...others];
  const seen = execFileSync(
    'git',
    ['check-attr', 'linguist-generated', 'text', 'eol', '--', ...paths.map((path) => `src/events/${path}`)],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const expectedOf = (path: string) => {
    if (others.includes(path)) return ['unspecified', 'unspecified', 'unspecified'];
    return [folded.includes(path) ? 'true' : 'unspecified', 'set', path === 'crlf.ts' ? 'crlf' : 'lf'];
  };
  const expected = paths.flatMap((path) =>
    ['linguist-generated', 'text', 'eol'].map(
      (attribute, at) => `${join('src/events', path)}: ${attribute}: ${expectedOf(path)[at]}\n`,
    ),
  );
  expect(seen).toBe(expected.join(''));
});

test('the order of the paths changes nothing', async () => {
  expect(await attributes(['b.ts', 'a.ts', 'B.ts'], layoutOf)).toBe(
    await attributes(['B.ts', 'a.ts', 'b.ts'], layoutOf),
  );
});

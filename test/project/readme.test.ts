import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const excerpts = [...readme.matchAll(/<!-- excerpt: (\S+) (\w+) -->\n```ts\n([^]*?)```/g)];

test('the README shows what is generated', () => {
  expect(excerpts.length).toBeGreaterThan(0);
  for (const [, path = '', , text = ''] of excerpts) {
    expect(readFileSync(join(root, 'test/cases/shipped/expected', path), 'utf8')).toContain(text.trim());
  }
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { pages, root } from './shown.js';

const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };

/** The names that a page's headings have in addresses, as GitHub makes them. */
function anchors(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test.each([...pages.keys(), 'SECURITY.md', 'CONTRIBUTING.md'])('the links of %s lead somewhere', (page) => {
  const markdown = readFileSync(join(root, page), 'utf8').replace(/^```[^]*?^```$/gm, '');
  for (const [, target = ''] of markdown.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (target.startsWith('https://')) continue;
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? page : posix.join(posix.dirname(page), file);
    expect(existsSync(join(root, path)), `${page} links to ${target}`).toBe(true);
    if (anchor !== undefined) expect(anchors(readFileSync(join(root, path), 'utf8'))).toContain(anchor);
    // The README of an installed package has its pages beside it.
    if (page !== 'CONTRIBUTING.md') expect(files).toContain(path.split('/')[0]);
  }
});

test('the README leads to every page for users, and is read in one go', () => {
  const readme = pages.get('README.md')!;
  for (const page of [...pages.keys()].slice(1).filter((each) => each !== 'docs/mutation.md'))
    expect(readme).toContain(`](${page})`);
  expect(readme.split('\n').length).toBeLessThan(200);
});

test('the picture in CONTRIBUTING.md has every folder of the sources, and its paths exist', () => {
  const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const picture = contributing.slice(contributing.indexOf('## The pipeline')).split('```')[1]!;
  for (const { name } of readdirSync(join(root, 'src'), { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  ))
    expect(picture).toMatch(new RegExp(`\\b${name}\\b`));
  for (const [, path = ''] of contributing.matchAll(/`((?:src|templates|test|docs|specs)\/[\w./-]*)`/g))
    expect(existsSync(join(root, path)), path).toBe(true);
});

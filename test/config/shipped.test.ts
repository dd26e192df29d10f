import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { render } from '../../src/app/generate.js';
import { generate } from '../../src/index.js';
import { overlaidTitle, shipped as shippedPath, shippedOverlays } from '../../src/shipped.js';
import { runIn } from '../cli/command.js';
import { shop } from '../output/shop.js';
import { put, temporaryFolder } from '../output/tree.js';

/*
 * The word `shipped` among the documents keeps those that come with the program; a file of that name is `./shipped`.
 */
const flags = '--spec shipped --spec shop.yaml';
const both = ['returns', 'shop', 'whatsapp'];

function project(more: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  put(folder, { 'shop.yaml': shop, shipped: shop, ...more });
  return folder;
}

/** The products of a command's JSON, or of what it wrote. */
async function productsOf(folder: string, line: string): Promise<readonly string[]> {
  const { stdout, stderr, exitCode } = await runIn(folder, `list ${line} --json`.split(' '));
  expect(exitCode, stderr).toBe(0);
  const { products } = JSON.parse(stdout) as { products: readonly { readonly name: string }[] };
  return products.map(({ name }) => name);
}

describe('the documents that are read', () => {
  const shipped = ['freshchat', 'freshdesk', 'freshservice', 'helpdesk', 'whatsapp'];
  const own = ['returns', 'shop'];
  test.each<[line: string, products: readonly string[]]>([
    [flags, [...shipped, ...own].sort()],
    ['--spec shop.yaml --spec shipped', [...shipped, ...own].sort()],
    ['--spec shipped', shipped],
    ['--spec shipped --spec shipped', shipped],
    ['--spec shop.yaml', own],
    ['--spec ./shipped', own],
    ['--spec ./shipped --spec shipped', [...shipped, ...own].sort()],
  ])('of %s', async (line, products) => {
    expect([...(await productsOf(project(), line))].sort()).toEqual(products);
  });

  test('are valid together, and corrected unless --literal says otherwise', async () => {
    const folder = project();
    const changes = async (line: string) => {
      const { stdout, exitCode } = await runIn(folder, `validate ${flags} ${line}--json`.split(' '));
      expect(exitCode).toBe(0);
      return [...stdout.matchAll(/"title": "(Corrections to [^"]*)"/g)].length;
    };
    expect([await changes(''), await changes('--literal ')]).toEqual([1, 0]);
  });
});

test('the overlays that come with the program are for one document, and read for no other', async () => {
  for (const name of shippedOverlays) {
    const text = readFileSync(shippedPath(name), 'utf8');
    expect(/^ *"?x-document-title"?: *"?([^",\n]*)/m.exec(text)?.[1], name).toBe(overlaidTitle);
  }
  const cwd = project();
  const overlaysOf = async (...spec: readonly string[]) => {
    const read: string[] = [];
    await render({ spec, cwd, out: 'events' }, (_, path) => void read.push(basename(path)));
    return read.filter((name) => name.includes('.overlay.'));
  };
  expect(await overlaysOf('shop.yaml')).toEqual([]);
  expect(await overlaysOf('shop.yaml', 'shipped')).toEqual(shippedOverlays);
});

describe('a kit of both', () => {
  const options = `${flags} --products ${both.join(',')}`;

  test('records the word, and replays it wherever the project lies', async () => {
    const folder = project();
    expect(await runIn(folder, `generate --out src/kit ${options}`.split(' '))).toMatchObject({
      exitCode: 0,
    });
    const manifest = readFileSync(join(folder, 'src/kit/.freshworks-gen.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ options: { spec: ['shipped', '../../shop.yaml'] } });
    const { exitCode, stderr } = await runIn(folder, ['check', '--out', 'src/kit']);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('--spec shipped (recorded), --spec shop.yaml (recorded)');
  });

  test('of a configuration, of the library and of flags is one', async () => {
    const folder = project({
      'freshworks-gen.config.json': JSON.stringify({
        out: 'a',
        spec: ['shipped', './shop.yaml'],
        products: both,
      }),
    });
    expect(await runIn(folder, ['generate'])).toMatchObject({ exitCode: 0 });
    await generate({ out: 'b', spec: ['shipped', 'shop.yaml'], products: both, cwd: folder });
    const files = (out: string) =>
      readFileSync(join(folder, out, 'events.ts'), 'utf8') +
      readFileSync(join(folder, out, 'collected-handlers.ts'), 'utf8');
    expect(files('a')).toBe(files('b'));
    expect(files('a')).toContain('whatsapp/outbound-message');
  });

  test('is compared with its revision', async () => {
    const folder = project({
      'freshworks-gen.config.yaml': `out: kit\nspec: [shipped, shop.yaml]\nproducts: [${both.join()}]\n`,
    });
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
    expect(await runIn(folder, ['generate'])).toMatchObject({ exitCode: 0 });
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '.');
    git('commit', '--quiet', '--message', 'Both');
    expect(await runIn(folder, ['diff', 'main'])).toMatchObject({ exitCode: 0, stdout: '' });
    writeFileSync(join(folder, 'freshworks-gen.config.yaml'), 'out: kit\nspec: shop.yaml\n');
    const { stdout, exitCode } = await runIn(folder, ['diff', 'main']);
    expect(exitCode, stdout).toBe(5);
    expect(stdout).toContain('product-removed: product whatsapp');
  });
});

test('a file called like the word is shown as a path', async () => {
  const folder = project();
  const generated = await runIn(folder, ['generate', '--out', 'kit', '--spec', './shipped']);
  expect(generated.exitCode, generated.stderr).toBe(0);
  const { stderr } = await runIn(folder, ['check', '--out', 'kit']);
  expect(stderr).toContain('--spec ./shipped (recorded)');
  expect((await runIn(folder, ['config', '--out', 'kit'])).stdout).toMatch(/^spec +\.\/shipped +recorded/m);
  expect((await runIn(folder, ['config', '--out', 'kit', '--spec', 'shipped'])).stdout).toMatch(
    /^spec +shipped +--spec flag/m,
  );
});

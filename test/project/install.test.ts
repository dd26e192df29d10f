import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../output/tree.js';

const root = join(import.meta.dirname, '../..');

interface Lock {
  readonly packages: Readonly<Record<string, { readonly deprecated?: string }>>;
}

/** What an `npm` around the tests has asked for, such as silence, is not asked for here. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')),
);

test('installing has nothing to warn of', () => {
  const folder = temporaryFolder();
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(root, name), join(folder, name));
  const setUp = readFileSync(join(root, 'setup.mjs'), 'utf8');
  const [, words = ''] = /'npm', \[(.*)\]/.exec(setUp) ?? [];
  const args = words.split(', ').map((word) => word.slice(1, -1));
  expect(args).toEqual(['ci', '--ignore-scripts']);
  const dry = [...args, '--dry-run', '--offline'];
  const { status, stderr } = spawnSync('npm', dry, { cwd: folder, env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

  // A dry run leaves these out.
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lock;
  expect(Object.entries(packages).flatMap(([name, { deprecated }]) => (deprecated ? [name] : []))).toEqual(
    [],
  );
});

test('a package that asks for another Node is a warning', () => {
  const folder = temporaryFolder();
  const asking = { name: 'a', version: '1.0.0', engines: { node: '>=9999' } };
  put(folder, {
    'package.json': JSON.stringify(asking),
    'package-lock.json': JSON.stringify({ ...asking, lockfileVersion: 3, packages: { '': asking } }),
  });
  const { stderr } = spawnSync('npm', ['ci', '--dry-run', '--offline'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect(stderr).toContain('EBADENGINE');
});

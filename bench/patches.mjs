/**
 * What each change to a library on its way into the bundle saves, without the change beside with all of them: a cold `generate`
 * of everything shipped, which does without TypeScript; the same over handler files, which does not; and the bundle's bytes.
 * Changes that are there for safety alone are left out of the table.
 *
 *     node bench/patches.mjs [rounds]
 */
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, patches } from '../build/bundle.mjs';
import { newFolder, newKit, root, workplace } from './package.mjs';
import { table } from './table.mjs';
import { compare, node } from './time.mjs';

const safety = new Set(['no-network', 'no-prettier-search']);
const size = (folder) =>
  readdirSync(folder).reduce(
    (sum, name) => sum + (/\.js(?:on)?$/.test(name) ? statSync(join(folder, name)).size : 0),
    0,
  );

/** A package whose bundle has some of the changes; returns its folder. */
async function packageOf(name, plugins) {
  const folder = join(workplace, name);
  mkdirSync(folder);
  for (const each of ['bin', 'specs', 'templates', 'package.json'])
    cpSync(join(root, each), join(folder, each), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  await bundle(join(folder, 'dist'), plugins);
  rmSync(join(folder, 'dist/lay-out-shipped.js'));
  for (const each of ['laid-out.json', 'sound.json'])
    cpSync(join(root, 'dist', each), join(folder, 'dist', each));
  return folder;
}

const measured = new Map([['all', await packageOf('all', patches)]]);
for (const { name } of patches.filter((patch) => !safety.has(patch.name)))
  measured.set(
    `without ${name}`,
    await packageOf(
      name,
      patches.filter((patch) => patch.name !== name),
    ),
  );

const kit = newKit();
for (const [heading, out] of [
  ['Cold `generate` of everything shipped', newFolder],
  ['`generate` over handler files, nothing remembered', () => kit],
])
  compare(
    heading,
    Number(process.argv[2] ?? 15),
    Object.fromEntries(
      [...measured].map(([name, folder]) => [
        name,
        [
          () =>
            node(workplace, [join(folder, 'bin/freshworks-gen.js'), 'generate', '--out', out()], {
              FRESHWORKS_GEN_CACHE: 'off',
            }),
          name === 'all' ? undefined : 'all',
        ],
      ]),
    ),
  );
table('Bytes of the bundle', [
  ['', 'KB'],
  ...[...measured].map(([name, folder]) => [name, String(Math.round(size(join(folder, 'dist')) / 1000))]),
]);

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newWatcher } from '../../src/app/watcher.js';
import type { Aspect } from '../../src/model/dependency.js';
import { temporaryFolder } from '../output/tree.js';

/** A watcher of one path, and whether it has told of a change. */
function watching(aspect: Aspect, path: string) {
  const watcher = newWatcher();
  watcher.addDependency(aspect, path);
  let told = false;
  const change = watcher.change().then(() => (told = true));
  return { change, hasTold: () => told };
}

test('a change of a file is told', async () => {
  const file = join(temporaryFolder(), 'a.yaml');
  writeFileSync(file, 'one');
  const { change } = watching('content', file);
  writeFileSync(file, 'two');
  await change;
});

test('so is one that no event of the folder tells of: of a file that a link leads to', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'elsewhere'));
  const file = join(folder, 'elsewhere/a.yaml');
  writeFileSync(file, 'one');
  symlinkSync(file, join(folder, 'link.yaml'));
  const { change } = watching('content', join(folder, 'link.yaml'));
  writeFileSync(file, 'two');
  await change;
});

test('so is a file that comes', async () => {
  const file = join(temporaryFolder(), 'a.yaml');
  const { change } = watching('content', file);
  writeFileSync(file, 'one');
  await change;
});

test('so is a name that comes to a folder', async () => {
  const folder = temporaryFolder();
  const { change } = watching('names', folder);
  writeFileSync(join(folder, 'a.yaml'), '');
  await change;
});

test('so is a configuration of Prettier that comes to a folder, which need not have been there; other files are none', async () => {
  const folder = join(temporaryFolder(), 'payloads');
  const { change, hasTold } = watching('layout', folder);
  mkdirSync(folder);
  writeFileSync(join(folder, 'shop.ts'), '');
  await setTimeout(200);
  expect(hasTold()).toBe(false);
  writeFileSync(join(folder, '.prettierrc'), '');
  await change;
});

test('a file that is written again as it was is none', async () => {
  const file = join(temporaryFolder(), 'a.yaml');
  writeFileSync(file, 'one');
  const { change, hasTold } = watching('content', file);
  writeFileSync(file, 'one');
  await setTimeout(200);
  expect(hasTold()).toBe(false);
  writeFileSync(file, 'two');
  await change;
});

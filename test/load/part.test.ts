import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawBoundary } from '../../src/load/boundary.js';
import { createBundledFiles } from '../../src/load/bundled-file.js';
import { newObject } from '../../src/load/tree.js';
import { folder } from './folder.js';

/** Opens as many files beside a document, which say that they hold so many bytes; tells what the last one was refused for. */
async function lastOf(count: number, bytes: number): Promise<string | undefined> {
  const names = Array.from({ length: count }, (_, index) => `f${index}.yaml`);
  const root = folder(Object.fromEntries([['api.yaml', ''], ...names.map((name) => [name, ''])]));
  const boundary = await drawBoundary(join(root, 'api.yaml'), undefined);
  const parts = createBundledFiles(newObject(), boundary, async () => ({ data: newObject(), bytes }));
  let refused: string | undefined;
  for (const name of names) {
    expect(refused).toBeUndefined();
    const opened = await parts.open(name, parts.root);
    if ('refused' in opened) refused = `${opened.refused.code}: ${opened.refused.reason}`;
  }
  return refused;
}

test('a document brings in 500 files, and not one more', async () => {
  expect(await lastOf(500, 1)).toBeUndefined();
  expect(await lastOf(501, 1)).toBe('ref-too-much: brings more than 500 files into the document');
});

test('a document brings in 64 MiB, and not a byte more', async () => {
  expect(await lastOf(4, 16 * 1024 * 1024)).toBeUndefined();
  expect(await lastOf(4, 16 * 1024 * 1024 + 1)).toBe(
    'ref-too-much: brings more than 64 MiB into the document',
  );
});

test('a file is read once, whatever it is called', async () => {
  const root = folder({ 'api.yaml': '', 'sub/a.yaml': '', 'b.yaml': '' });
  const boundary = await drawBoundary(join(root, 'api.yaml'), undefined);
  const read: string[] = [];
  const parts = createBundledFiles(newObject(), boundary, async (path) => {
    read.push(path);
    return { data: newObject(), bytes: 1 };
  });
  const one = await parts.open('sub/a.yaml', parts.root);
  expect(await parts.open('./sub/../sub/a.yaml', parts.root)).toBe(one);
  expect(one).toMatchObject({ base: '#/x-external/sub~1a.yaml', folder: join(root, 'sub') });
  expect(await parts.open('../b.yaml', one as typeof parts.root)).toMatchObject({
    base: '#/x-external/b.yaml',
  });
  expect(await parts.open('api.yaml', parts.root)).toBe(parts.root);
  expect(read).toEqual([join(root, 'sub/a.yaml'), join(root, 'b.yaml')]);
});

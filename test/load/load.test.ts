import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.js';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { loadCodes } from '../../src/diagnostics/codes/load.js';
import { brief, folder, loadIn } from './folder.js';

const specs = fileURLToPath(new URL('../../specs/', import.meta.url));

test('loads the shipped document as it is', async () => {
  const { documents, errors, warnings } = await loadIn(specs, ['freshworks.asyncapi.yaml']);
  expect([...errors, ...warnings].map(brief)).toEqual([]);
  const [document] = documents;
  expect(document).toMatchObject({
    file: 'freshworks.asyncapi.yaml',
    name: 'freshworks.asyncapi.yaml',
    overlays: [],
  });
  expect(Object.keys(document!.data['channels'] as JsonObject)).toHaveLength(8);
  const sha256 = createHash('sha256')
    .update(readFileSync(`${specs}freshworks.asyncapi.yaml`))
    .digest('hex');
  expect(document!.inputs).toEqual([{ path: `${specs}freshworks.asyncapi.yaml`, sha256 }]);
});

test('everything that is wrong with independent files is said at once', async () => {
  const root = folder({
    'a.yaml': 'a: {$ref: /x}',
    'b.yaml': 'b: [',
    'c.json': '{',
    'o.yaml': 'overlay: 1.1.0\ninfo: {}\nactions: []',
  });
  const overlays = [{ path: `${root}/o.yaml`, shipped: false }];
  const { errors } = await loadIn(root, ['a.yaml', 'b.yaml', 'c.json'], { overlays });
  expect(errors.map(brief)).toEqual([
    'yaml-syntax b.yaml:1:5',
    'json-syntax c.json:1:2',
    'overlay-invalid o.yaml:2:7',
    'overlay-invalid o.yaml:2:7',
    'overlay-invalid o.yaml:3:10',
  ]);
  expect((await loadIn(root, ['a.yaml', 'none.yaml'])).errors.map(brief)).toEqual(['file-missing']);
});

test('a document named twice is loaded once', async () => {
  const root = folder({ 'a.yaml': 'a: 1' });
  expect((await loadIn(root, ['a.yaml', 'a.yaml'])).documents).toHaveLength(1);
});

test('the data is the same whatever the working directory, and whatever the layout', async () => {
  const content = { info: { title: 'T' }, a: { $ref: 'b.yaml' } };
  const root = folder({
    'a.yaml': JSON.stringify(content),
    'a.json': JSON.stringify(content, null, 3),
    'b.yaml': 'b: 1',
  });
  const outcomes = [
    await loadIn(root, ['a.yaml']),
    await loadIn(root, ['a.yaml'], { cwd: '/' }),
    await loadIn(root, ['a.json']),
  ];
  expect(new Set(outcomes.map(({ documents }) => JSON.stringify(documents[0]?.data))).size).toBe(1);
});

test.each(Object.entries(loadCodes))('%s says why it happens and what to do', (code, { cause, fix }) => {
  expect(code).toMatch(/^[a-z\d]+(?:-[a-z\d]+)*$/u);
  expect(cause).toMatch(/^.{20,}\.$/u);
  expect(fix).toMatch(/^[A-Z].*\.$/u);
  expect(catalogue).toHaveProperty([code]);
});

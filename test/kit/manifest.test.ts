import fc from 'fast-check';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { ascii } from '../../src/kit/json-text.js';
import { manifestText, readManifest, type Manifest } from '../../src/kit/manifest.js';
import { put, temporaryFolder } from '../output/tree.js';

const hash = 'a'.repeat(64);
const whole = {
  manifest: 1,
  generator: '1.0.0',
  options: { spec: ['a.yaml'] },
  documents: [{ file: 'a.yaml', sha256: hash }],
  stubs: { 'shop/paid': 'onShopPaid' },
  files: { 'index.ts': hash },
};

async function read(content: unknown) {
  const out = temporaryFolder();
  put(out, { '.freshworks-gen.json': typeof content === 'string' ? content : JSON.stringify(content) });
  try {
    return await readManifest(out);
  } catch (error) {
    if (error instanceof Rejected) return error.diagnostics.map(({ code, message }) => [code, message]);
    throw error;
  }
}

describe('reading', () => {
  test('an absent manifest, in an absent folder too', async () => {
    expect(await readManifest(temporaryFolder())).toBeUndefined();
    expect(await readManifest(join(temporaryFolder(), 'absent'))).toBeUndefined();
  });

  test('a whole one', async () => {
    expect(await read(whole)).toEqual({
      generator: '1.0.0',
      options: { spec: ['a.yaml'] },
      documents: [{ file: 'a.yaml', sha256: hash }],
      stubs: new Map([['shop/paid', 'onShopPaid']]),
      files: new Map([['index.ts', hash]]),
      positionOf: expect.any(Function) as unknown,
    });
  });

  test('says where an option stands', async () => {
    const out = temporaryFolder();
    put(out, { '.freshworks-gen.json': JSON.stringify(whole, undefined, 2) });
    const manifest = await readManifest(out);
    expect(manifest?.positionOf?.(['options', 'spec'])).toMatchObject({ line: 5, column: 5 });
  });

  test.each<[string, unknown, string, RegExp]>([
    ['not JSON', '<<<<<<< HEAD\n{}', 'manifest-broken', /\.freshworks-gen\.json is not JSON/],
    ['empty', '', 'manifest-broken', /not JSON/],
    ['an array', [], 'manifest-broken', /the manifest must be object/],
    ['null', 'null', 'manifest-broken', /the manifest must be object/],
    ['without a format', {}, 'manifest-broken', /manifest (?:must be equal to constant|is missing)/],
    [
      'an older format',
      { ...whole, manifest: 0 },
      'manifest-broken',
      /manifest (?:must be equal to constant|is missing)/,
    ],
    ['a newer format', { manifest: 2 }, 'manifest-newer', /has format 2/],
    ['generator', { ...whole, generator: 1 }, 'manifest-broken', /: generator must be string/],
    ['options', { ...whole, options: [] }, 'manifest-broken', /: options must be object/],
    ['documents', { ...whole, documents: {} }, 'manifest-broken', /: documents must be array/],
    [
      'a document',
      { ...whole, documents: [{ file: 'a' }] },
      'manifest-broken',
      /documents\[0\]\.sha256 is missing/,
    ],
    ['stubs', { ...whole, stubs: { a: null } }, 'manifest-broken', /: stubs\.a must be string/],
    ['files', { ...whole, files: 'x' }, 'manifest-broken', /: files must be object/],
    [
      'a hash',
      { ...whole, files: { 'a.ts': 'x' } },
      'manifest-broken',
      /files\["a\.ts"\] must match pattern/,
    ],
  ])('%s', async (_, content, code, message) => {
    expect(await read(content)).toEqual([[code, expect.stringMatching(message)]]);
  });

  test.each([
    '../../x',
    '/etc/cron.d/x',
    'a\\b',
    'C:/x',
    'a/../../b',
    'x\0',
    'handlers/a.ts',
    'HANDLERS/a.ts',
    '.git/hooks/x',
    '.freshworks-gen.json',
    '',
    '.',
  ])('the path %j', async (path) => {
    const content = JSON.stringify({ ...whole, files: {} }).replace(
      '"files":{}',
      `"files":{${JSON.stringify(path)}:"${hash}"}`,
    );
    expect(await read(content)).toEqual([['manifest-path', expect.stringContaining(JSON.stringify(path))]]);
  });

  test.each<[string, object, number]>([
    ['a hash', { ...whole, files: { 'a.ts': hash, 'index.ts': 'x' } }, 20],
    ['a path', { ...whole, files: { 'a.ts': hash, '../x': hash } }, 20],
    ['a document', { ...whole, documents: [{ file: 'a.yaml', sha256: 1 }] }, 12],
    ['the generator', { ...whole, generator: 1 }, 3],
    ['the format', { ...whole, manifest: 9 }, 2],
  ])('%s that is wrong is pointed at', async (_, content, line) => {
    const out = temporaryFolder();
    put(out, { '.freshworks-gen.json': JSON.stringify(content, undefined, 2) });
    const error = await readManifest(out).catch((thrown: unknown) => thrown);
    expect((error as Rejected).diagnostics[0]?.position?.line).toBe(line);
  });

  test('a schema that is wrong is pointed at in the text that it stands in', async () => {
    const schema = { properties: { 'né"e': { type: 'text' } } };
    const types = { A: { module: 'shop', schema: JSON.stringify(schema) } };
    const contract = { products: {}, events: {}, types };
    const out = temporaryFolder();
    const text = ascii(JSON.stringify({ ...whole, contract }));
    put(out, { '.freshworks-gen.json': text });
    const manifest = await readManifest(out);
    let found: unknown;
    try {
      manifest?.contract?.();
    } catch (error) {
      found = error;
    }
    const { column = 0 } = (found as Rejected).diagnostics[0]?.position ?? {};
    expect(text.slice(column - 1)).toMatch(/^\\"type\\":\\"text\\"/);
  });

  test('a key named __proto__ is a key', async () => {
    const content = JSON.stringify(whole).replace('"shop/paid"', '"__proto__"');
    expect(await read(content)).toMatchObject({ stubs: new Map([['__proto__', 'onShopPaid']]) });
  });

  test('a link or a folder in its place is refused', async () => {
    const out = temporaryFolder();
    put(out, { 'elsewhere.json': JSON.stringify(whole) });
    symlinkSync('elsewhere.json', join(out, '.freshworks-gen.json'));
    await expect(readManifest(out)).rejects.toThrow(/symbolic link/);
    const other = temporaryFolder();
    mkdirSync(join(other, '.freshworks-gen.json'));
    await expect(readManifest(other)).rejects.toThrow(/is a folder/);
  });
});

const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '10', '9', 'ä'));
const path = fc.stringMatching(/^[a-g]{1,8}\.ts$/);
const manifests: fc.Arbitrary<Manifest> = fc.record({
  generator: fc.string(),
  options: fc.dictionary(
    fc.stringMatching(/^[a-z]+$/),
    fc.oneof(fc.string(), fc.boolean(), fc.array(fc.string())),
  ),
  documents: fc.uniqueArray(fc.record({ file: fc.string(), sha256: fc.string() }), {
    selector: ({ file }) => file,
  }),
  stubs: fc.array(fc.tuple(name, fc.string())).map((entries) => new Map(entries)),
  files: fc.array(fc.tuple(path, fc.constant(hash))).map((entries) => new Map(entries)),
});

const written = (manifest: Manifest) => manifestText(manifest, (json) => Promise.resolve(json));

describe('writing', () => {
  test('what is written reads back', async () => {
    const out = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(manifests, async (manifest) => {
        const text = await written(manifest);
        put(out, { '.freshworks-gen.json': text });
        const again = await readManifest(out);
        expect(again && (await written(again))).toBe(text);
        expect(again?.stubs).toEqual(manifest.stubs);
      }),
    );
  });

  test('the order in which things were found changes nothing', async () => {
    const backwards = <T>(map: ReadonlyMap<string, T>) => new Map([...map].reverse());
    await fc.assert(
      fc.asyncProperty(manifests, async (manifest) => {
        const shuffled = {
          ...manifest,
          options: Object.fromEntries(Object.entries(manifest.options).reverse()),
          documents: [...manifest.documents].reverse(),
          stubs: backwards(manifest.stubs),
          files: backwards(manifest.files),
        };
        expect(await written(shuffled)).toBe(await written(manifest));
      }),
    );
  });
});

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { planKit, rejection, states, writeKit } from '../output/kit.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';

const kit = {
  files: {
    'index.ts': 'export {};\n',
    'signatures.ts': 'export {};\n',
    'payloads.ts': 'export {};\n',
    'payloads/shop.ts': 'export {};\n',
    'validators/index.ts': 'export {};\n',
    'validators/shop.ts': 'export {};\n',
    'runtime/adapters/node.ts': 'export {};\n',
    'runtime/überföring.ts': 'export {};\n',
    '.gitattributes': '\n',
  },
  handlers: { 'handlers/shop.ts': 'export {};\n' },
};
const modules = [...Object.keys(kit.files), ...Object.keys(kit.handlers)].filter((path) =>
  path.endsWith('.ts'),
);
const stems = modules.map((path) => path.slice(0, -'.ts'.length));

const endings = [
  ...['js', 'mjs', 'cjs', 'jsx', 'tsx', 'mts', 'cts', 'd.ts', 'd.mts', 'd.cts', 'json', 'node', 'wasm'],
  ...['native.ts', 'ios.js', 'web.tsx', 'JS', 'Js'],
  ...['js.ts', 'js.js', 'js.tsx', 'js.jsx', 'js.json', 'js.css', 'ts.js', 'ts.ts', 'css', 'js.d.ts', 'JS.ts'],
];
const upper = (path: string) => path.replace(/[^/]+$/, (name) => name.toUpperCase());
const folders = ['', 'payloads/', 'validators/', 'runtime/', 'runtime/adapters/', 'handlers/'];
const configurations = [
  ...[
    'package.json',
    'tsconfig.json',
    'jsconfig.json',
    'Package.JSON',
    'deno.json',
    '.babelrc',
    '.babelrc.cjs',
  ],
  '.swcrc',
];

const shadows: readonly string[] = [
  ...stems.flatMap((stem) => endings.map((ending) => `${stem}.${ending}`)),
  ...stems.filter((stem) => stem !== 'payloads'),
  ...stems.filter((stem) => stem !== 'payloads').map((stem) => `${stem}/index.ts`),
  ...stems.filter((stem) => stem !== 'payloads').map((stem) => `${stem}/any.txt`),
  ...stems.map((stem) => `${upper(stem)}.ts`),
  ...['index.ts', 'index.js', 'index.mjs', 'index.json', 'index'].map((name) => `payloads/${name}`),
  ...['Payloads/a.txt', 'RUNTIME/a.txt', 'Handlers/shop.ts', 'runtime/Adapters/a'],
  'runtime/u\u0308berfo\u0308ring.ts',
  '\u017fignatures.ts',
  ...folders.flatMap((folder) => configurations.map((name) => folder + name)),
  ...folders.map((folder) => `${folder}node_modules/evil/index.js`),
  // That one is a project of its own for the folder, which is refused before.
].filter((path) => path !== 'package.json');

const tolerated = [
  ...['notes.md', 'other.ts', 'other.js', 'signatures.test.ts', 'signatures.ts.orig', 'signatures-old.js'],
  ...['signature.js', 'xsignatures.js', 'handlers/helper.ts', 'handlers/helper.js', 'handlers/shop.test.ts'],
  ...['handlers/index.ts', 'docs/index.md', 'docs/package.json', 'runtime/index.ts', 'tsconfig.kit.json'],
  ...[
    '.prettierrc',
    'payloads/.prettierrc.ts',
    'runtime/prettier.config.ts',
    'handlers/.editorconfig',
    '.eslintrc.json',
    'validators/README.md',
    'shop.js',
    'payloads/node.js',
  ],
];

async function withKit(): Promise<string> {
  const out = temporaryFolder();
  await writeKit(out, kit);
  return out;
}

test('what a resolver could take for a module is found, named, and stops a run that writes', async () => {
  const out = await withKit();
  for (const [index, path] of shadows.entries()) {
    const file = join(out, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'evil');
    const { shadows: found } = await planKit(out, kit);
    expect(
      found.map(({ code, position }) => [code, resolve(position?.file ?? '')]),
      path,
    ).toEqual([['kit-module-shadowed', join(out, made(path))]]);
    // Whether a run writes does not depend on which it is; each of them takes its time.
    for (const force of index % 20 === 0 ? [false, true] : []) {
      const changed = { ...kit, files: { ...kit.files, 'signatures.ts': 'export const a = 1;\n' } };
      expect(await rejection(writeKit(out, changed, { force })), path).toContain('kit-module-shadowed');
    }
    expect(snapshot(out)[path], path).toBe('evil');
    rmSync(join(out, made(path)), { recursive: true });
  }
  expect((await planKit(out, kit)).shadows).toEqual([]);
});

/** The outermost file or folder on a path that is not the kit’s. */
function made(path: string): string {
  const parts = path.split('/');
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return prefixes.find((each) => !modules.some((module) => module.startsWith(`${each}/`))) ?? path;
}

test('other files stay, and nothing is said of them', async () => {
  const out = await withKit();
  put(out, Object.fromEntries(tolerated.map((path) => [path, ''])));
  const plan = await planKit(out, kit);
  expect(plan.shadows).toEqual([]);
  expect(new Set(Object.values(states(plan)))).toEqual(new Set(['unchanged']));
  await writeKit(out, { ...kit, files: { ...kit.files, 'signatures.ts': 'export const a = 1;\n' } });
  expect(Object.keys(snapshot(out))).toEqual(expect.arrayContaining(tolerated));
});

test('a link and a folder are found as files are, and what is to go is not in the way', async () => {
  const out = await withKit();
  symlinkSync('/dev/null', join(out, 'signatures.js'));
  mkdirSync(join(out, 'validators/shop'));
  expect((await planKit(out, kit)).shadows.map(({ position }) => position?.file.split('/').at(-1))).toEqual([
    'signatures.js',
    'shop',
  ]);
  rmSync(join(out, 'signatures.js'));
  rmSync(join(out, 'validators/shop'), { recursive: true });

  // Generated once, and no longer: the run removes it.
  await writeKit(out, { ...kit, files: { ...kit.files, 'docs/a.ts': 'export {};\n' } });
  const { 'signatures.ts': _, ...others } = kit.files;
  await writeKit(out, { ...kit, files: { ...others, 'signatures/index.ts': 'export {};\n' } });
  expect(
    (await planKit(out, { ...kit, files: { ...others, 'signatures/index.ts': 'export {};\n' } })).shadows,
  ).toEqual([]);
});

test('a kit of its own in the way is named as one, and nobody is told to delete it', async () => {
  const out = temporaryFolder();
  put(out, { 'signatures/.freshworks-gen.json': '{}' });
  const { shadows } = await planKit(out, kit);
  expect(shadows.map(({ code }) => code)).toEqual(['kit-in-kit']);
  expect(shadows[0]!.message).toMatch(
    /signatures is a kit of its own, .*`--out .*signatures` is its folder\.$/,
  );
});

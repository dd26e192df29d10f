import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Flags } from '../../src/cli/flags.js';
import { put } from '../output/tree.js';
import { sample } from '../sample.js';
import { newDesk, run, type Desk } from './command.js';

const schema = 'type: object\nproperties: { id: { type: string } }\n';

const files = {
  'package.json': '{ "type": "module" }\n',
  'tsconfig.json': '{ "extends": "./base.json" }\n',
  '../.editorconfig': '[*.md]\nindent_size = 8\n',
  'base.json': '{ "compilerOptions": { "module": "nodenext" } }\n',
  'api/one/order.yaml': schema,
  'api/two/order.yaml': schema.replace('id', 'number'),
  'api/overlay.yaml': `overlay: 1.1.0
info: { title: Ours, version: 1.0.0 }
actions: [{ target: $.info, update: { description: Ours } }]
`,
  'api/shop.yaml': `asyncapi: 2.6.0
info: { title: Shop, version: 1.0.0 }
channels:
  /shop/order:
    publish:
      operationId: onOrder
      message: { name: Order, payload: { $ref: ./now/order.yaml } }
`,
};
const flags: Flags = { out: 'src/events', spec: ['api/shop.yaml'], overlay: ['api/overlay.yaml'] };

/** A project with a kit, and the memory of having made it. */
async function newKit(): Promise<Desk> {
  const desk = newDesk(files);
  symlinkSync('one', join(desk.project, 'api/now'));
  const generated = await run(desk, 'generate', flags);
  expect(generated, generated.stderr).toMatchObject({ exitCode: 0, remembered: false });
  return desk;
}

const kit = (project: string, path: string) => join(project, 'src/events', path);
const append = (path: string) => appendFileSync(path, '\n');

/** Takes the checks out of a validator and makes the manifest agree with it. */
function weaken(project: string): void {
  const [path, manifest] = ['validators/shop.ts', kit(project, '.freshworks-gen.json')];
  const weakened = readFileSync(kit(project, path), 'utf8').replaceAll('errors++;', '');
  writeFileSync(kit(project, path), weakened);
  const hash = createHash('sha256').update(weakened).digest('hex');
  const recorded = JSON.parse(readFileSync(manifest, 'utf8')) as { files: Record<string, string> };
  expect(recorded.files[path]).not.toBe(hash);
  recorded.files[path] = hash;
  writeFileSync(manifest, `${JSON.stringify(recorded, undefined, 2)}\n`);
}

/** Puts a link to the same content in the place of a file or folder. */
function replaceByLink(path: string): void {
  renameSync(path, `${path}.moved`);
  symlinkSync(`${path}.moved`, path);
}

type Change = readonly [what: string, exitCode: number, change: (project: string) => void];

const ofInputs: readonly Change[] = [
  ['a byte of the document', 4, (project) => append(join(project, 'api/shop.yaml'))],
  ['a byte of an overlay', 4, (project) => append(join(project, 'api/overlay.yaml'))],
  ['a byte of a file that a reference names', 4, (project) => append(join(project, 'api/one/order.yaml'))],
  [
    'a link that a reference passes through',
    4,
    (project) => {
      rmSync(join(project, 'api/now'));
      symlinkSync('two', join(project, 'api/now'));
    },
  ],
  ['a document that is gone', 2, (project) => rmSync(join(project, 'api/shop.yaml'))],
  [
    'an overlay that became a folder',
    2,
    (project) => {
      rmSync(join(project, 'api/overlay.yaml'));
      mkdirSync(join(project, 'api/overlay.yaml'));
    },
  ],
];

const bundler = '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler" } }\n';
const ofConventions: readonly Change[] = [
  ['a tsconfig.json that changed', 4, (project) => put(project, { 'tsconfig.json': bundler })],
  ['what a tsconfig.json extends', 4, (project) => put(project, { 'base.json': bundler })],
  ['a tsconfig.json that is gone', 0, (project) => rmSync(join(project, 'tsconfig.json'))],
  ['a nearer tsconfig.json', 4, (project) => put(project, { 'src/tsconfig.json': bundler })],
  ['a .prettierrc', 4, (project) => put(project, { '.prettierrc': 'singleQuote: true\n' })],
  ['a .prettierrc in a folder above', 4, (project) => put(project, { '../.prettierrc': 'semi: false\n' })],
  ['a Prettier configuration that is a program', 0, (project) => put(project, { 'prettier.config.mjs': '' })],
  [
    'Prettier options in package.json',
    4,
    (project) => put(project, { 'package.json': '{ "prettier": { "tabWidth": 3 } }' }),
  ],
  // Prettier takes the .editorconfig files of the repository.
  ['a repository that an .editorconfig is outside of', 0, (project) => mkdirSync(join(project, '.git'))],
  [
    'a nearer .editorconfig',
    4,
    (project) => put(project, { '.editorconfig': 'root = true\n[*]\nindent_style = tab\n' }),
  ],
];

const ofTheKit: readonly Change[] = [
  [
    'a .prettierrc in a folder of the kit',
    4,
    (project) => put(project, { 'src/events/payloads/.prettierrc': 'semi: false\n' }),
  ],
  [
    'an .editorconfig in a folder of the kit',
    4,
    (project) => put(project, { 'src/events/schemas/.editorconfig': '[*]\nindent_style = tab\n' }),
  ],
  ['an edited file', 4, (project) => append(kit(project, 'runtime/receiver.ts'))],
  ['a weakened validator that the manifest agrees with', 4, weaken],
  ['an edited manifest', 4, (project) => append(kit(project, '.freshworks-gen.json'))],
  ['an edited .gitattributes', 4, (project) => append(kit(project, '.gitattributes'))],
  ['an edited handler', 0, (project) => append(kit(project, 'handlers/shop.ts'))],
  ['a new handler file', 0, (project) => put(project, { 'src/events/handlers/more.ts': 'export {};\n' })],
  ['a missing file', 4, (project) => rmSync(kit(project, 'runtime/routing.ts'))],
  ['a missing handler file', 4, (project) => rmSync(kit(project, 'handlers/shop.ts'))],
  ['a file of somebody else', 0, (project) => put(project, { 'src/events/notes.md': 'mine\n' })],
  [
    'a file of somebody else in a folder of the kit',
    0,
    (project) => put(project, { 'src/events/payloads/mine.ts': 'export {};\n' }),
  ],
  ['a link in place of a file', 2, (project) => replaceByLink(kit(project, 'runtime/routing.ts'))],
  ['a link in place of a folder', 2, (project) => replaceByLink(kit(project, 'payloads'))],
  ['a link in place of the kit', 2, (project) => replaceByLink(kit(project, '.'))],
  [
    'a folder in place of a file',
    2,
    (project) => {
      rmSync(kit(project, 'runtime/routing.ts'));
      mkdirSync(kit(project, 'runtime/routing.ts'));
    },
  ],
  [
    'a journal that a killed run left',
    4,
    (project) => put(project, { 'src/events/.freshworks-gen.journal': '' }),
  ],
  [
    'a lock that a killed run left',
    4,
    (project) => put(project, { 'src/events/.freshworks-gen.lock': '{}' }),
  ],
  [
    'a CRLF checkout',
    0,
    (project) => {
      const text = readFileSync(kit(project, 'runtime/receiver.ts'), 'utf8');
      writeFileSync(kit(project, 'runtime/receiver.ts'), text.replaceAll('\n', '\r\n'));
    },
  ],
  ['a repository in the kit', 2, (project) => mkdirSync(kit(project, '.git'))],
];

describe.each([
  ['its inputs', ofInputs],
  ['the conventions of the project', ofConventions],
  ['the kit', ofTheKit],
])('with another state of %s, check runs in full:', (_, changes) => {
  test.each(sample(changes, 2))('%s', async (_, exitCode, change) => {
    const desk = await newKit();
    expect(await run(desk, 'check', flags)).toMatchObject({ exitCode: 0, remembered: true });
    change(desk.project);
    const checked = await run(desk, 'check', flags);
    expect(checked, checked.stderr).toMatchObject({ exitCode, remembered: false });
    expect(checked).toEqual(await run(desk, 'check', flags, { memory: false }));
  });
});

test('a .prettierrc in a folder of the kit is noticed when it comes, changes and goes', async () => {
  const desk = await newKit();
  const prettierrc = kit(desk.project, 'payloads/.prettierrc');
  for (const change of [
    () => put(desk.project, { 'src/events/payloads/.prettierrc': 'semi: false\n' }),
    () => put(desk.project, { 'src/events/payloads/.prettierrc': 'tabWidth: 8\n' }),
    () => rmSync(prettierrc),
  ]) {
    change();
    expect(await run(desk, 'check', flags)).toMatchObject({ exitCode: 4, remembered: false });
    expect(await run(desk, 'generate', flags)).toMatchObject({ exitCode: 0, remembered: false });
    expect(await run(desk, 'check', flags)).toMatchObject({ exitCode: 0, remembered: true });
  }
});

describe('what was found is remembered for', () => {
  test('the same options alone', async () => {
    const desk = await newKit();
    for (const other of [
      { literal: true },
      { handlers: false },
      { products: ['shop'] },
      { replay: false },
      { overlay: [] },
      { refRoot: 'api' },
    ]) {
      expect(await run(desk, 'check', { ...flags, ...other }), JSON.stringify(other)).toMatchObject({
        remembered: false,
      });
    }
    expect(await run(desk, 'check', flags)).toMatchObject({ remembered: true });
  });

  test('the same working directory alone', async () => {
    const desk = await newKit();
    const fromSrc = { out: 'events', spec: ['../api/shop.yaml'], overlay: ['../api/overlay.yaml'] };
    expect(await run(desk, 'check', fromSrc, { cwd: 'src' })).toMatchObject({ remembered: false });
    expect(await run(desk, 'check', flags, { cwd: 'src' })).toMatchObject({ remembered: false, exitCode: 2 });
  });

  test('the same build of the program alone', async () => {
    const desk = await newKit();
    expect(await run(desk, 'check', flags, { program: 'the next' })).toMatchObject({ remembered: false });
    expect(await run(desk, 'check', flags)).toMatchObject({ remembered: true });
  });

  test.each<Flags>([{ dryRun: true }, { force: true }])('no run with %o', async (more) => {
    const desk = await newKit();
    expect(await run(desk, 'generate', { ...flags, ...more })).toMatchObject({ remembered: false });
  });
});

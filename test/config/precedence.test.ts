import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model/json.js';
import type { OptionName } from '../../src/config/options.js';
import { configure, settingsOf, type ConfigureFlags } from '../../src/app/configure.js';
import { folder } from '../load/folder.js';

type Values = Readonly<Record<string, Json>>;

/** What is in force for an option, and where it comes from. */
async function inForce(
  name: OptionName,
  config: Values | undefined,
  flags: ConfigureFlags,
  recorded: Values | undefined,
): Promise<readonly [value: unknown, from: string]> {
  const root = folder(
    config ? { 'freshworks-gen.config.json': JSON.stringify({ out: 'kit', ...config }) } : {},
  );
  if (recorded) {
    mkdirSync(join(root, 'kit'));
    const manifest = { manifest: 1, generator: '0', options: recorded, documents: [], stubs: {}, files: {} };
    writeFileSync(join(root, 'kit/.freshworks-gen.json'), JSON.stringify(manifest));
  }
  const { kits } = await configure(config ? flags : { out: 'kit', ...flags }, root);
  const [kit] = kits;
  const settings = await settingsOf(kit!);
  const value = JSON.parse(JSON.stringify(settings[name] ?? null).replaceAll(`${root}/`, '')) as Json;
  const from = settings.replayed.includes(name) ? 'recorded' : (kit!.sources[name]?.from ?? 'default');
  return [value, from];
}

/** Each option: what a file says of it, what the flags say, what a manifest says, and what that is in Settings. */
const rows: readonly [
  name: OptionName,
  file: Json,
  flag: Json,
  recorded: Json,
  otherwise: Json,
  toldAs?: readonly Json[],
][] = [
  [
    'spec',
    ['file.yaml'],
    ['flag.yaml'],
    ['../recorded.yaml'],
    null,
    [['file.yaml'], ['flag.yaml'], ['recorded.yaml']],
  ],
  [
    'overlay',
    ['file.yaml'],
    ['flag.yaml'],
    ['../recorded.yaml'],
    [],
    [['file.yaml'], ['flag.yaml'], ['recorded.yaml']],
  ],
  ['refRoot', 'file', 'flag', '../recorded', null, ['file', 'flag', 'recorded']],
  ['literal', true, false, true, false],
  ['products', ['freshchat'], ['whatsapp'], ['freshdesk'], null],
  ['handlers', false, true, false, true],
  ['adapters', ['fastify'], ['express', 'node'], [], ['node']],
];

describe.each(rows)('%s', (name, file, flag, recorded, otherwise, toldAs = [file, flag, recorded]) => {
  const [inFile, inFlag, inManifest] = toldAs;

  test('flags win over the file, the file over the default', async () => {
    expect(await inForce(name, { [name]: file }, { [name]: flag }, undefined)).toEqual([inFlag, 'flag']);
    expect(await inForce(name, { [name]: file }, {}, undefined)).toEqual([inFile, 'file']);
    expect(await inForce(name, {}, {}, undefined)).toEqual([otherwise, 'default']);
  });

  test('without a file the manifest stands in for it', async () => {
    const manifest = { [name]: recorded };
    expect(await inForce(name, undefined, { [name]: flag }, manifest)).toEqual([inFlag, 'flag']);
    expect(await inForce(name, undefined, {}, manifest)).toEqual([inManifest, 'recorded']);
    expect(await inForce(name, undefined, { replay: false }, manifest)).toEqual([otherwise, 'default']);
  });

  test('beside a file the manifest says nothing', async () => {
    expect(await inForce(name, {}, {}, { [name]: recorded })).toEqual([otherwise, 'default']);
    expect(await inForce(name, {}, { replay: true }, { [name]: recorded })).toEqual([otherwise, 'default']);
  });
});

test('one text is a list of one', async () => {
  expect(await inForce('spec', { spec: 'a.yaml' }, {}, undefined)).toEqual([['a.yaml'], 'file']);
  expect(await inForce('products', { products: 'freshchat' }, {}, undefined)).toEqual([
    ['freshchat'],
    'file',
  ]);
});

test('where an option was written is told', async () => {
  const root = folder({ 'freshworks-gen.config.yaml': 'out: a\n# more\nliteral: true\n' });
  const { kits } = await configure({ products: ['freshchat'] }, root);
  const file = 'freshworks-gen.config.yaml';
  expect(Object.entries(kits[0]!.sources)).toEqual([
    ['out', { from: 'file', position: { file, line: 1, column: 1 } }],
    ['literal', { from: 'file', position: { file, line: 3, column: 1 } }],
    ['products', { from: 'flag' }],
  ]);
});

describe('which kits are meant', () => {
  const one = 'out: a\nliteral: true\n';
  const two = 'kits:\n  - { out: a, literal: true }\n  - { out: b/c }\n';

  test.each<[what: string, text: string, flags: ConfigureFlags, below: string, expected: readonly unknown[]]>(
    [
      ['the one', one, {}, '.', [['a', true]]],
      ['the one, elsewhere', one, { out: 'b' }, '.', [['b', true]]],
      [
        'all of several',
        two,
        {},
        '.',
        [
          ['a', true],
          ['b/c', undefined],
        ],
      ],
      ['one of several', two, { out: './b/../b/c/' }, '.', [['b/c', undefined]]],
      [
        'one of several, named from where the user is',
        two,
        { out: 'c', config: '../freshworks-gen.config.yaml' },
        'b',
        [['b/c', undefined]],
      ],
      [
        'a flag for all',
        two,
        { literal: false },
        '.',
        [
          ['a', false],
          ['b/c', false],
        ],
      ],
    ],
  )('%s', async (_, text, flags, below, expected) => {
    const root = folder({ 'freshworks-gen.config.yaml': text, 'b/d': '' });
    const { kits } = await configure(flags, join(root, below));
    const found = kits.map(({ options: { out, literal, replay } }) => [
      out.slice(root.length + 1),
      literal,
      replay,
    ]);
    expect(found).toEqual(expected.map((each) => [...(each as unknown[]), false]));
  });

  test('a folder that is none of theirs', async () => {
    const root = folder({ 'freshworks-gen.config.yaml': two });
    await expect(configure({ out: 'b' }, root)).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'kit-unknown',
          message: 'No kit of freshworks-gen.config.yaml goes to b; its kits go to `a` and `b/c`.',
        },
      ],
    });
  });

  test('an adapter that there is not, from a flag', async () => {
    const { kits } = await configure({ out: 'a', adapters: ['nodejs'] }, folder({}));
    await expect(settingsOf(kits[0]!)).rejects.toMatchObject({
      diagnostics: [{ code: 'choice-unknown', message: '`nodejs` is no adapter. The nearest is `node`.' }],
    });
  });
});

test('the commands that only read documents need no kit', async () => {
  const root = folder({});
  expect((await configure({}, root, undefined, false)).kits).toHaveLength(1);
});

test('what comparisons go by comes from the file', async () => {
  const text =
    'out: a\ndiff:\n  failOn: risky\n  accept:\n    - { rule: type-narrowed, subject: A.b, reason: Nobody sends it. }\n';
  const file = 'freshworks-gen.config.yaml';
  const { diff } = await configure({}, folder({ [file]: text }));
  expect(diff).toEqual({
    failOn: 'risky',
    failOnSource: { from: 'file', position: { file, line: 3, column: 3 } },
    accept: [
      {
        rule: 'type-narrowed',
        subject: 'A.b',
        reason: 'Nobody sends it.',
        position: { file, line: 5, column: 7 },
      },
    ],
  });
});

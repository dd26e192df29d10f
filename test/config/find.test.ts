import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConfigureFlags } from '../../src/app/configure.js';
import { configure } from '../../src/app/configure.js';
import { folder, type Files } from '../load/folder.js';
import { configured } from './configured.js';

const yaml = 'out: events';
const json = '{ "out": "events" }';

describe('which file is taken', () => {
  const rows: readonly [files: Files, flags: ConfigureFlags, taken: string | undefined, out: string][] = [
    [{ 'freshworks-gen.config.yaml': yaml }, {}, 'freshworks-gen.config.yaml', 'events'],
    [{ 'freshworks-gen.config.json': json }, {}, 'freshworks-gen.config.json', 'events'],
    [{}, { out: 'a' }, undefined, 'a'],
    [{ 'freshworks-gen.config.yaml': yaml }, { config: false, out: 'a' }, undefined, 'a'],
    [{ 'freshworks-gen.config.yaml': 'broken: [' }, { config: false, out: 'a' }, undefined, 'a'],
    // Paths start at the file's folder.
    [{ 'deep/kits.yaml': yaml }, { config: 'deep/kits.yaml' }, 'deep/kits.yaml', 'deep/events'],
    [{ 'deep/KITS.JSON': json }, { config: 'deep/KITS.JSON' }, 'deep/KITS.JSON', 'deep/events'],
    [
      { 'freshworks-gen.config.yaml': yaml, 'freshworks-gen.config.json': json, 'c.yaml': yaml },
      { config: 'c.yaml' },
      'c.yaml',
      'events',
    ],
    // One of a folder above is another project's.
    [{ 'deep/freshworks-gen.config.yaml': yaml }, { out: 'a' }, undefined, 'a'],
  ];

  test.each(rows)('of %j with %j: %s', async (files, flags, taken, out) => {
    const { root, configuration, errors } = await configured(files, flags);
    expect(errors).toEqual([]);
    expect(configuration?.file).toBe(taken);
    expect(configuration?.kits.map(({ options }) => options.out)).toEqual([join(root, out)]);
  });
});

test('no file is looked for above the working directory', async () => {
  const { errors } = await configured({ 'freshworks-gen.config.yaml': yaml, 'a/b': '' }, {}, 'a');
  expect(errors.map(({ code }) => code)).toEqual(['option-missing']);
});

describe('what is refused', () => {
  const rows: readonly [files: Files, flags: ConfigureFlags, code: string, message: string][] = [
    [{}, {}, 'option-missing', 'Nothing says where the kit is.'],
    [
      { 'freshworks-gen.config.yaml': yaml, 'freshworks-gen.config.json': json },
      {},
      'config-ambiguous',
      'The working directory holds `freshworks-gen.config.json` and `freshworks-gen.config.yaml`.',
    ],
    [
      { 'freshworks-gen.config.yaml': yaml, 'freshworks-gen.config.ts': '', 'freshworks-gen.config.yml': '' },
      {},
      'config-ambiguous',
      'The working directory holds `freshworks-gen.config.ts`, `freshworks-gen.config.yaml` and `freshworks-gen.config.yml`.',
    ],
    [
      { 'freshworks-gen.config.yml': yaml },
      {},
      'config-name',
      'freshworks-gen.config.yml does not end in `.ts`, `.mts`, `.js`, `.mjs`, `.json` or `.yaml`.',
    ],
    [
      { '.env': 'TOKEN=a' },
      { config: '.env' },
      'config-name',
      '.env does not end in `.ts`, `.mts`, `.js`, `.mjs`, `.json` or `.yaml`.',
    ],
    [{}, { config: 'absent.yaml' }, 'file-missing', 'absent.yaml does not exist.'],
    [{}, { config: 'absent.ts' }, 'file-missing', 'absent.ts does not exist.'],
    [{ 'a.yaml/b': '' }, { config: 'a.yaml' }, 'file-is-folder', 'a.yaml is a folder.'],
    [{ 'a.ts/b': '' }, { config: 'a.ts' }, 'file-is-folder', 'a.ts is a folder.'],
    [
      { 'a.yaml': Buffer.of(0xff, 0xfe, 0x61, 0) },
      { config: 'a.yaml' },
      'config-syntax',
      'a.yaml is UTF-16, not UTF-8.',
    ],
    [
      { 'a.ts': Buffer.of(0xff, 0xfe, 0x61, 0) },
      { config: 'a.ts' },
      'config-syntax',
      'a.ts is UTF-16, not UTF-8.',
    ],
  ];

  test.each(rows)('of %j with %j: %s', async (files, flags, code, message) => {
    const { errors } = await configured(files, flags);
    expect(errors.map((each) => [each.code, each.message])).toEqual([[code, message]]);
  });
});

test('whoever remembers hears of every name before it is looked at', async () => {
  const root = folder({ 'freshworks-gen.config.yaml': yaml, 'other.yaml': yaml });
  const heard = async (flags: ConfigureFlags) => {
    const seen: string[] = [];
    await configure(flags, root, (aspect, path) => seen.push(`${aspect} ${path.slice(root.length + 1)}`));
    return seen;
  };
  expect(await heard({})).toEqual([
    ...['ts', 'mts', 'js', 'mjs', 'json', 'yaml', 'yml', 'cts', 'cjs'].map(
      (ending) => `content freshworks-gen.config.${ending}`,
    ),
    'content freshworks-gen.config.yaml',
  ]);
  expect(await heard({ config: 'other.yaml' })).toEqual(['content other.yaml']);
  expect(await heard({ config: false, out: 'a' })).toEqual([]);
});

import { expect, test } from 'vitest';
import {
  defineConfig,
  type Config,
  type ConfigExport,
  type DiffConfig,
  type KitConfig,
} from '../../src/config/define.js';
import { options, type failOn, type OptionName } from '../../src/config/options.js';
import type { Options } from '../../src/config/settings.js';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

test('the types know the options of the table, and no others', () => {
  const kit: Same<keyof KitConfig, OptionName> = true;
  const library: Same<Exclude<keyof Options, 'cwd' | 'replay'>, OptionName> = true;
  const severities: Same<DiffConfig['failOn'], (typeof failOn)[number] | undefined> = true;
  expect([kit, library, severities, options.length]).toEqual([true, true, true, 10]);
});

test('a configuration comes back as it was given', () => {
  const given: readonly ConfigExport[] = [
    { out: 'a', spec: 'a.yaml', products: ['freshchat'], adapters: ['node'] },
    { kits: [{ out: 'a' }, { out: 'b', handlers: false }], diff: { failOn: 'risky' } },
    Promise.resolve({ out: 'a' }),
    async () => ({ out: 'a' }),
  ];
  for (const each of given) expect(defineConfig(each)).toBe(each);
});

test('what is no configuration does not compile', () => {
  // @ts-expect-error there is no `out`
  const incomplete: Config = {};
  // @ts-expect-error it is misspelt
  const misspelt: Config = { out: 'a', specs: 'a' };
  // @ts-expect-error it stands beside `kits`
  const misplaced: Config = { kits: [{ out: 'a' }], literal: true };
  // @ts-expect-error no such adapter
  const unknown: Config = { out: 'a', adapters: ['nodejs'] };
  // @ts-expect-error without a reason
  const unfounded: Config = { out: 'a', diff: { accept: [{ rule: 'a', subject: 'b' }] } };
  // @ts-expect-error misspelt in a call
  const called = defineConfig({ out: 'a', litteral: true });
  expect([incomplete, misspelt, misplaced, unknown, unfounded, called]).toHaveLength(6);
});

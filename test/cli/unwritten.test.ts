import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../output/tree.js';
import { runIn } from './command.js';

const overlay =
  'overlay: 1.1.0\ninfo: { title: Ours, version: 1.0.0 }\nactions: [{ target: $.info, update: { x-ours: true } }]\n';

/** A configuration, what `generate` is given beside it, and what is said to be missing there. */
const rows: readonly [configuration: string, flags: string, unwritten: string | undefined][] = [
  ['out: events', '', undefined],
  ['out: events', '--out ./events', undefined],
  ['out: events\nproducts: [whatsapp, freshdesk]', '--products freshdesk,whatsapp', undefined],
  ['out: events\noverlay: own.yaml', '--overlay ./own.yaml', undefined],
  ['out: events', '--adapters node', undefined],
  ['out: events', '--overlay own.yaml', '--overlay'],
  ['out: events\nadapters: [node, express]', '--adapters node --no-handlers', '--no-handlers, --adapters'],
  ['out: other', '--out events --products whatsapp --literal', '--out, --literal, --products'],
];

test.each(rows)('%j, and generate %s', async (configuration, flags, unwritten) => {
  const folder = temporaryFolder();
  put(folder, { 'freshworks-gen.config.yaml': `${configuration}\n`, 'own.yaml': overlay });
  const args = ['generate', ...flags.split(' ').filter((each) => each !== '')];
  const said = /^Not in freshworks-gen\.config\.yaml: (.*)\. Write it there, or `check` does not know it\.$/m;
  const shown = await runIn(folder, [...args, '--dry-run']);
  expect(said.exec(shown.stderr)?.[1]).toBe(unwritten);
  const written = await runIn(folder, args);
  expect(written.exitCode, written.stderr).toBe(0);
  expect(said.exec(written.stderr)?.[1]).toBe(unwritten);
  expect((await runIn(folder, args)).stderr).not.toMatch(said);
});

test('without a configuration the kit records them, and with several each has its own', async () => {
  const folder = temporaryFolder();
  put(folder, { 'own.yaml': overlay });
  const alone = await runIn(folder, ['generate', '--out', 'events', '--products', 'whatsapp']);
  expect(alone.stderr).not.toContain('Not in ');
  const kits = 'kits:\n  - { out: one, products: whatsapp }\n  - { out: two, products: freshdesk }\n';
  put(folder, { 'freshworks-gen.config.yaml': kits });
  const several = await runIn(folder, ['generate', '--products', 'whatsapp']);
  expect(several.stderr.split('Not in ')).toHaveLength(2);
  const one = await runIn(folder, ['generate', '--out', 'one', '--clients', 'helpdesk']);
  expect(one.stderr).toContain('Not in freshworks-gen.config.yaml: --clients.');
});

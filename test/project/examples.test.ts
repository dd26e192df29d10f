import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Linter } from 'eslint';
import type { FastifyInstance } from 'fastify';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';
import { describe as describeDocuments } from '../../src/app/generate.js';
import { runIn } from '../cli/command.js';
import { configured } from '../config/configured.js';
import { programs } from '../config/programs.js';
import { faults } from '../emit/program.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { blockOf, blocks, blocksOf, pages, root } from './shown.js';

const expected = join(root, 'test/cases/shipped/expected');
const readme = pages.get('README.md')!;

/** Written by programs, which are tested by themselves; and the recipes, which `recipes.test.ts` tries. */
const others = ['commands', 'corrections', 'diagnostics', 'rules', 'recipes'].map(
  (name) => `docs/${name}.md`,
);

/** How each kind of block is tested: here, in first-event.test.ts and clients-page.test.ts, by test/e2e (`example` by its compilers, `framework` in what it is for), or by test/servers (`inbox`); `send` in sending.test.ts, `inferred` and `template` in test/infer/page.test.ts. */
const kinds =
  'client configuration diff document example excerpt field first framework inbox inferred kit overlay run send telemetry template vitest'.split(
    ' ',
  );

test('every block of code on a page is tested', () => {
  const untested = blocks.filter(
    ({ page, kind, language }) => !others.includes(page) && !kinds.includes(kind) && language !== 'sh',
  );
  expect(untested).toEqual([]);
  expect(new Set(blocks.map(({ kind }) => kind))).toEqual(new Set(['', 'recipe', ...kinds]));
});

test('no function of an example is async and awaits nothing', () => {
  const linter = new Linter();
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser as Linter.Parser },
    rules: { 'require-await': 'error' },
  };
  const found = blocks
    .filter(({ language, kind }) => language === 'ts' && kind !== 'field')
    .flatMap(({ page, subject, text }) =>
      linter
        .verify(text, config, 'example.ts')
        .map(({ ruleId, line, message }) => `${page} ${subject}:${line} ${ruleId ?? message}`),
    );
  expect(found).toEqual([]);
});

test.each(blocksOf('vitest'))('the tests that $page shows pass', async ({ page, subject, text }) => {
  const folder = temporaryFolder();
  put(folder, { 'package.json': '{ "type": "module" }', [subject]: text });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const products = page === 'README.md' ? ['--products', 'freshdesk'] : [];
  const made = await runIn(folder, ['generate', '--out', 'src/events', ...products]);
  expect(made.exitCode, made.stderr).toBe(0);
  const handlers = blockOf('first', 'src/events/handlers/freshdesk.ts');
  if (page === 'README.md') put(folder, { [handlers.subject]: handlers.text });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', '--root', folder], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toContain(`Tests  ${text.match(/^test\(/gm)?.length} passed`);
});

test('the excerpts are of what is generated', () => {
  for (const { subject, text } of blocksOf('excerpt')) {
    const [path = ''] = subject.split(' ');
    expect(readFileSync(join(expected, path), 'utf8')).toContain(text.trim());
  }
});

/** Every file of the kit for the shipped documents, by path. */
async function shippedKit(): Promise<Readonly<Record<string, string>>> {
  const folder = temporaryFolder();
  const { exitCode, stderr } = await runIn(folder, ['generate', '--out', 'events']);
  expect(exitCode, stderr).toBe(0);
  return snapshot(join(folder, 'events'));
}

test('the README lists what stands in a kit', async () => {
  const [folder, ...lines] = blockOf('kit').text.trimEnd().split('\n');
  expect(folder).toBe('src/events/');
  const listed = lines.map((line) => /^ {2}(\S+) {2,}\S/.exec(line)?.[1]);
  const entries = Object.keys(await shippedKit()).map((path) => path.replace(/\/.*/, '/'));
  expect(listed.sort()).toEqual([...new Set(entries)].sort());
});

test('the README lists the products, their events and what tells these apart', async () => {
  const { catalog } = await describeDocuments();
  const table = readme.slice(readme.indexOf('<!-- products -->')).split('\n\n', 1)[0]!;
  const rows = [...table.matchAll(/^\| `(\w+)` \| (\d+) \| (.+?) \|/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(
    catalog.products.map(({ name }) => {
      const events = catalog.events.filter(({ product }) => product === name);
      const pointers = new Set(events.map(({ discriminator }) => discriminator?.path.join('.')));
      const [pointer] = pointers;
      expect(pointers.size).toBe(1);
      const known = pointer === undefined ? 'the path' : `the path, or \`${pointer}\` in the payload`;
      return [name, String(events.length), known];
    }),
  );
});

test('the configurations are taken', async () => {
  const [yaml, program, accepting] = blocksOf('configuration');
  const several = await configured({ [yaml!.subject]: yaml!.text });
  expect(several.errors).toEqual([]);
  expect(several.configuration?.kits).toHaveLength(2);
  expect(programs.map(({ files }) => files[program!.subject])).toContain(program!.text);
  expect((await configured({ [accepting!.subject]: accepting!.text })).errors).toEqual([]);
});

test('the overlay gives the field, and nothing is reported about it', async () => {
  const { subject: path, text, page } = blocksOf('overlay')[0]!;
  const folder = temporaryFolder();
  put(folder, { [path]: text });
  expect(pages.get(page)).toContain(`--overlay ./${path}`);
  const { exitCode, stderr } = await runIn(folder, ['generate', '--out', 'events', '--overlay', path]);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).not.toMatch(/^(?:warning|error|note)/m);
  const [field] = blocksOf('field');
  expect(readFileSync(join(folder, 'events', field!.subject), 'utf8')).toContain(field!.text);
});

test('the document is valid, and its event is what the page says', async () => {
  const { subject: path, text } = blocksOf('document')[0]!;
  const folder = temporaryFolder();
  put(folder, { [path]: text });
  expect(await runIn(folder, ['validate', '--spec', path])).toMatchObject({ exitCode: 0 });
  const { stdout, stderr } = await runIn(folder, ['list', '--spec', path]);
  expect(stdout).toMatch(/^shop\/order-placed +shop .* \/kind = placed /m);
  expect(stderr).not.toMatch(/^(?:warning|error)/m);
});

test('the page on pull requests shows what diff prints', async () => {
  const { subject: args, text: shown } = blocksOf('diff')[0]!;
  const before = readFileSync(join(root, 'specs/whatsapp.asyncapi.yaml'), 'utf8');
  const after = before
    .replace('DELIVERED, READ]', 'DELIVERED, READ, DELETED]')
    .replace('required: [message_id, status, timestamp]', 'required: [message_id, status]')
    .replace(
      /^ {8}account_id:$/m,
      '        region:\n          type: string\n          description: Where the account is kept.\n$&',
    );
  const folder = temporaryFolder();
  put(folder, { 'before.yaml': before, 'after.yaml': after });
  const { exitCode, stdout, stderr } = await runIn(folder, ['diff', ...args.split(' ')]);
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 5, stdout: shown });
});

test('the schemas go into ajv and Fastify as the page on the library says', async () => {
  const files = Object.fromEntries(blocksOf('run').map(({ subject, text }) => [subject, text]));
  const kit = Object.entries(await shippedKit()).map(([path, text]) => [`events/${path}`, text] as const);
  const code = kit.filter(([path]) => path.endsWith('.ts'));
  expect(faults(new Map([...code, ...Object.entries(files)]))).toEqual([]);

  const folder = temporaryFolder();
  put(folder, { ...Object.fromEntries(kit), ...files });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const imported = async (name: string): Promise<unknown> => {
    const outfile = join(folder, name.replace(/ts$/, 'mjs'));
    const options = { bundle: true, packages: 'external', format: 'esm', platform: 'node' } as const;
    await build({ ...options, entryPoints: [join(folder, name)], outfile });
    return import(/* @vite-ignore */ pathToFileURL(outfile).href);
  };
  const { validate, app } = (await imported('schemas.ts')) as {
    validate: (value: unknown) => boolean;
    app: FastifyInstance;
  };
  for (const [ticket_id, status] of [
    [42, 200],
    [{}, 400],
  ] as const) {
    const payload = { freshdesk_webhook: { ticket_id } };
    expect(validate(payload)).toBe(status === 200);
    expect(await app.inject({ method: 'POST', url: '/tickets', payload })).toMatchObject({
      statusCode: status,
    });
  }
  const { schema } = (await imported('standard.ts')) as { schema: object };
  expect(JSON.stringify(schema)).toContain('"const":"message_create"');
});

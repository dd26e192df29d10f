import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { shop } from '../output/shop.js';
import { put, temporaryFolder } from '../output/tree.js';
import { runIn } from './command.js';

afterEach(() => void vi.unstubAllEnvs());

const accepted = `diff:
  accept:
    - { rule: retyped, subject: ParcelPayload.weight, reason: Scales say it in words. }
    - { rule: field-removed, subject: Order.id, reason: Long ago. }
`;

/** A project with a kit of the shop, and one without its parcels, whose document then changes. */
async function changed({ configuration = '' } = {}): Promise<string> {
  const project = temporaryFolder();
  put(project, {
    'package.json': '{ "type": "module" }\n',
    'api/shop.yaml': shop,
    'freshworks-gen.config.yaml': `kits:
  - { out: src/all, spec: api/shop.yaml }
  - { out: src/orders, spec: api/shop.yaml, products: shop }
${configuration}`,
  });
  const { exitCode, stderr } = await runIn(project, ['generate']);
  expect(exitCode, stderr).toBe(0);
  edit(project, 'weight: { type: number }', 'weight: { type: string }, size: { type: number }');
  return project;
}

function edit(project: string, from: string, to: string): void {
  const path = join(project, 'api/shop.yaml');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

test('each kit is compared with what it has recorded', async () => {
  const project = await changed();
  const { exitCode, stdout, stderr } = await runIn(project, ['diff']);
  expect(exitCode).toBe(5);
  expect(stdout).toMatch(/^breaking retyped: ParcelPayload\.weight$/m);
  expect(stdout).toMatch(/^safe field-added: ParcelPayload\.size$/m);
  expect(stderr).toMatch(/From src\/all to the documents: 1 breaking and 1 safe changes\./);
  expect(stderr).toMatch(/From src\/orders to the documents: no change\./);
});

test.each([
  ['breaking', 5],
  ['risky', 5],
  ['none', 0],
])('--fail-on %s ends with %i', async (level, exitCode) => {
  const project = await changed();
  expect(await runIn(project, ['diff', '--fail-on', level])).toMatchObject({ exitCode });
  expect(await runIn(project, ['diff', '--fail-on', level, '--out', 'src/orders'])).toMatchObject({
    exitCode: 0,
  });
});

test('the configuration says from when on it fails, and the command line says it over that', async () => {
  const project = await changed({ configuration: 'diff: { failOn: none }\n' });
  expect(await runIn(project, ['diff'])).toMatchObject({ exitCode: 0 });
  expect(await runIn(project, ['diff', '--fail-on', 'breaking'])).toMatchObject({ exitCode: 5 });
});

test('what is accepted no longer counts, and what is accepted in vain is pointed out once', async () => {
  const project = await changed({ configuration: accepted });
  const { exitCode, stdout, stderr } = await runIn(project, ['diff']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('accepted: Scales say it in words.');
  expect(stderr.match(/^warning accepted-unused.*$/gm)).toEqual([
    'warning accepted-unused: field-removed of Order.id is accepted and is no change',
  ]);
  expect(stderr).toContain('at freshworks-gen.config.yaml:7:');
  const { kits, diagnostics } = JSON.parse((await runIn(project, ['diff', '--json'])).stdout) as Document;
  expect(kits.map(({ changes }) => changes.map((each) => each.accepted))).toEqual([
    ['Scales say it in words.', undefined],
    [],
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['accepted-unused']);
});

interface Document {
  readonly kits: readonly { readonly changes: readonly { readonly accepted?: string }[] }[];
  readonly diagnostics: readonly { readonly code: string }[];
}

test('a rule that is none is an error that names the nearest', async () => {
  const project = await changed({ configuration: accepted });
  const path = join(project, 'freshworks-gen.config.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('retyped', 'retype'));
  const { exitCode, stderr } = await runIn(project, ['diff']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error choice-unknown: .*`retype`.*`retyped`/m);
});

test('a comment tells of each kit', async () => {
  const project = await changed();
  const { stdout } = await runIn(project, ['diff', '--format', 'markdown']);
  expect(stdout.match(/^### .*$/gm)).toEqual([
    '### For those who receive the events of `src/all`: 1 breaking and 1 safe changes',
    '### For those who receive the events of `src/orders`: no change',
  ]);
  expect(stdout.startsWith('<!-- freshworks-gen diff -->\n')).toBe(true);
});

test('breaking changes are annotated where they are, safe ones are not', async () => {
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  const project = await changed();
  const { stderr } = await runIn(project, ['diff']);
  const commands = stderr.split('\n').filter((line) => line.startsWith('::'));
  expect(commands).toEqual([
    expect.stringMatching(/^::error file=api\/shop\.yaml,line=15,col=\d+,title=retyped::/),
  ]);
});

test('SARIF has the rules that were broken', async () => {
  const project = await changed();
  const { stdout, exitCode } = await runIn(project, ['diff', '--format', 'sarif']);
  const { runs } = JSON.parse(stdout) as {
    runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; level: string }[] }[];
  };
  expect(exitCode).toBe(5);
  expect(runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(['retyped']);
  expect(runs[0]?.results).toMatchObject([{ ruleId: 'retyped', level: 'error' }]);
});

test('a kit that cannot be compared keeps no other from it', async () => {
  const project = await changed();
  edit(project, 'type: object, properties: { id: { type: string } }', 'type: 5');
  writeFileSync(
    join(project, 'freshworks-gen.config.yaml'),
    'kits: [{ out: src/all, spec: none.yaml }, { out: src/orders, spec: api/other.yaml, products: shop }]\n',
  );
  put(project, { 'api/other.yaml': shop });
  const { exitCode, stderr } = await runIn(project, ['diff']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('error file-missing');
  expect(stderr).toContain('From src/orders to the documents: no change.');
});

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { runIn } from '../cli/command.js';
import { shop } from '../output/shop.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';

const manifest = 'src/events/.freshworks-gen.json';

/** A project with a kit whose manifest has recorded some options. */
async function project(options: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = temporaryFolder();
  put(folder, { 'shop.yaml': shop });
  const { exitCode, stderr } = await runIn(folder, [
    'generate',
    '--out',
    'src/events',
    '--spec',
    'shop.yaml',
  ]);
  expect(exitCode, stderr).toBe(0);
  const file = join(folder, manifest);
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as { readonly options: object };
  const changed = { ...recorded, options: { ...recorded.options, ...options } };
  writeFileSync(file, JSON.stringify(changed, undefined, 2));
  return folder;
}

interface Answer {
  readonly exitCode: number;
  readonly diagnostics: readonly Diagnostic[];
}

async function answer(folder: string, command: string): Promise<Answer> {
  const { stdout } = await runIn(folder, [command, '--out', 'src/events', '--json']);
  return JSON.parse(stdout) as Answer;
}

/** What a position points at, up to the colon behind the key. */
function pointedAt(folder: string, { position }: Diagnostic): string | undefined {
  if (position === undefined) return undefined;
  const lines = readFileSync(join(folder, position.file), 'utf8').split('\n');
  return lines[position.line - 1]?.slice(position.column - 1).replace(/:.*/, '');
}

type Row = [name: string, value: unknown, code: string, ...says: string[]];

/** What a manifest may have recorded, and what is said behind its name. */
const rows: readonly Row[] = [
  ...['spec', 'overlay', 'products', 'adapters', 'inbox', 'clients'].flatMap((name): readonly Row[] => [
    [name, 'a', 'option-invalid', `records options.${name}, which must be a list of texts.`],
    [
      name,
      [5],
      'option-invalid',
      `records options.${name}, which must be a list of texts that are not empty.`,
    ],
    [
      name,
      [''],
      'option-invalid',
      `records options.${name}, which must be a list of texts that are not empty.`,
    ],
  ]),
  ...['literal', 'handlers'].map((name): Row => [
    name,
    1,
    'option-invalid',
    `records options.${name}, which must be \`true\` or \`false\`.`,
  ]),
  ['refRoot', 5, 'option-invalid', 'records options.refRoot, which must be a text that is not empty.'],
  ['refRoot', 'a\0b', 'option-invalid', 'records options.refRoot, which must be a text that is not empty.'],
  [
    'adapters',
    ['node', 'nod', 'fastfy'],
    'choice-unknown',
    'records --adapters, and `nod` is no adapter. The nearest is `node`. Give `--adapters` anew on the command line: `generate` records it.',
    'records --adapters, and `fastfy` is no adapter. The nearest is `fastify`. Give `--adapters` anew on the command line: `generate` records it.',
  ],
  [
    'inbox',
    ['sqlit'],
    'choice-unknown',
    'records --inbox, and `sqlit` is no inbox engine. The nearest is `sqlite`. Give `--inbox` anew on the command line: `generate` records it.',
  ],
  [
    'clients',
    ['freshdes'],
    'choice-unknown',
    'records --clients, and `freshdes` is no client. The nearest is `freshdesk`. Give `--clients` anew on the command line: `generate` records it.',
  ],
  [
    'products',
    ['shop', 'shp'],
    'product-unknown',
    'records --products shop,shp, and no document describes shp; there are returns, shop. Give `--products` anew on the command line: `generate` records it.',
  ],
  ['spec', ['../../a.yaml'], 'recorded-missing', 'records --spec ../../a.yaml, and a.yaml does not exist.'],
  [
    'overlay',
    ['a.yaml'],
    'recorded-missing',
    'records --overlay a.yaml, and src/events/a.yaml does not exist.',
  ],
  ['refRoot', '../../a', 'recorded-missing', 'records --ref-root ../../a, and a does not exist.'],
];

describe('what a manifest has recorded and nobody can use is said with its place there', () => {
  test.each(rows)('%s: %j', async (name, value, code, ...says) => {
    const folder = await project({ [name]: value });
    const before = snapshot(folder);
    for (const command of ['check', 'generate', 'diff']) {
      const { exitCode, diagnostics } = await answer(folder, command);
      expect([exitCode, diagnostics.map((found) => found.code)], command).toEqual([2, says.map(() => code)]);
      expect(diagnostics.map(({ message }) => message)).toEqual(says.map((each) => `${manifest} ${each}`));
      for (const found of diagnostics) {
        expect(found.position?.file).toBe(manifest);
        expect(pointedAt(folder, found)).toBe(`"${name}"`);
      }
    }
    expect(snapshot(folder)).toEqual(before);
  });
});

test('the option that is given anew is taken, and recorded', async () => {
  const anew: readonly (readonly [name: string, value: unknown, option: string])[] = [
    ['products', ['shp'], '--products=shop'],
    ['adapters', ['nod'], '--adapters=express'],
    ['spec', 'shop.yaml', '--spec=shop.yaml'],
    ['handlers', 5, '--no-replay'],
  ];
  for (const [name, value, option] of anew) {
    const folder = await project({ [name]: value });
    const more = option === '--no-replay' ? ['--spec', 'shop.yaml'] : [];
    const given = await runIn(folder, ['generate', '--out', 'src/events', option, ...more]);
    expect(given.exitCode, given.stderr).toBe(0);
    expect(await answer(folder, 'check')).toMatchObject({ exitCode: 0 });
  }
});

test('a product that the command line names is not said to be recorded', async () => {
  const folder = await project({ products: ['shp'] });
  const { stderr } = await runIn(folder, ['generate', '--out', 'src/events', '--products', 'spo']);
  expect(stderr).toContain('error product-unknown: no document describes spo; there are returns, shop');
  expect(stderr).not.toContain('.freshworks-gen.json');
});

test('a kit that was moved says where it looks for its documents', async () => {
  const folder = await project({});
  renameSync(join(folder, 'src/events'), join(folder, 'events'));
  const { stderr, exitCode } = await runIn(folder, ['check', '--out', 'events']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    'error recorded-missing: events/.freshworks-gen.json records --spec ../../shop.yaml, and ../shop.yaml does not exist.\n  at events/.freshworks-gen.json:5:5\n',
  );
});

import { expect, onTestFinished, test, vi } from 'vitest';
import { formats, formatsOfDiff } from '../../src/cli/render.js';
import { newRepository } from '../diff/repository.js';
import { shop } from '../output/shop.js';
import { put, temporaryFolder } from '../output/tree.js';
import { sample } from '../sample.js';
import { driving, drives } from './driving.js';
import { printed } from './printed.js';

vi.setConfig({ testTimeout: 60_000 });

type Files = Readonly<Record<string, string>>;

/** What is read, with a hostile text in it that is repeated to the user. */
interface Source {
  readonly what: string;
  readonly files: Files;
  readonly args: readonly string[];
  readonly exit: number;
  /** Set around the run. */
  readonly env?: Readonly<Record<string, string>>;
  /** Committed before, and then written over by `files`. */
  readonly committed?: Files;
  /** False where the text is taken, and nobody is told of it. */
  readonly isRepeated?: boolean;
}

const word = JSON.stringify(driving);
const config = (text: string): Files => ({ 'freshworks-gen.config.yaml': text });
const ofConfig = (what: string, text: string): Source => ({
  what: `configuration: ${what}`,
  files: config(text),
  args: ['config'],
  exit: 2,
});
const document = (text: string, what: string, args = ['validate', '--spec', 'a.yaml'], exit = 3): Source => ({
  what: `document: ${what}`,
  files: { 'a.yaml': text },
  args,
  exit,
});
const overlay = (actions: string, what: string, exit: number): Source => ({
  what: `overlay: ${what}`,
  files: { 'a.yaml': shop, 'o.yaml': `overlay: 1.0.0\ninfo: { title: T, version: '1' }\n${actions}` },
  args: ['validate', '--spec', 'a.yaml', '--overlay', 'o.yaml'],
  exit,
});
const manifest = (content: object): Files => ({
  'kit/.freshworks-gen.json': JSON.stringify(
    { manifest: 1, generator: '0', options: {}, documents: [], stubs: {}, files: {}, ...content },
    undefined,
    2,
  ),
});

const sources: readonly Source[] = [
  ofConfig('a key', `out: a\n${word}: b`),
  ofConfig('a key that is there twice', `{out: a, ${word}: b, ${word}: c}`),
  ofConfig('a key of a kit', `kits: [{ out: a, ${word}: b }]`),
  ofConfig('a choice', `out: a\nadapters: [${word}]`),
  ofConfig('an alias', `out: *a\u202eb`),
  ofConfig('a rule', `out: a\ndiff: { accept: [{ rule: ${word}, subject: a, reason: b }] }`),
  ofConfig('a level', `out: a\ndiff: { failOn: ${word} }`),
  { ...ofConfig('JSON', ''), files: { 'freshworks-gen.config.json': `{ "out": "a", ${word}: "b" }` } },
  { ...ofConfig('a folder', `out: ${word}`), exit: 0 },
  { ...ofConfig('an overlay', `out: a\noverlay: [${word}]`), args: ['generate'] },
  { ...ofConfig('a document', `out: a\nspec: [${word}]`), args: ['generate'] },
  {
    ...ofConfig('a product', `out: a\nspec: a.yaml\nproducts: ${word}`),
    files: { ...config(`out: a\nspec: a.yaml\nproducts: ${word}`), 'a.yaml': shop },
    args: ['generate'],
  },
  {
    what: 'configuration: what is accepted',
    files: config(
      `out: kit\nspec: a.yaml\ndiff: { accept: [{ rule: field-added, subject: ${word}, reason: ${word} }] }`,
    ),
    committed: { 'a.yaml': shop },
    args: ['diff', 'a.yaml', 'a.yaml'],
    exit: 0,
  },
  document(`asyncapi: ${word}`, 'a version'),
  document(`{ ${word}: 1, ${word}: 2 }`, 'a key that is there twice'),
  document(shop.replace('type: number', `type: ${word}`), 'a type'),
  document(shop.replace(`'#/components/schemas/Order'`, JSON.stringify(`#/${driving}`)), 'a reference'),
  document(shop.replace('type: number', `$ref: ${word}`), 'a reference to a file'),
  document(shop.replace('onOrderPaid', word), 'an operation', ['list', '--spec', 'a.yaml'], 0),
  document(
    shop.replace('title: Shop', `title: ${word}`).replace('product: returns', `product: ${word}`),
    'a product',
    ['list', '--spec', 'a.yaml'],
  ),
  overlay(`actions: [{ target: ${word}, update: {} }]`, 'a target that is no query', 3),
  overlay(`actions: [{ target: ${JSON.stringify(`$[${word}]`)}, update: {} }]`, 'a target', 3),
  overlay(`actions: [{ target: $.x, update: {} }]\n${word}: a`, 'a key', 3),
  {
    what: 'file name of a document',
    files: { [driving]: 'a: b' },
    args: ['validate', '--spec', driving],
    exit: 3,
  },
  {
    what: 'file name of a document that is taken',
    files: { [driving]: shop },
    args: ['list', '--spec', driving],
    exit: 0,
  },
  {
    what: 'file name of a configuration',
    files: {},
    args: ['generate', '--config', driving],
    exit: 2,
  },
  {
    what: 'file name of a kit',
    files: { 'a.yaml': shop },
    args: ['check', '--spec', 'a.yaml', '--out', driving],
    exit: 4,
  },
  {
    what: 'file name beside a kit',
    files: { 'a.yaml': shop, [`${driving}/events.js`]: '' },
    args: ['generate', '--dry-run', '--spec', 'a.yaml', '--out', driving],
    exit: 2,
  },
  ...[
    ['a path', { files: { [driving]: 'a' } }],
    ['a handler', { files: { [`handlers/${driving}`]: 'a' } }],
    ['a stub', { stubs: { [driving]: 1 } }],
  ].map(([what, content]) => ({
    what: `manifest: ${what as string}`,
    files: { 'a.yaml': shop, ...manifest(content as object) },
    args: ['check', '--spec', 'a.yaml', '--out', 'kit'],
    exit: 2,
  })),
  {
    what: 'manifest: its generator',
    files: { 'a.yaml': shop, ...manifest({ generator: driving }) },
    args: ['diff', '--out', 'kit'],
    exit: 2,
  },
  {
    what: 'lock: who holds it',
    files: {
      'a.yaml': shop,
      'kit/.freshworks-gen.lock': JSON.stringify({ pid: 1, host: driving, started: driving, token: 'a' }),
    },
    args: ['generate', '--spec', 'a.yaml', '--out', 'kit'],
    exit: 2,
  },
  {
    what: 'project: Prettier',
    files: { 'a.yaml': shop, '.prettierrc': `{ "tabWidth": ${word} }` },
    args: ['generate', '--dry-run', '--spec', 'a.yaml', '--out', 'kit'],
    exit: 0,
  },
  {
    what: 'project: tsconfig.json',
    files: { 'a.yaml': shop, 'tsconfig.json': `{ "extends": ${word} }` },
    args: ['generate', '--dry-run', '--spec', 'a.yaml', '--out', 'kit'],
    exit: 0,
  },
  { what: 'argument: a command', files: {}, args: [driving], exit: 2 },
  { what: 'argument: an option', files: {}, args: ['list', `--${driving}`], exit: 2 },
  { what: 'argument: a code', files: {}, args: ['explain', driving], exit: 2 },
  {
    what: 'revision: one that is none',
    files: {},
    committed: { 'a.yaml': shop },
    args: ['diff', driving],
    exit: 2,
  },
  {
    what: 'revision: asked for as one',
    files: {},
    committed: { 'a.yaml': shop },
    args: ['diff', `git:${driving}`],
    exit: 2,
  },
  {
    what: 'file names that are compared',
    files: { [driving]: shop, [`b${driving}`]: shop.replace('type: number', 'type: string') },
    args: ['diff', driving, `b${driving}`],
    exit: 5,
  },
  {
    what: 'documents that are compared',
    files: {
      'a.yaml': shop.replace('weight:', `'::error ::b': {}, '##vso[a]':`),
      'b.yaml': shop.replace('weight:', `'::add-mask::b': {}, '##[a]':`),
    },
    args: ['diff', 'a.yaml', 'b.yaml'],
    exit: 5,
  },
  {
    what: 'environment: the workspace of a runner',
    files: { 'a.yaml': 'a: b' },
    env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: `/${driving}` },
    args: ['validate', '--spec', 'a.yaml'],
    exit: 3,
    isRepeated: false,
  },
  {
    what: 'environment: colours and folders',
    files: { 'a.yaml': 'a: b' },
    env: { FORCE_COLOR: '0', NO_COLOR: driving, XDG_CACHE_HOME: `/${driving}`, TERM: driving },
    args: ['validate', '--spec', 'a.yaml'],
    exit: 3,
    isRepeated: false,
  },
];

function projectOf({ files, committed }: Source): string {
  const repository = committed && newRepository();
  repository?.commit(committed ?? {});
  const root = repository?.root ?? temporaryFolder();
  put(root, { 'package.json': '{ "type": "module" }', ...files });
  return root;
}

test.each(sample(sources, 15).map((each) => [each.what, each] as const))('%s', async (_, source) => {
  const { args, exit, env = {} } = source;
  const project = projectOf(source);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  let isRepeated = false;
  for (const format of args[0] === 'diff' ? formatsOfDiff : formats) {
    const { stdout, stderr, exitCode } = await printed(project, [...args, '--format', format]);
    const found = { format, exitCode, stdout: drives(stdout), stderr: drives(stderr) };
    expect(found, stderr).toEqual({ format, exitCode: exit, stdout: [], stderr: [] });
    isRepeated ||= escaped.test(stdout) || escaped.test(stderr);
  }
  expect(isRepeated).toBe(source.isRepeated ?? true);
});

/** Of what drives: without one, a row tests nothing. */
const escaped = /\\u(?:000a|001b|0023|202e|003a)/;

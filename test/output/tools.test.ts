import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import js from '@eslint/js';
import { ESLint } from 'eslint';
import { ESLint as ESLint9 } from 'eslint-9';
import { check, resolveConfig } from 'prettier';
import { configs } from 'typescript-eslint';
import { describe, expect, test, vi } from 'vitest';
import { runIn } from '../cli/command.js';
import { sample } from '../sample.js';
import { document, options } from './layouts.js';
import { put, temporaryFolder } from './tree.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const kit = 'src/events';

async function projectWith(prettier: object, spec = 'api/shop.yaml'): Promise<string> {
  const folder = temporaryFolder();
  put(folder, {
    'package.json': '{ "type": "module", "private": true }\n',
    '.prettierrc': JSON.stringify(prettier),
    'api/shop.yaml': document,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: [] },
      include: ['src'],
    }),
  });
  const args = ['generate', '--out', kit, ...(spec === '' ? [] : ['--spec', spec])];
  expect(await runIn(folder, args)).toMatchObject({ exitCode: 0 });
  return folder;
}

function filesOf(project: string): readonly string[] {
  return readdirSync(join(project, kit), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.gitattributes')
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('Prettier finds every file of the kit laid out', () => {
  const rows = options.flatMap((each) => ['api/shop.yaml', ''].map((spec) => [each, spec] as const));

  test.each(sample(rows, 2))('with %j, %j', async (each, spec) => {
    const project = await projectWith(each, spec);
    const wrong: string[] = [];
    for (const filepath of filesOf(project)) {
      const resolved = await resolveConfig(filepath, { useCache: false });
      if (!(await check(readFileSync(filepath, 'utf8'), { ...resolved, filepath }))) wrong.push(filepath);
    }
    expect(wrong).toEqual([]);
  });
});

describe('ESLint has nothing to say of the kit and changes nothing', () => {
  const rows = [
    ['10', 'recommended', ESLint, configs.recommended],
    ['10', 'strict-type-checked', ESLint, configs.strictTypeChecked],
    ['9', 'strict-type-checked', ESLint9 as unknown as typeof ESLint, configs.strictTypeChecked],
    ['9', 'recommended', ESLint9 as unknown as typeof ESLint, configs.recommended],
  ] as const;

  test.each(sample(rows, 1))('%s, %s', async (version, _, Linter, presets) => {
    const project = await projectWith({});
    expect(Linter.version.split('.')[0]).toBe(version);
    const linter = new Linter({
      cwd: project,
      fix: true,
      overrideConfigFile: true,
      overrideConfig: [
        { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
        js.configs.recommended,
        ...(presets as typeof configs.recommended),
        { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: project } } },
      ] as ESLint.Options['overrideConfig'] & object,
    });
    const results = await linter.lintFiles([`${kit}/**/*.ts`]);
    expect(results.length).toBeGreaterThan(10);
    expect(results.flatMap(({ messages }) => messages)).toEqual([]);
    expect(results.filter(({ output }) => output !== undefined)).toEqual([]);
  });
});

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check } from 'prettier';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PrettierOptions } from '../../src/kit/prettier-options.js';
import { document, options } from '../output/layouts.js';
import { endings, layouts, programs, type Project } from '../project-files/projects.js';
import { filesBelow, newProject, out, readText, run, writeText } from './project.js';

/** What the packed program is to find in the project around a kit. */
interface Row {
  readonly what: string;
  readonly files: Project;
  readonly codes: readonly string[];
  readonly ending?: string;
  readonly prettier?: PrettierOptions;
  /** The files that Prettier is asked about; all where none are named. */
  readonly asked?: readonly string[];
}

const rows: readonly Row[] = [
  ...endings.map(([what, files, ending, codes = []]) => ({ what: `imports: ${what}`, files, ending, codes })),
  ...layouts.map(([what, files, prettier, codes = []]) => ({
    what: `layout: ${what}`,
    files,
    prettier,
    asked: ['events.ts', 'handlers/shop.ts'],
    codes,
  })),
  ...options.map((prettier) => ({
    what: `options: ${JSON.stringify(prettier)}`,
    files: { '.prettierrc': JSON.stringify(prettier) },
    prettier,
    codes: [],
  })),
  ...programs.map(([what, files]) => ({
    what: `not run: ${what}`,
    files,
    prettier: {},
    asked: ['events.ts'],
    codes: ['prettier-config-code'],
  })),
];

interface Printed {
  readonly kits: readonly { readonly diagnostics: readonly { readonly code: string }[] }[];
}

const folders: string[] = [];
let printed: Printed;

/* All are kits of one configuration: so the document is read once. A program that ran would end them all. */
beforeAll(() => {
  const project = newProject({ kit: false });
  writeText(document, project, 'shop.yaml');
  const kits = rows.map(({ files }, index) => {
    for (const [name, content] of Object.entries(files)) put(content, project, String(index), name);
    folders.push(join(project, String(index), out));
    return { out: `${index}/${out}`, spec: 'shop.yaml' };
  });
  writeText(JSON.stringify({ kits }), project, 'freshworks-gen.config.json');
  const { stdout, stderr, exitCode } = run(project, ['generate', '--format', 'json']);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  printed = JSON.parse(stdout) as Printed;
});

describe('the packed program follows the project around a kit', () => {
  test.each(rows.map((row, index) => [row.what, row, index] as const))('%s', async (_, row, index) => {
    const { codes, ending, prettier, asked } = row;
    expect(printed.kits[index]?.diagnostics.map(({ code }) => code)).toEqual(codes);
    const kit = folders[index] ?? '';
    if (ending !== undefined)
      expect(readText(kit, 'index.ts')).toMatch(new RegExp(`from ["']\\./events${ending}["']`));
    if (prettier === undefined) return;
    const files = [...filesBelow(kit)].filter(([path]) => asked?.includes(path) ?? path !== '.gitattributes');
    expect(files.length).toBeGreaterThanOrEqual(asked?.length ?? 10);
    const laidOut = await Promise.all(
      files.map(async ([path, text]) => [path, await check(text, { ...prettier, filepath: path })] as const),
    );
    expect(laidOut.filter(([, isLaidOut]) => !isLaidOut)).toEqual([]);
  });
});

/** Writes a file of a project; what it would run ends the process. */
function put(content: string | Uint8Array, ...path: readonly string[]): void {
  const file = join(...path);
  mkdirSync(dirname(file), { recursive: true });
  writeText(String(content).replaceAll('globalThis.ran = true', 'process.exit(0)'), file);
}

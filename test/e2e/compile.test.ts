import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checked } from '../emit/program.js';
import { compile, versions, type Resolution } from './compiler.js';
import { newProject, out, readText, writeText } from './project.js';
import { examples, putExamples } from './examples.js';

const resolutions: readonly Resolution[] = ['nodenext', 'bundler'];
const matrix = versions.flatMap((version) => resolutions.map((resolution) => [version, resolution] as const));

test('the pages have a handler, a server and a route to follow', () => {
  expect([...examples().keys()].sort()).toEqual([
    'app/webhooks/[...event]/route.ts',
    'generate.ts',
    'handlers/freshchat.ts',
    'logged.ts',
    'once.ts',
    'server.ts',
    'validated.ts',
  ]);
});

describe.each(matrix)('TypeScript %s, %s', (version, resolution) => {
  test('compiles the kit, the examples of the pages and a server of all products under the strictest flags', () => {
    const project = newProject();
    putExamples(project);
    cpSync(join(import.meta.dirname, 'project/server.ts'), join(project, 'src/all.ts'));
    expect(compile(project, version, resolution)).toBe('');
    checkAll(project);
    expect(compile(project, version, resolution)).toBe('');
  });

  test('sees a field that is misspelt', () => {
    const project = newProject();
    const handlers = readText(project, out, 'handlers/freshchat.ts');
    writeText(
      `${handlers}
import type { WebhookEvent } from '../events.js';
export const seen = ({ payload }: WebhookEvent<'freshchat/message-create'>) => payload.data?.mesage;
`,
      project,
      out,
      'handlers/freshchat.ts',
    );
    expect(compile(project, version, resolution)).toMatch(
      /^src\/events\/handlers\/freshchat\.ts\(\d+,\d+\): error TS2551: .*'mesage'/,
    );
  });
});

/** Has the compiler look into the bodies that it is told to leave out. */
function checkAll(project: string): void {
  const files = readdirSync(join(project, out), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((each) => each.endsWith('.ts')))
    writeText(checked(readText(project, out, file)), project, out, file);
}

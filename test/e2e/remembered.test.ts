import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesLoaded, filesBelow, newProject, out, run, writeText } from './project.js';

/** A home for what one test remembers: other tests put things into theirs, and remove them, meanwhile. */
const ownHome = (project: string) => ({ XDG_CACHE_HOME: `${project}-home` });

describe.each(['check', 'generate'])('an unchanged %s', (command) => {
  test.each([[[]], [['--json']]])('answers %j from what was found before, in the same bytes', (more) => {
    const project = newProject();
    const args = [command, '--out', out, ...more];
    const full = run(project, args, { env: { FRESHWORKS_GEN_CACHE: 'off' } });
    expect(full).toMatchObject({ exitCode: 0 });
    expect(run(project, args)).toEqual(full);
    // No library fits into this.
    expect(bytesLoaded(project, args)).toBeLessThan(100_000);
    expect(run(project, args)).toEqual(full);
  });
});

test('generate spares the next check the work', () => {
  const project = newProject({ kit: false });
  expect(run(project, ['generate', '--out', out])).toMatchObject({ exitCode: 0 });
  expect(bytesLoaded(project, ['check', '--out', out])).toBeLessThan(100_000);
});

test('FRESHWORKS_GEN_CACHE=off neither reads nor writes it', () => {
  const project = newProject();
  const own = ownHome(project);
  const check = (env: NodeJS.ProcessEnv) =>
    expect(run(project, ['check', '--out', out], { env })).toMatchObject({ exitCode: 0 });
  check({ ...own, FRESHWORKS_GEN_CACHE: 'off' });
  expect(filesBelow(own.XDG_CACHE_HOME)).toEqual(new Map());
  check(own);
  const before = filesBelow(own.XDG_CACHE_HOME);
  expect(before.size).toBeGreaterThan(0);
  check({ ...own, FRESHWORKS_GEN_CACHE: 'off' });
  expect(filesBelow(own.XDG_CACHE_HOME)).toEqual(before);
});

test('without a folder to keep anything in, a command does what it always does', () => {
  const project = newProject();
  writeFileSync(join(project, '../file'), '');
  symlinkSync('absent/absent', join(project, '../link'));
  const before = filesBelow(project);
  const full = run(project, ['check', '--out', out], { env: { FRESHWORKS_GEN_CACHE: 'off' } });
  const homes: readonly NodeJS.ProcessEnv[] = [
    { HOME: join(project, 'absent'), XDG_CACHE_HOME: undefined },
    { XDG_CACHE_HOME: join(project, '.cache') },
    { XDG_CACHE_HOME: join(project, '../file') },
    { XDG_CACHE_HOME: join(project, '../link') },
  ];
  for (const env of homes) expect(run(project, ['check', '--out', out], { env })).toEqual(full);
  expect(filesBelow(project)).toEqual(before);
});

test('what a pull request says was found is not believed', () => {
  const project = newProject();
  const args = ['check', '--out', out];
  const own = ownHome(project);
  expect(run(project, args, { env: own })).toMatchObject({ exitCode: 0 });
  // All that an earlier run has left, put where the project's own caches are.
  for (const folder of ['.cache/freshworks-gen', 'node_modules/.cache/freshworks-gen']) {
    mkdirSync(join(project, folder), { recursive: true, mode: 0o700 });
    const entries = [...filesBelow(join(own.XDG_CACHE_HOME, 'freshworks-gen'))];
    expect(entries).not.toEqual([]);
    for (const [name, text] of entries) writeText(text, project, folder, name);
  }
  writeText('export {};\n', project, out, 'runtime/receiver.ts');
  const env = { HOME: project, XDG_CACHE_HOME: join(project, '.cache') };
  expect(run(project, args, { env })).toMatchObject({ exitCode: 4 });
  expect(run(project, args, { env: own })).toMatchObject({ exitCode: 4 });
});

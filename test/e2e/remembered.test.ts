import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesLoaded, cacheHome, filesBelow, newProject, out, run, writeText } from './project.js';

const entries = join(cacheHome, 'freshworks-gen');

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
  const before = filesBelow(entries);
  const env = { FRESHWORKS_GEN_CACHE: 'off' };
  expect(run(project, ['check', '--out', out], { env })).toMatchObject({ exitCode: 0 });
  expect(filesBelow(entries)).toEqual(before);
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
  expect(run(project, args)).toMatchObject({ exitCode: 0 });
  // All that an earlier run has left, put where the project's own caches are.
  for (const folder of ['.cache/freshworks-gen', 'node_modules/.cache/freshworks-gen']) {
    mkdirSync(join(project, folder), { recursive: true, mode: 0o700 });
    for (const [name, text] of filesBelow(entries)) writeText(text, project, folder, name);
  }
  writeText('export {};\n', project, out, 'runtime/receiver.ts');
  const env = { HOME: project, XDG_CACHE_HOME: join(project, '.cache') };
  expect(run(project, args, { env })).toMatchObject({ exitCode: 4 });
  expect(run(project, args)).toMatchObject({ exitCode: 4 });
});

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { shop, shopOfOrders } from '../output/shop.js';
import { filesBelow, installed, newProject, out, run, writeText, type Outcome } from './project.js';

const isRoot = process.getuid?.() === 0;
/** A user who may not do everything: this one, or nobody where this one may. */
const user = isRoot ? { uid: 65_534, gid: 65_534 } : {};

let old: Map<string, string>;
let next: Map<string, string>;
/** A project whose document has changed since its kit was made; all of it is the user's. */
let made: string;

const command = (project: string, name: 'check' | 'generate') => run(project, [name, '--out', out], user);

beforeAll(() => {
  made = newProject({ kit: false });
  mkdirSync(join(made, 'api'));
  old = generated(made, shop);
  const later = copyOfMade();
  next = generated(later, shopOfOrders);
  writeText(shopOfOrders, made, 'api/shop.yaml');
  if (isRoot) {
    const { uid = 0, gid = 0 } = user;
    for (const path of ['.', ...readdirSync(made, { recursive: true, encoding: 'utf8' })])
      lchownSync(join(made, path), uid, gid);
  }
});

function generated(project: string, document: string): Map<string, string> {
  writeText(document, project, 'api/shop.yaml');
  run(project, ['generate', '--out', out, '--spec', 'api/shop.yaml']);
  return filesBelow(join(project, out));
}

function copyOfMade(): string {
  const project = newProject({ kit: false });
  rmSync(project, { recursive: true });
  execFileSync('cp', ['-a', made, project]);
  return project;
}

/** Every file is whole: as it was, as it is to be, or absent where one of these is. */
function expectWhole(project: string): void {
  const now = filesBelow(join(project, out));
  for (const [path, text] of now) {
    if (old.has(path) || next.has(path)) expect([old.get(path), next.get(path)], path).toContain(text);
  }
  for (const path of old.keys()) if (next.has(path)) expect([...now.keys()]).toContain(path);
}

/** What follows a run that failed: a kit of whole files, which `check` finds wanting and the next run completes. */
function expectCompletion(project: string, failed: Outcome, mend: () => void): void {
  expect(failed, failed.stderr).toMatchObject({ exitCode: 1 });
  expect(failed.stderr).toMatch(/^error output-io: Cannot \w+ /);
  expectWhole(project);
  expect(command(project, 'check').exitCode).toBe(4);
  mend();
  expect(command(project, 'generate')).toMatchObject({ exitCode: 0 });
  expect(filesBelow(join(project, out))).toEqual(next);
}

describe('a user without the right', () => {
  const due = [
    '.gitattributes',
    'collected-handlers.ts',
    'events.ts',
    'handlers/shop.ts',
    'index.ts',
    'payloads/returns.ts',
    'samples.ts',
    'schemas/returns.ts',
    'validators/compiled.ts',
    'validators/index.ts',
    'validators/returns.ts',
    '.freshworks-gen.json',
  ];

  test('is tried on every file that a run changes', () => {
    const changes = [...old].filter(([path, text]) => next.get(path) !== text);
    expect(changes.map(([path]) => path).sort()).toEqual([...due].sort());
  });

  test.for(due)(
    'to replace %s is told so, and a next run with the right completes the job',
    (path, context) => {
      if (!isRoot) return context.skip('needs the right to give files away');
      const project = copyOfMade();
      const file = join(project, out, path);
      // In a folder with this bit, a file can be replaced by its owner alone.
      chownSync(file, 0, 0);
      chownSync(dirname(file), 0, 0);
      chmodSync(dirname(file), 0o1777);
      const failed = command(project, 'generate');
      expect(failed.stderr).toContain(`${out}/${path}: permission denied.`);
      expectCompletion(project, failed, () => {
        chmodSync(dirname(file), 0o777);
      });
    },
  );

  test.each(['.', 'validators', 'payloads'])('to write to the folder %s is told so', (folder) => {
    const project = copyOfMade();
    chmodSync(join(project, out, folder), 0o555);
    const failed = command(project, 'generate');
    expectCompletion(project, failed, () => {
      chmodSync(join(project, out, folder), 0o755);
    });
  });

  test('to write anything can check all the same, and generate what is up to date', () => {
    const project = copyOfMade();
    execFileSync('chmod', ['-R', 'a-w', project]);
    expect(command(project, 'check').exitCode).toBe(4);
    chmodSync(join(project, 'api/shop.yaml'), 0o644);
    writeText(shop, project, 'api/shop.yaml');
    expect(command(project, 'check').exitCode).toBe(0);
    expect(command(project, 'generate').exitCode).toBe(0);
    expect(filesBelow(join(project, out))).toEqual(old);
  });

  test('to read a file is told which', () => {
    const project = copyOfMade();
    chmodSync(join(project, out, 'runtime/body.ts'), 0);
    for (const name of ['check', 'generate'] as const) {
      const { exitCode, stderr } = command(project, name);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`Cannot read ${out}/runtime/body.ts: permission denied.`);
    }
  });
});

describe('a disk', () => {
  const kibibyte = 2 ** 10;

  /** A project whose kit is on a disk of its own, where the system lets us have one. */
  function onSmallDisk(): string | undefined {
    const project = copyOfMade();
    const disk = join(project, dirname(out));
    rmSync(disk, { recursive: true });
    mkdirSync(disk);
    const options = ['-t', 'tmpfs', '-o', `size=512k,mode=777`, 'tmpfs'];
    if (spawnSync('mount', [...options, disk]).status !== 0) return undefined;
    onTestFinished(() => void spawnSync('umount', [disk]));
    execFileSync('cp', ['-a', join(made, out), disk]);
    return project;
  }

  test.for([0, 4, 8, 16, 24, 32])(
    'with %i KiB left takes all of a run, or nothing of it',
    (left, context) => {
      const project = onSmallDisk();
      if (project === undefined) return context.skip('needs the right to mount a small file system');
      const filler = join(project, dirname(out), 'filler');
      const { bavail, bsize } = statfsSync(dirname(filler));
      writeFileSync(filler, Buffer.alloc(bavail * bsize - left * kibibyte));

      const outcome = command(project, 'generate');
      if (outcome.exitCode === 0) return expect(filesBelow(join(project, out))).toEqual(next);
      expect(outcome.stderr).toContain(': the disk is full.');
      expect(filesBelow(join(project, out))).toEqual(old);
      expectCompletion(project, outcome, () => {
        rmSync(filler);
      });
    },
  );

  test('that is read-only is said to be', (context) => {
    const project = onSmallDisk();
    if (project === undefined) return context.skip('needs the right to mount a small file system');
    const remount = (how: 'ro' | 'rw') =>
      execFileSync('mount', ['-o', `remount,${how}`, join(project, dirname(out))]);
    remount('ro');
    const failed = command(project, 'generate');
    expect(failed.stderr).toContain(': the file system is read-only.');
    expectCompletion(project, failed, () => {
      remount('rw');
    });
  });

  test('with a limit on the size of files is no reason to leave half of one', () => {
    const project = copyOfMade();
    const script = 'ulimit -f 4; exec "$@"';
    const args = [process.execPath, join(installed, 'bin/freshworks-gen.js'), 'generate', '--out', out];
    const { status, stderr } = spawnSync('sh', ['-c', script, 'sh', ...args], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
      ...user,
    });
    expect(filesBelow(join(project, out))).toEqual(old);
    expectCompletion(project, { exitCode: status, stderr, stdout: '' }, () => undefined);
  });
});

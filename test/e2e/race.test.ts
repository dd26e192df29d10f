import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { filesBelow, newProject, out, readText, run, start, writeText } from './project.js';

/** Two kits that one folder can hold; the runs of a race want one or the other. */
const choices = [['--literal'], ['--no-literal']] as const;

let kits: readonly ReadonlyMap<string, string>[];
beforeAll(() => {
  kits = choices.map(kitOf);
});

function kitOf(choice: readonly string[]): Map<string, string> {
  const project = newProject({ kit: false });
  expect(run(project, ['generate', '--out', out, ...choice]).exitCode).toBe(0);
  return filesBelow(join(project, out));
}

interface Ended {
  readonly exitCode: number | null;
  readonly stderr: string;
}

function started(project: string, choice: readonly string[]): Promise<Ended> {
  const child = start(project, ['generate', '--out', out, ...choice]);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.resume();
  return new Promise((ended) => child.on('close', (exitCode) => ended({ exitCode, stderr })));
}

test.each([1, 2])(
  'of runs that start together one writes at a time, the others end with 2 and change nothing (round %i)',
  async () => {
    const project = newProject({ kit: false });
    const runs = await Promise.all(
      Array.from({ length: 6 }, (_, at) => started(project, choices[at % 2] ?? [])),
    );
    for (const { exitCode, stderr } of runs.filter((each) => each.exitCode !== 0)) {
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
      // The folder is another run's; or that run has ended in the meantime, and the handlers are not those that were read.
      const codes = [...stderr.matchAll(/^error ([a-z-]+)/gm)].map(([, code]) => code);
      expect(new Set(codes), stderr).toEqual(
        new Set([codes.includes('output-locked') ? 'output-locked' : 'output-moved-on']),
      );
    }
    expect(runs.some(({ exitCode }) => exitCode === 0)).toBe(true);
    // Nothing of one kit among the files of the other, no lock, no file half written.
    expect(kits).toContainEqual(filesBelow(join(project, out)));
  },
);

test('a run beside a process that holds the folder ends with 2, names it and changes nothing', () => {
  const project = newProject();
  const lock = `${JSON.stringify({ pid: process.pid, host: hostname(), started: new Date().toISOString(), token: 'abc' })}\n`;
  writeText(lock, project, out, '.freshworks-gen.lock');
  const before = filesBelow(join(project, out));
  const { exitCode, stderr } = run(project, ['generate', '--out', out, '--literal']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`output-locked: Process ${process.pid} on `);
  expect(filesBelow(join(project, out))).toEqual(before);
  expect(readText(project, out, '.freshworks-gen.lock')).toBe(lock);
});

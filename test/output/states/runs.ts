import { hostname } from 'node:os';
import { sha256 } from '../../../src/kit/sha256.js';
import { all, kit, type Step } from './making.js';
import { anEventMore, byLastWord, gainAnEvent, journal, lock, type State } from './state.js';

/** A lock as another run leaves it. */
function lockedBy(holder: { readonly pid: number; readonly host?: string }): Step {
  const whole = { host: hostname(), started: '2026-01-01T00:00:00.000Z', token: 'x', ...holder };
  return kit.write(lock, `${JSON.stringify(whole)}\n`);
}

/** Beyond what any system gives to a process. */
const nobody = 2 ** 22 + 1;
const half = 'runtime/.body.ts.0123456789ab.tmp';
const ofThatRun = '// as the killed run wanted it\n';

/** Runs that hold the folder, or seem to. */
const holders = [
  ['another run is at work, or a process has the number that a killed run had', { pid: process.ppid }],
  ['a run on another host left its lock', { pid: nobody, host: 'elsewhere.invalid' }],
] as const;

export const runs: readonly State[] = [
  {
    name: 'a run was killed before it replaced anything',
    make: all(gainAnEvent, lockedBy({ pid: nobody }), kit.write(half, 'half of')),
    check: [...anEventMore.check, 'unfinished'],
    generate: [0],
    writes: [...(anEventMore.writes ?? []), `- ${half}`, `- ${lock}`].sort(byLastWord),
  },
  {
    name: 'a run for another document was killed in the middle',
    make: all(
      lockedBy({ pid: nobody }),
      kit.write('runtime/body.ts', ofThatRun),
      kit.write(journal, `\n${JSON.stringify({ 'runtime/body.ts': sha256(ofThatRun) })}\n`),
    ),
    check: [4, 'changed runtime/body.ts', 'unfinished'],
    generate: [0],
    writes: [`- ${journal}`, `- ${lock}`, '~ runtime/body.ts'],
  },
  {
    name: 'a run was killed at its very end',
    make: all(lockedBy({ pid: nobody }), kit.write(journal, '\n{}\n')),
    check: [4, 'unfinished'],
    generate: [0],
    writes: [`- ${journal}`, `- ${lock}`],
  },
  {
    name: 'a run was killed before it had made its lock',
    make: kit.write(`.${lock}.0123456789ab.tmp`, ''),
    check: [4, 'unfinished'],
    generate: [0],
    writes: [`- .${lock}.0123456789ab.tmp`],
  },
  ...holders.map(([name, holder]): State => ({
    name,
    make: all(gainAnEvent, lockedBy(holder)),
    check: [...anEventMore.check, 'unfinished'],
    generate: [2, 'output-locked'],
    wayOut: { mend: kit.remove(lock) },
  })),
];

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { cases, expectedOf, folder, runCase, worthReading, type Outcome } from './cases/run.js';
import { runIn } from './cli/command.js';
import { execute, type Kit } from './emit/execute.js';
import { kitFaults } from './emit/program.js';
import { sample } from './sample.js';

vi.setConfig({ testTimeout: 600_000 });

/*
 * Every case runs as a user runs it, and what comes out is what its folder holds. After a change that is meant:
 *
 *     UPDATE=1 npx vitest run test/cases.test.ts
 *
 * and the difference is read in review.
 */
const outcomes = new Map<string, Promise<Outcome>>();

/** Runs a case once, however many ask. */
function outcomeOf(name: string): Promise<Outcome> {
  const known = outcomes.get(name) ?? runCase(name, runIn);
  outcomes.set(name, known);
  return known;
}

const kitsThatRun = new Map<string, Promise<Kit>>();

/** Loads the kit of a case once. */
async function kitOf(name: string): Promise<Kit> {
  const known = kitsThatRun.get(name) ?? outcomeOf(name).then(({ kit }) => execute(kit));
  kitsThatRun.set(name, known);
  return known;
}

/** What a payload is, as the guards of the kits see it. */
const verdicts: readonly [string, `is${string}`, unknown, boolean][] = [
  ['recursion', 'isReply', { text: 'a', replies: [{ text: 'b', replies: [{ text: 'c' }] }] }, true],
  ['recursion', 'isReply', { text: 'a', replies: [{ text: 'b', replies: [{ text: 7 }] }] }, false],
  ['recursion', 'isReply', { text: 'a', by: { attributes: { deep: [[{ x: null }]] } } }, true],
  ['recursion', 'isPerson', { bestFriend: { firstReply: { text: 1 } } }, false],
  [
    'unions',
    'isOrder',
    { kind: 'eat-in', dish: { name: 'soup', course: 1 }, table: 4, seat: [2, 7, 'window'] },
    true,
  ],
  ['unions', 'isOrder', { kind: 'eat-in', dish: {}, table: 41 }, false],
  ['unions', 'isOrder', { kind: 'eat-in', dish: {}, table: 4, seat: [2, 7, 9] }, false],
  [
    'unions',
    'isOrder',
    { kind: 'take-away', dish: {}, name: { alias: 'A' }, note: null, extras: { sauce: 'red' } },
    true,
  ],
  ['unions', 'isOrder', { kind: 'take-away', dish: {}, name: 'A', extras: { sauce: 'green' } }, false],
  [
    'maps',
    'isReadingPayload',
    { station: 'a', x_a: 'text', sensor_1_value: null, codes: { ABC: 'a', code_7: 7 } },
    true,
  ],
  ['maps', 'isReadingPayload', { station: 'a', x_a: 5 }, false],
  ['maps', 'isReadingPayload', { station: 'a', closed: { other: 'a' } }, false],
  ['maps', 'isReadingPayload', { station: 'a', limits: { t: { low: 'a' } } }, false],
  ['reserved-names', 'isThenType', {}, false],
  ['reserved-names', 'isThenType', { constructor: 'own' }, true],
  ['reserved-names', 'isThenType', { constructor: 'own', toString: 'not a number' }, false],
];

describe.each(cases)('%s', (name) => {
  test('writes the expected files', async () => {
    const written = worthReading(name, (await outcomeOf(name)).kit);
    const expected = join(folder, name, 'expected');
    if (process.env['UPDATE']) rewrite(expected, written);
    const { kit } = expectedOf(name);
    expect([...written.keys()]).toEqual([...kit.keys()]);
    for (const [path, text] of written) expect(text, path).toBe(kit.get(path));
  });

  test('says what is expected', async () => {
    const { stderr } = await outcomeOf(name);
    if (process.env['UPDATE']) writeFileSync(join(folder, name, 'stderr.txt'), stderr);
    expect(stderr).toBe(expectedOf(name).stderr);
  });
});

test('every kit compiles under the strictest flags', async () => {
  // What leaves the ending out is for bundlers alone.
  const names = sample(
    cases.filter((name) => name !== 'no-import-extension'),
    9,
  );
  expect(kitFaults(await kits(names), 'nodenext')).toEqual([]);
});

test('a kit compiles for bundlers, whatever its imports end in', async () => {
  const names = sample(['no-import-extension', 'shipped', 'ts-import-extension'], 2);
  expect(kitFaults(await kits(names), 'bundler')).toEqual([]);
});

test.each([
  'shipped',
  'literal',
  'unions',
  'asyncapi-3',
  'shared-types',
  'recursion',
  'maps',
  'reserved-names',
  'name-collisions',
])('the kit of %s runs', async (name) => {
  const { validators, ...kit } = await kitOf(name);
  const guards = Object.entries(kit).filter(([key]) => key.startsWith('is')) as [
    string,
    (value: unknown) => boolean,
  ][];
  for (const [guard, holds] of guards)
    expect([guard, holds(5), holds(null), holds([])]).toEqual([guard, false, false, false]);
  for (const { name: event } of kit.routes)
    expect(validators[event]!['~standard'].validate(5).issues, event).not.toBeUndefined();
});

test.each(verdicts)('in %s, %s of %j is %j', async (name, guard, payload, verdict) => {
  const kit = await kitOf(name);
  expect(kit[guard]!(payload)).toBe(verdict);
});

async function kits(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of names) {
    for (const [path, text] of (await outcomeOf(name)).kit) files.set(`${name}/${path}`, text);
  }
  return files;
}

function rewrite(expected: string, files: Outcome['kit']): void {
  rmSync(expected, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(expected, path)), { recursive: true });
    writeFileSync(join(expected, path), text);
  }
}

import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Flags } from '../../src/cli/flags.js';
import { folder } from '../cases/run.js';
import { put } from '../output/tree.js';
import { sample } from '../sample.js';
import { newDesk, run, type Desk } from './command.js';

/** A golden case's project. */
function deskOf(name: string): Desk {
  const desk = newDesk({});
  for (const entry of readdirSync(join(folder, name))) {
    if (!['command', 'before', 'expected'].includes(entry))
      cpSync(join(folder, name, entry), join(desk.project, entry), { recursive: true });
  }
  return desk;
}

const out = 'events';
const rows: readonly [what: string, name: string, made: Flags][] = [
  ['the shipped documents', 'shipped', { out }],
  [
    'options that were recorded',
    'literal',
    { out, literal: true, products: ['whatsapp', 'freshchat'], handlers: false },
  ],
  ['warnings with frames', 'name-collisions', { out, spec: ['spec.yaml'] }],
  ['two documents', 'shared-types', { out, spec: ['billing.yaml', 'shop.yaml'], handlers: false }],
  ['a folder above the working directory', 'asyncapi-3', { out: '../events', spec: ['spec.yaml'] }],
];

beforeEach(() => void vi.stubEnv('FORCE_COLOR', '1').stubEnv('NO_COLOR', ''));
afterEach(() => void vi.unstubAllEnvs());

describe.each(sample(rows, 1))('of a kit with %s', (_, name, made) => {
  const commands = [
    ['check', { out: made.out }],
    ['check', { out: made.out, json: true }],
    ['generate', { out: made.out }],
    ['generate', { out: made.out, json: true }],
    ['check', made],
  ] as const;

  test('what is remembered is said in the same bytes as by a full run', async () => {
    const desk = deskOf(name);
    const generated = await run(desk, 'generate', made);
    expect(generated, generated.stderr).toMatchObject({ exitCode: 0 });
    for (const [command, flags] of sample(commands, 2)) {
      const full = await run(desk, command, flags as Flags, { memory: false });
      const first = await run(desk, command, flags as Flags);
      const second = await run(desk, command, flags as Flags);
      expect(full.exitCode).toBe(0);
      expect(first).toEqual({ ...full, remembered: first.remembered });
      expect(second, JSON.stringify(flags)).toEqual({ ...full, remembered: true });
    }
  });

  test('generate leaves nothing for the next check to find out', async () => {
    const desk = deskOf(name);
    await run(desk, 'generate', made);
    const checked = await run(desk, 'check', made);
    expect(checked).toEqual({ ...(await run(desk, 'check', made, { memory: false })), remembered: true });
    expect(checked.exitCode).toBe(0);
  });
});

test('a handler whose event is gone is reported once, as by full runs', async () => {
  const desk = deskOf('event-vanished');
  await run(desk, 'generate', { out, spec: ['first.yaml'] });
  const flags = { out, spec: ['second.yaml'] };
  expect((await run(desk, 'generate', flags)).stderr).toContain('handler-orphaned');
  const next = await run(desk, 'generate', flags);
  expect(next).toMatchObject({ exitCode: 0, remembered: false });
  expect(next.stderr).not.toContain('handler-orphaned');
  expect(await run(desk, 'generate', flags)).toEqual({ ...next, remembered: true });
});

test('a kit that is out of date is looked at again each time', async () => {
  const desk = deskOf('shipped');
  await run(desk, 'generate', { out });
  put(desk.project, { 'events/runtime/fields.ts': '' });
  const first = await run(desk, 'check', { out });
  expect(first).toMatchObject({ exitCode: 4, remembered: false });
  expect(await run(desk, 'check', { out })).toEqual(first);
  expect(await run(desk, 'generate', { out })).toMatchObject({ exitCode: 2, remembered: false });
});

test('a kit that was made anew is as well known as one that was found', async () => {
  const desk = deskOf('stubs-added');
  for (const spec of ['first.yaml', 'second.yaml', 'first.yaml']) {
    await run(desk, 'generate', { out, spec: [spec] });
    const checked = await run(desk, 'check', { out, spec: [spec] });
    expect(checked).toMatchObject({ exitCode: 0 });
    expect(checked).toEqual({
      ...(await run(desk, 'check', { out, spec: [spec] }, { memory: false })),
      remembered: checked.remembered,
    });
  }
  expect(readFileSync(join(desk.project, 'events/.freshworks-gen.json'), 'utf8')).toContain('first.yaml');
});

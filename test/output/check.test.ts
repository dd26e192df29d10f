import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../sample.js';
import { changes, copyOf, project, report, stamps } from './project.js';
import { documents } from './states/documents.js';
import { files } from './states/files.js';
import { handlers } from './states/handlers.js';
import { manifests } from './states/manifests.js';
import { obstacles } from './states/obstacles.js';
import { olderLayouts } from './states/older.js';
import { runs } from './states/runs.js';
import type { State } from './states/state.js';
import { surroundings } from './states/surroundings.js';
import { put, snapshot } from './tree.js';

const states = { documents, files, handlers, surroundings, manifests, obstacles, olderLayouts, runs };

const folder = mkdtempSync(join(tmpdir(), 'states-'));
const place = join(folder, 'place');
const made = join(folder, 'made');

beforeAll(async () => {
  put(place, project);
  expect(await report(place, 'generate', '--spec api/shop.yaml')).toEqual([0]);
  expect(await report(place, 'check')).toEqual([0]);
  cpSync(place, made, { recursive: true, preserveTimestamps: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/**
 * In one state after the other, `check` has to find it, and write nothing; `generate` has to bring the kit up to date, or to
 * refuse and write nothing; and after that, by the way out where there is one, `check` has to be content.
 */
describe.each(Object.entries(states))('%s', (_, rows) => {
  // At the place where the kit was made and found to be right: whatever is remembered of that must not mislead.
  test.each(sample(rows, 2))('$name', async (state) => {
    rmSync(place, { recursive: true, force: true });
    cpSync(made, place, { recursive: true, preserveTimestamps: true });
    await tryState(place, state);
  });

  // Where nothing is found, it might have been remembered: once more in a folder where nothing was ever checked.
  const content = rows.filter(({ check }) => check[0] === 0);
  if (content.length > 0)
    test.each(sample(content, 1))('$name, in another folder', (state) => tryState(copyOf(made), state));
});

async function tryState(
  project: string,
  { make, options, check, generate, writes = [], wayOut }: State,
): Promise<void> {
  make(project);
  const [before, stamped] = [snapshot(project), stamps(project)];

  expect(await report(project, 'check', options)).toEqual(check);
  expect(stamps(project)).toEqual(stamped);
  expect(await report(project, 'generate', options)).toEqual(generate);
  expect(changes(before, snapshot(project))).toEqual(writes);

  if (wayOut !== undefined) {
    wayOut.mend?.(project);
    const mended = await report(project, 'generate', `${options ?? ''} ${wayOut.options ?? ''}`);
    expect(mended[0]).toBe(0);
  }
  if (wayOut !== undefined || generate[0] === 0)
    expect(await report(project, 'check', options)).toMatchObject({ 0: 0 });
}

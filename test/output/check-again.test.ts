import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { tryEveryState } from './every-state.js';
import { project, report } from './project.js';
import { put } from './tree.js';

const folder = mkdtempSync(join(tmpdir(), 'again-'));
const place = join(folder, 'place');
const made = join(folder, 'made');
const exactly = { recursive: true, preserveTimestamps: true };

beforeAll(async () => {
  put(place, project);
  expect(await report(place, 'generate', '--spec api/shop.yaml')).toEqual([0]);
  expect(await report(place, 'check')).toEqual([0]);
  cpSync(place, made, exactly);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

// All of them at the place where the kit was made and found to be right: whatever a run remembers of that must not mislead.
tryEveryState(() => {
  rmSync(place, { recursive: true, force: true });
  cpSync(made, place, exactly);
  return place;
});

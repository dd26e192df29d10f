import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { tryEveryState } from './every-state.js';
import { copyOf, project, report } from './project.js';
import { put } from './tree.js';

const made = mkdtempSync(join(tmpdir(), 'made-'));

beforeAll(async () => {
  put(made, project);
  expect(await report(made, 'generate', '--spec api/shop.yaml')).toEqual([0]);
});

afterAll(() => {
  rmSync(made, { recursive: true });
});

// Each in a folder of its own, where nothing was ever checked.
tryEveryState(() => copyOf(made));

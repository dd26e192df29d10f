import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { long } from '../long.js';

test('every file that is listed as long is there: one that moved would run with the quick ones', () => {
  expect(long.filter((file) => !existsSync(new URL(`../../${file}`, import.meta.url)))).toEqual([]);
});

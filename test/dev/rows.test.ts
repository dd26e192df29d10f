import { describe, expect, test } from 'vitest';
import { newRows } from '../../src/dev/rows.js';

const at = (minutes: number) => new Date(minutes * 60_000).toISOString();

describe('bytes that come again are a retry for as long as the platform retries', () => {
  test.each([
    [95, true, 'a'],
    [96, true, undefined],
    [96, false, 'a'],
  ])('after %i minutes, by bytes: %j', (minutes, byBytes, row) => {
    const rows = newRows();
    const fold = { key: 'x', byBytes };
    rows.add({ id: 'a', receivedAt: at(0) }, fold, 1);
    rows.add({ id: 'b', of: 'a', receivedAt: at(60) }, fold, 2);
    expect(rows.find(fold, at(minutes))).toBe(row);
    expect(rows.next('a')).toBe(3);
  });
});

test('a row that is gone is no row of what comes next', () => {
  const rows = newRows();
  const fold = { key: 'x', byBytes: false };
  rows.add({ id: 'a', receivedAt: at(0) }, fold, 1);
  rows.add({ id: 'b', of: 'a', receivedAt: at(1) }, fold, 2);
  rows.remove({ id: 'a' });
  expect(rows.find(fold, at(2))).toBe('a');
  expect(rows.idsOf('a')).toEqual(['b']);
  rows.remove({ id: 'b', of: 'a' });
  expect(rows.find(fold, at(2))).toBeUndefined();
});

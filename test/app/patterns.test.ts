import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { describe as read } from '../../src/app/generate.js';
import { patternCode } from '../../src/model/pattern.js';
import { put, temporaryFolder } from '../output/tree.js';

const loaded = vi.hoisted(() => vi.fn());

vi.mock('refa', (original) => {
  loaded();
  return original();
});

function spec(...patterns: readonly string[]): string {
  const folder = temporaryFolder();
  const payload = {
    type: 'object',
    patternProperties: Object.fromEntries(patterns.map((each) => [each, {}])),
  };
  const channels = { a: { publish: { message: { messageId: 'a', payload } } } };
  put(folder, {
    'spec.json': JSON.stringify({ asyncapi: '2.6.0', info: { title: 'Shop', version: '1' }, channels }),
  });
  return join(folder, 'spec.json');
}

test('patterns that are linear load nothing, and the shipped documents have no others', async () => {
  await read();
  await read({ spec: [spec('^[a-z]+$', '^x-')] });
  expect(loaded).not.toHaveBeenCalled();
});

test('others have an automaton as soon as the documents are read', async () => {
  await read({ spec: [spec('^x-', '(a+)+$')] });
  expect(loaded).toHaveBeenCalledOnce();
  expect(patternCode('(a+)+$').kind).toBe('automaton');
});

test('all of one document that can have none are told at once', async () => {
  await expect(read({ spec: [spec(String.raw`(.)\1`, '(a+)+$', String.raw`(.).\1`)] })).rejects.toMatchObject(
    {
      diagnostics: [{ code: 'pattern-not-linear' }, { code: 'pattern-not-linear' }],
    },
  );
});

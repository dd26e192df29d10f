import { expect, test } from 'vitest';
import { fieldErrors } from '../../templates/runtime/clients/api-error.js';
import { callerOf, serve } from './server.js';

const nested = (depth: number): string => '[{"errors":'.repeat(depth) + '[]' + '}]'.repeat(depth);

/** What the vendors' bodies say, and bodies that are nobody's. */
test.each<[what: string, body: string, said: unknown[][]]>([
  [
    'fields of Freshdesk and Freshservice',
    '{"description":"Validation failed","errors":[{"field":"status","message":"is not a status","code":"invalid_value"}]}',
    [['status', 'is not a status', 'invalid_value']],
  ],
  [
    'a code',
    '{"code":"invalid_credentials","message":"Who are you?"}',
    [[undefined, 'Who are you?', 'invalid_credentials']],
  ],
  ['Freshchat', '{"code":404,"status":"NOT_FOUND","message":"no user"}', [[undefined, 'no user', '404']]],
  [
    'Freshsales',
    '{"errors":{"code":400,"message":["a","b"]}}',
    [
      [undefined, 'a', undefined],
      [undefined, 'b', undefined],
    ],
  ],
  ['an error in an object', '{"error":{"code":"x","message":"y"}}', [[undefined, 'y', 'x']]],
  ['an error in a text', '{"error":"gone"}', [[undefined, 'gone', undefined]]],
  ['a description', '{"description":"No"}', [[undefined, 'No', undefined]]],
  [
    'texts',
    '["a","b"]',
    [
      [undefined, 'a', undefined],
      [undefined, 'b', undefined],
    ],
  ],
  ['nothing', '', []],
  ['null', 'null', []],
  ['no JSON', '<html>', []],
  ['an object without words', '{}', [[undefined, '', undefined]]],
  ['kinds that no text has', '{"message":{},"field":[1],"code":true}', [[undefined, '', undefined]]],
  ['what is nested too deep', nested(10_000), []],
  ['terminal escapes', '{"message":"\\u001b[31mred"}', [[undefined, '\\u{1b}[31mred', undefined]]],
])('%s', async (_, body, said) => {
  await using server = await serve([{ status: 400, body }]);
  const error = await callerOf(server.url)('GET', '/things').catch((each: unknown) => each);
  const { fields } = error as { readonly fields: readonly Record<string, unknown>[] };
  expect(fields.map(({ field, message, code }) => [field, message, code])).toEqual(said);
});

test('the message names product, method, path, status and what the vendor says; the error is plain data beside', async () => {
  const headers = { 'x-request-id': 'r-1' };
  await using server = await serve([
    { status: 404, headers, body: '{"code":"gone","message":"No such thing."}' },
  ]);
  const error = await callerOf(server.url)('PUT', '/things/1', { query: { a: 'b' } }).catch(
    (each: unknown) => each,
  );
  expect(String(error)).toBe('ApiError: shop: PUT /things/1: 404 Not Found (No such thing.)');
  expect({ ...(error as object) }).toEqual({
    name: 'ApiError',
    product: 'shop',
    method: 'PUT',
    path: '/things/1',
    status: 404,
    requestId: 'r-1',
    fields: [{ field: undefined, message: 'No such thing.', code: 'gone' }],
  });
});

test('texts and their number are bounded', () => {
  const found = fieldErrors({ errors: Array.from({ length: 5_000 }, () => 'x'.repeat(5_000)) }, String);
  expect(found).toHaveLength(100);
  for (const { message } of found) expect(message.length).toBeLessThan(310);
});

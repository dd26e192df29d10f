import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { exported, headersFileOf, isExportedHeaders } from '../../src/store/export.js';
import { capture } from './capture.js';

const typed = (type: string) => [['content-type', type]] as const;

test.each([
  ['freshdesk/ticket-created', typed('application/json; charset=utf-8'), 'freshdesk-ticket-created.1.json'],
  ['helpdesk/ticket.created', [], 'helpdesk-ticket.created.1.json'],
  ['a', typed('application/x-www-form-urlencoded'), 'a.1.urlencoded.txt'],
  ['a', typed('text/xml'), 'a.1.body'],
  [undefined, [], 'delivery.1.json'],
  ['../../etc/x\u202e', [], 'etc-x.1.json'],
  ['..', [], 'delivery.1.json'],
])('the files of %j with %j', (event, headers, name) => {
  const { event: _, ...rest } = capture({ id: '1', headers, text: '{"a":1 }' });
  const [body, beside] = exported({ ...rest, ...(event !== undefined && { event }) });
  expect(body).toEqual({ name, bytes: Buffer.from('{"a":1 }') });
  expect(beside?.name).toBe(headersFileOf(name));
  expect(isExportedHeaders(beside!.name)).toBe(true);
  expect(isExportedHeaders(name)).toBe(false);
  expect(JSON.parse(Buffer.from(beside!.bytes).toString())).toMatchObject({
    method: 'POST',
    path: '/freshdesk/ticket-created?a=1',
    headers,
  });
});

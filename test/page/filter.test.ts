import { expect, test } from 'vitest';
import type { Summary } from '../../src/dev/api.js';
import { queryOf, stateIn } from '../../src/page/address.js';
import { filterRows, type Filter } from '../../src/page/filter.js';
import { fold } from '../../src/page/rows.js';
import { summary } from './deliveries.js';

const deliveries: readonly Summary[] = [
  summary({ id: 'good', outcome: { status: 204, milliseconds: 5 } }),
  summary({ id: 'issues', validity: 'invalid', issues: 2, outcome: { status: 422, milliseconds: 5 } }),
  summary({ id: 'broken', validity: 'unreadable', outcome: { kept: true } }),
  summary({ id: 'forged', authenticity: 'refused', reason: 'the signature does not match' }),
  summary({ id: 'fields', unknownFields: 3, authenticity: 'unchecked' }),
  summary({ id: 'down', outcome: { error: 'connect ECONNREFUSED', milliseconds: 1 } }),
  summary({
    id: 'chat',
    event: 'freshchat/message-create',
    product: 'freshchat',
    path: '/freshchat/message-create?team=Ulm',
  }),
];
const {
  event: _event,
  product: _product,
  ...nameless
} = summary({ id: 'what', path: '/x', validity: 'unknown' });
const rows = fold([...deliveries, nameless]);

test.each<[Filter, readonly string[]]>([
  [{}, ['what', 'issues', 'good', 'forged', 'fields', 'down', 'chat', 'broken']],
  [{ text: '  ' }, ['what', 'issues', 'good', 'forged', 'fields', 'down', 'chat', 'broken']],
  [{ product: 'freshchat' }, ['chat']],
  [{ event: 'freshchat/message-create', product: 'freshdesk' }, []],
  [{ status: 'trouble' }, ['issues', 'forged', 'down', 'broken']],
  [{ status: 'valid' }, ['good', 'forged', 'fields', 'down', 'chat']],
  [{ status: 'invalid' }, ['issues']],
  [{ status: 'unreadable' }, ['broken']],
  [{ status: 'unknown' }, ['what']],
  [{ status: 'fields' }, ['fields']],
  [{ status: 'authentic' }, ['what', 'issues', 'good', 'down', 'chat', 'broken']],
  [{ status: 'refused' }, ['forged']],
  [{ status: 'ok' }, ['good']],
  [{ status: 'failed' }, ['issues', 'down']],
  [{ text: 'ULM' }, ['chat']],
  [{ text: 'match signature' }, ['forged']],
  [{ text: 'econnrefused' }, ['down']],
  [{ text: '422' }, ['issues']],
  [{ text: '.*' }, []],
])('%j leaves %j', (filter, ids) => {
  expect(filterRows(rows, filter).map(({ latest }) => latest.id)).toEqual(ids);
});

test('a text is looked for in every delivery of a row', () => {
  const folded = fold([summary({ id: '1', path: '/old' }), summary({ id: '2', of: '1', path: '/new' })]);
  expect(filterRows(folded, { text: 'old' })).toHaveLength(1);
  expect(filterRows(folded, { text: 'old new' })).toHaveLength(0);
});

test.each([
  '',
  '?delivery=20260102',
  '?product=freshdesk&event=freshdesk%2Fticket-created&status=trouble&text=a+%26+b',
])('the address %j is read and written alike', (query) => {
  expect(queryOf(stateIn(query))).toBe(query);
});

test.each(['?status=toString', '?status=', '?delivery=', '?other=1'])(
  'of the address %j nothing is kept',
  (query) => {
    expect(stateIn(query)).toEqual({ filter: {} });
  },
);

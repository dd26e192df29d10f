import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.js';
import { productOf } from '../../src/catalog/product.js';
import { channelOf, documentOf } from '../emit/catalog.js';

const ofDesk = { 'x-event': { product: 'Desk' } };

const rows: readonly [
  address: string | undefined,
  channel: JsonObject,
  siblings: JsonObject,
  product: string,
][] = [
  ['/desk/opened', ofDesk, {}, 'desk'],
  ['/desk/opened', { 'x-event': { product: 'other' } }, { '/desk/closed': ofDesk }, 'other'],
  ['/desk/opened', {}, { '/desk/closed': ofDesk }, 'desk'],
  ['desk', {}, { '/desk/closed': ofDesk }, 'desk'],
  ['/desk/opened', { 'x-event': { contentTypes: [] } }, { '/desk/closed': ofDesk }, 'desk'],
  ['/desktop/opened', {}, { '/desk/closed': ofDesk }, 'our-events'],
  ['/desk/opened', {}, { '/desk/closed': {} }, 'our-events'],
  [undefined, {}, { '/desk/closed': ofDesk }, 'our-events'],
];

test.each(rows)('%s %j beside %j is of %s', (address, node, siblings, product) => {
  const document = {
    ...documentOf({}),
    data: { info: { title: 'Our events' }, channels: { ...siblings, it: node } },
  };
  expect(productOf({ ...channelOf(document, 'it', true), document, address, node })).toBe(product);
});

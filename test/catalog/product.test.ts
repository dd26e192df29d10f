import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.js';
import { productOf, reportProductNames } from '../../src/catalog/product.js';
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

const said: readonly [products: readonly string[], findings: readonly RegExp[]][] = [
  [['desk', 'desk'], []],
  [['Fresh Desk'], []],
  [['fresh_desk'], []],
  [['Größe'], []],
  [['Straße'], []],
  [['../../evil'], [/^name-sanitised: the product "..\/..\/evil" becomes evil$/]],
  [['..'], [/^name-sanitised: the product ".." becomes unnamed-/]],
  [['nul'], [/^name-sanitised: the product "nul" becomes nul-product$/]],
  [['C:\\x'], [/^name-sanitised: /]],
  [['/etc/cron.d/x', '/etc/cron.d/x'], [/^name-sanitised: /]],
  [
    ['Shop', 'shop', 'Shop'],
    [/^name-changed: the products "Shop" and "shop" are one, shop, with one entry in `verify`$/],
  ],
  [
    ['Shop', 'shop', 'SHOP'],
    [/"Shop" and "shop"/, /"Shop" and "SHOP"/],
  ],
];

test.each(said)('the products %j are named with findings', (products, findings) => {
  const document = documentOf({});
  const found: string[] = [];
  const channels = products.map((product) => {
    const node = { 'x-event': { product } };
    return { ...channelOf({ ...document, data: { channels: { it: node } } }, 'it', true), document, node };
  });
  reportProductNames(channels, ({ code, message }) => found.push(`${code}: ${message}`));
  expect(found).toEqual(findings.map((each) => expect.stringMatching(each) as string));
});

import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newRepository } from '../diff/repository.js';
import { shop } from '../output/shop.js';
import { put } from '../output/tree.js';
import { runIn } from './command.js';

/** A project whose kits are committed; `change` then does what a pull request does. */
async function compared(
  kits: readonly string[],
  change: (project: string, configure: (...kits: readonly string[]) => void) => void,
  ...args: readonly string[]
) {
  const { root, commit } = newRepository();
  const configure = (...all: readonly string[]) =>
    writeFileSync(join(root, 'freshworks-gen.config.yaml'), `kits: [${all.join(', ')}]\n`);
  put(root, {
    'package.json': '{ "type": "module" }\n',
    'api/shop.yaml': shop,
    'o.yaml': `overlay: 1.0.0
info: { title: More, version: 1.0.0 }
actions: [{ target: $.components.schemas.Order.properties, update: { size: { type: number } } }]
`,
  });
  configure(...kits);
  const { exitCode, stderr } = await runIn(root, ['generate']);
  expect(exitCode, stderr).toBe(0);
  commit({});
  change(root, configure);
  const { stdout, ...outcome } = await runIn(root, ['diff', ...args]);
  const rules = [...stdout.matchAll(/^(breaking|risky|safe) (\S+): (.+)$/gm)].map((line) => line[0]);
  return { ...outcome, rules };
}

const all = '{ out: src/all, spec: api/shop.yaml }';
const orders = '{ out: src/orders, spec: api/shop.yaml, products: shop }';
const shopGone = [
  'breaking event-removed: event shop/order-paid',
  'breaking event-removed: event shop/order-placed',
  'breaking product-removed: product shop',
];

describe('what leaves the configuration is gone', () => {
  const kit = (options: string) => `{ out: src/all, spec: api/shop.yaml${options} }`;

  test.each<[what: string, before: string, after: string, rule: string, exitCode: number]>([
    [
      'a product',
      kit(', products: [shop, returns]'),
      kit(', products: [shop]'),
      'breaking product-removed: product returns',
      5,
    ],
    ['a product of all', kit(''), kit(', products: [shop]'), 'breaking product-removed: product returns', 5],
    ['a product more', kit(', products: [shop]'), kit(''), 'risky product-added: product returns', 0],
    ['an overlay', kit(', overlay: o.yaml'), kit(''), 'breaking field-removed: Order.size', 5],
    ['an adapter', kit(''), kit(', adapters: []'), 'breaking adapter-removed: adapter node', 5],
    ['an adapter more', kit(', adapters: []'), kit(''), 'safe adapter-added: adapter node', 0],
    ['handlers', kit(''), kit(', handlers: false'), 'breaking handlers-removed: handlers', 5],
    ['handlers that come', kit(', handlers: false'), kit(''), 'safe handlers-added: handlers', 0],
  ])('%s', async (_, before, after, rule, exitCode) => {
    for (const base of [[], ['main']]) {
      const outcome = await compared([before], (__, configure) => configure(after), ...base);
      expect(outcome.rules).toContain(rule);
      expect(outcome.exitCode).toBe(exitCode);
    }
  });

  test('the corrections', async () => {
    const [before, after] = ['{ out: src/all }', '{ out: src/all, literal: true }'];
    const outcome = await compared([before], (_, configure) => configure(after));
    expect(outcome.exitCode).toBe(5);
  });

  test('one of two kits, its folder too', async () => {
    const { rules, exitCode, stderr } = await compared(
      [all, orders],
      (project, configure) => {
        configure(all);
        rmSync(join(project, 'src/orders'), { recursive: true });
      },
      'main',
    );
    expect(rules).toEqual(expect.arrayContaining(shopGone));
    expect(stderr).toMatch(/From main to no kit: \d+ breaking/);
    expect(exitCode).toBe(5);
  });
});

test('products that are asked for are compared alone', async () => {
  const { rules, exitCode } = await compared([all], () => undefined, '--products', 'shop');
  expect([rules, exitCode]).toEqual([[], 0]);
});

describe('a kit that is somewhere else is compared with what it was', () => {
  const change = (project: string, configure: (...kits: readonly string[]) => void) => {
    renameSync(join(project, 'src/all'), join(project, 'src/events'));
    rmSync(join(project, 'api/shop.yaml'));
    put(project, { 'api/store.yaml': shop.replace('weight: { type: number }', 'weight: { type: string }') });
    configure('{ out: src/events, spec: api/store.yaml }', orders.replace('shop.yaml', 'store.yaml'));
  };

  test('its document too', async () => {
    const { rules, exitCode } = await compared([all, orders], change, 'main');
    expect([rules, exitCode]).toEqual([['breaking retyped: ParcelPayload.weight'], 5]);
  });

  test('named by flags', async () => {
    const flags = ['main', '--no-config', '--out', 'src/events', '--spec', 'api/store.yaml'];
    const { rules, exitCode } = await compared([all], change, ...flags);
    expect([rules, exitCode]).toEqual([['breaking retyped: ParcelPayload.weight'], 5]);
  });

  test('and each of several by its events', async () => {
    const returns = '{ out: src/returns, spec: api/shop.yaml, products: returns }';
    const moved = [orders, returns].map((kit) => kit.replace('src/', 'lib/'));
    const { rules, exitCode } = await compared(
      [orders, returns],
      (project, configure) => {
        renameSync(join(project, 'src'), join(project, 'lib'));
        configure(...moved);
      },
      'main',
    );
    expect([rules, exitCode]).toEqual([[], 0]);
  });
});

import { cpSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newRepository } from '../diff/repository.js';
import { shop } from '../output/shop.js';
import { put, temporaryFolder } from '../output/tree.js';
import { sample } from '../sample.js';
import { runIn } from './command.js';

type Change = (project: string, configure: (...kits: readonly string[]) => void) => void;

/** A project whose kits are committed; `change` then does what a pull request does. Each of some command lines compares. */
async function comparedEach(kits: readonly string[], change: Change, lines: readonly (readonly string[])[]) {
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
  const outcomes = [];
  for (const args of lines) {
    const { stdout, ...outcome } = await runIn(root, ['diff', ...args]);
    const rules = [...stdout.matchAll(/^(breaking|risky|safe) (\S+): (.+)$/gm)].map((line) => line[0]);
    const left = [...outcome.stderr.matchAll(/^warning kit-left-behind: (.+)$/gm)].map(([, said]) => said);
    outcomes.push({ ...outcome, rules, left });
  }
  return outcomes;
}

async function compared(kits: readonly string[], change: Change, ...args: readonly string[]) {
  return (await comparedEach(kits, change, [args]))[0]!;
}

/** With the kit as it is committed, and with a revision. */
const bases = [[], ['main']];

const all = '{ out: src/all, spec: api/shop.yaml }';
const orders = '{ out: src/orders, spec: api/shop.yaml, products: shop }';
const shopGone = [
  'breaking event-removed: event shop/order-paid',
  'breaking event-removed: event shop/order-placed',
  'breaking product-removed: product shop',
];

describe('what leaves the configuration is gone', () => {
  const kit = (options: string) => `{ out: src/all, spec: api/shop.yaml${options} }`;

  const rows: readonly [what: string, before: string, after: string, rule: string, exitCode: number][] = [
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
    [
      'one of two adapters',
      kit(', adapters: [node, express]'),
      kit(', adapters: [express]'),
      'breaking adapter-removed: adapter node',
      5,
    ],
    ['an inbox', kit(', inbox: [sqlite]'), kit(''), 'breaking inbox-removed: inbox sqlite', 5],
    ['an inbox more', kit(''), kit(', inbox: [sqlite]'), 'safe inbox-added: inbox sqlite', 0],
    ['a client', kit(', clients: [helpdesk]'), kit(''), 'breaking client-removed: client helpdesk', 5],
    ['a client more', kit(''), kit(', clients: [helpdesk]'), 'safe client-added: client helpdesk', 0],
    ['handlers', kit(''), kit(', handlers: false'), 'breaking handlers-removed: handlers', 5],
    ['handlers that come', kit(', handlers: false'), kit(''), 'safe handlers-added: handlers', 0],
  ];

  test.each(sample(rows, 2))('%s', async (_, before, after, rule, exitCode) => {
    for (const outcome of await comparedEach([before], (__, configure) => configure(after), bases)) {
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

describe('a configuration that is deleted says nothing of its kits, and the revision does', () => {
  const two = ['{ out: src/all, spec: api/shop.yaml, products: returns }', orders];
  const returnsGone = 'breaking product-removed: product returns';

  test.each<[string, readonly string[], readonly string[], readonly string[], number]>([
    ['both kits are gone', two, ['src/all', 'src/orders'], [...shopGone, returnsGone], 5],
    ['the first is gone', two, ['src/all'], [returnsGone], 5],
    ['the second is gone', two, ['src/orders'], shopGone, 5],
    ['both are there', two, [], [], 0],
    ['the only one is gone', [all], ['src/all'], [...shopGone, returnsGone], 5],
    ['the only one is there', [all], [], [], 0],
  ])('%s', async (_, kits, gone, rules, exitCode) => {
    const outcome = await compared(
      kits,
      (project) => {
        for (const path of ['freshworks-gen.config.yaml', ...gone])
          rmSync(join(project, path), { recursive: true });
      },
      'main',
    );
    const products = outcome.rules.filter((rule) => /(?:event|product)-/.test(rule));
    expect(products).toEqual(expect.arrayContaining([...rules]));
    if (rules.length === 0) expect(products).toEqual([]);
    expect(outcome.exitCode, outcome.stderr).toBe(exitCode);
  });

  test('two revisions are compared by the kits that they hold', async () => {
    const { root, commit } = newRepository();
    put(root, { 'package.json': '{ "type": "module" }\n', 'api/shop.yaml': shop });
    await runIn(root, ['generate', '--out', 'src/a', '--spec', 'api/shop.yaml', '--products', 'shop']);
    await runIn(root, ['generate', '--out', 'src/b', '--spec', 'api/shop.yaml', '--products', 'returns']);
    commit({}, 'before');
    rmSync(join(root, 'src/b'), { recursive: true });
    commit({}, 'after');
    const { stdout, exitCode } = await runIn(root, ['diff', 'before', 'after']);
    expect(stdout).toContain(returnsGone);
    expect(stdout).not.toContain('product shop');
    expect(exitCode).toBe(5);
  });

  test('what a package of its own has is not looked at', async () => {
    const { root, commit } = newRepository();
    put(root, { 'package.json': '{}\n', 'a/package.json': '{}\n', 'shop.yaml': shop });
    await runIn(root, ['generate', '--out', 'src/events', '--spec', 'shop.yaml', '--products', 'shop']);
    await runIn(root, ['generate', '--out', 'a/events', '--spec', 'shop.yaml', '--products', 'returns']);
    commit({}, 'before');
    rmSync(join(root, 'a/events'), { recursive: true });
    const { stdout, exitCode } = await runIn(root, ['diff', 'before']);
    expect([stdout, exitCode]).toEqual(['', 0]);
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

describe('a kit that the configuration does not list any more, while its folder stays,', () => {
  const says = (folder: string) => `${folder} holds a kit that freshworks-gen.config.yaml does not list.`;
  const moved = all.replace('src/all', 'src/events');

  const rows: readonly [
    what: string,
    before: readonly string[],
    after: readonly string[],
    left: readonly string[],
  ][] = [
    ['is pointed out', [all, orders], [all], [says('src/orders')]],
    ['is pointed out where `out` is another folder now', [all], [moved], [says('src/all')]],
    ['is pointed out where one of two has moved', [all, orders], [moved, orders], [says('src/all')]],
    ['is nothing where all are listed', [all], [all, orders], []],
  ];

  test.each(sample(rows, 2))('%s', async (_, before, after, left) => {
    const outcomes = await comparedEach(
      before,
      (root, configure) => {
        configure(...after);
        for (const text of after) {
          const out = /out: ([^,]+)/.exec(text)?.[1] ?? '';
          if (!existsSync(join(root, out)))
            cpSync(join(root, 'src/all'), join(root, out), { recursive: true });
        }
      },
      bases,
    );
    for (const outcome of outcomes) expect(outcome.left).toEqual(left);
    expect(outcomes[1]).toMatchObject({ exitCode: 0 });
  });

  test('is compared with what it was where it is now', async () => {
    const { rules, left, exitCode } = await compared(
      [all],
      (root, configure) => {
        configure(moved);
        put(root, { 'api/shop.yaml': shop.replace('weight: { type: number }', 'weight: { type: string }') });
      },
      'main',
    );
    expect([rules, left, exitCode]).toEqual([
      ['breaking retyped: ParcelPayload.weight'],
      [says('src/all')],
      5,
    ]);
  });

  test.each(['package.json', 'freshworks-gen.config.json'])('is of another where %s is', async (file) => {
    const { left } = await compared([all, orders], (root, configure) => {
      configure(all);
      put(root, { [`src/orders/${file}`]: '{}' });
    });
    expect(left).toEqual([]);
  });
});

describe('documents that are named', () => {
  const other = shop.replace('title: Shop', 'title: Till').replaceAll('/shop/', '/till/');

  test.each<
    [what: string, products: string, base: string, head: string, rules: readonly string[], exit: number]
  >([
    ['are compared whole where the kit is of products that they do not have', 'freshchat', shop, shop, [], 0],
    [
      'are compared whole where the kit is of products that they do not have, and differ',
      'freshchat',
      shop,
      shop.replace('weight: { type: number }', 'weight: { type: string }'),
      ['breaking retyped: ParcelPayload.weight'],
      5,
    ],
    [
      'are compared for the products of the kit that they have',
      'shop, freshchat',
      shop,
      shop.replace('weight: { type: number }', 'weight: { type: string }'),
      [],
      0,
    ],
    ['are compared for a product that one of them has', 'shop', shop, other, shopGone, 5],
  ])('%s', async (_, products, base, head, rules, exit) => {
    const project = temporaryFolder();
    put(project, {
      'freshworks-gen.config.yaml': `out: src/all\nproducts: [${products}]\n`,
      'a.yaml': base,
      'b.yaml': head,
    });
    const { stdout, stderr, exitCode } = await runIn(project, ['diff', 'a.yaml', 'b.yaml']);
    const found = [...stdout.matchAll(/^(breaking|risky|safe) (\S+): (.+)$/gm)].map((line) => line[0]);
    expect([found, exitCode], stderr).toEqual([rules, exit]);
  });

  test('are asked for a product that neither has', async () => {
    const project = temporaryFolder();
    put(project, { 'a.yaml': shop, 'b.yaml': other });
    const { stderr, exitCode } = await runIn(project, ['diff', 'a.yaml', 'b.yaml', '--products', 'shp']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error product-unknown: neither a.yaml nor b.yaml describes shp');
  });
});

test('a place in a shipped document is the same on every machine', async () => {
  const project = temporaryFolder();
  const { exitCode, stderr } = await runIn(project, ['generate', '--out', 'kit']);
  expect(exitCode, stderr).toBe(0);
  const { stdout } = await runIn(project, ['diff', '--out', 'kit', '--literal']);
  const places = [...stdout.matchAll(/ (?:was|is) (\S+?):\d+:\d+/g)].map(([, file = '']) => file);
  expect(places.length).toBeGreaterThan(5);
  for (const place of places) expect(place).toMatch(/^freshworks-gen\/specs\/[\w.]+\.yaml$/);
});

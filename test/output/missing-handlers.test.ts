import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runIn } from '../cli/command.js';
import { faults } from '../emit/program.js';
import { filesBelow } from '../cases/run.js';
import { sample } from '../sample.js';
import { copyOf } from './project.js';
import { shop } from './shop.js';
import { put, temporaryFolder } from './tree.js';

interface Row {
  readonly change: string;
  readonly edit: (handlers: string) => void;
  /** What is said, and whether it is said of the file at this position. */
  readonly says: string | undefined;
  readonly at?: string;
  /** The entries of `handlers` that stand for no handler. */
  readonly missing: readonly string[];
}

const orderPaid = /export const onOrderPaid: .*\n(?: .*\n)?/;

const rows: readonly Row[] = [
  {
    change: 'a handler renamed',
    edit: replacing('onOrderPaid', 'onOrderPayed'),
    says: 'handler-missing: handlers/shop.ts exports no onOrderPaid for shop/order-paid; onOrderPayed comes near',
    at: 'export const onOrderPayed',
    missing: ['shop/order-paid'],
  },
  {
    change: 'a handler commented out',
    edit: replacing('export const onOrderPaid', '// export const onOrderPaid'),
    says: 'handler-missing: handlers/shop.ts exports no onOrderPaid for shop/order-paid',
    missing: ['shop/order-paid'],
  },
  {
    change: 'a handler that is no longer exported',
    edit: replacing('export const onOrderPaid', 'const onOrderPaid'),
    says: 'handler-missing: handlers/shop.ts has onOrderPaid for shop/order-paid and does not export it',
    at: 'onOrderPaid: ',
    missing: ['shop/order-paid'],
  },
  {
    change: 'a handler that became a type',
    edit: replacing(orderPaid, 'export type onOrderPaid = 1;\n'),
    says: 'handler-missing: handlers/shop.ts exports no onOrderPaid',
    missing: ['shop/order-paid'],
  },
  {
    change: 'a handler exported as a type alone',
    edit: replacing(orderPaid, 'const onOrderPaid = 1;\nexport type { onOrderPaid };\n'),
    says: 'handler-missing: handlers/shop.ts has onOrderPaid for shop/order-paid and does not export it',
    missing: ['shop/order-paid'],
  },
  {
    change: 'a handler that is imported',
    edit: replacing(orderPaid, 'import { onOrderPaid } from "../../elsewhere.js";\n'),
    says: 'handler-missing: handlers/shop.ts has onOrderPaid for shop/order-paid and does not export it',
    missing: ['shop/order-paid'],
  },
  {
    change: 'a handler that is imported and exported',
    edit: replacing(
      orderPaid,
      'import { onOrderPaid } from "../../elsewhere.js";\nexport { onOrderPaid };\n',
    ),
    says: undefined,
    missing: [],
  },
  {
    change: 'a handler exported from elsewhere',
    edit: replacing(orderPaid, 'export { onOrderPaid } from "../../elsewhere.js";\n'),
    says: undefined,
    missing: [],
  },
  ...[
    ['under another name', 'const other = 1;\nexport { other as onOrderPaid };'],
    ['by its name as a text', 'const other = 1;\nexport { other as "onOrderPaid" };'],
    ['out of an object', 'export const { onOrderPaid, ...others } = { onOrderPaid: 1 };'],
    ['as a function', 'export async function onOrderPaid() {}'],
    [
      'as a value and a type of one name',
      'type onOrderPaid = 1;\nconst onOrderPaid = 1;\nexport { onOrderPaid };',
    ],
  ].map(([how, text]): Row => ({
    change: `a handler exported ${how}`,
    edit: replacing(orderPaid, `${text}\n`),
    says: undefined,
    missing: [],
  })),
  ...[
    ['is declared and never made', 'export declare const onOrderPaid: never;', true],
    ['is the default export', 'export default function onOrderPaid() {}', true],
    ['is exported as another', 'const onOrderPaid = 1;\nexport { onOrderPaid as onOrderSettled };', true],
    ['is an imported type', 'import type { onOrderPaid } from "../../a.js";\nexport { onOrderPaid };', true],
    [
      'is a type among imports',
      'import { type onOrderPaid } from "../../a.js";\nexport { onOrderPaid };',
      true,
    ],
    ['is an interface in a list', 'interface onOrderPaid {}\nexport { onOrderPaid };', false],
    ['is exported as types from elsewhere', 'export type * from "../../a.js";', false],
    ['is a type exported from elsewhere', 'export { type onOrderPaid } from "../../a.js";', false],
    ['is in a namespace', 'export namespace shop {\n  export const onOrderPaid = 1;\n}', false],
    ['is in a comment of lines', '/*\nexport const onOrderPaid = 1;\n*/', false],
    ['is in a text', 'const text = `\nexport const onOrderPaid = 1;\n`;', false],
  ].map(([how, text, isThere]): Row => ({
    change: `a handler that ${String(how)}`,
    edit: replacing(orderPaid, `${String(text)}\n`),
    says: isThere
      ? 'handler-missing: handlers/shop.ts has onOrderPaid for shop/order-paid and does not export it'
      : 'handler-missing: handlers/shop.ts exports no onOrderPaid for shop/order-paid',
    missing: ['shop/order-paid'],
  })),
  {
    change: 'its file renamed',
    edit: (handlers) => renameSync(join(handlers, 'shop.ts'), join(handlers, 'orders.ts')),
    says: 'handler-misplaced: handlers/orders.ts exports onOrderPaid, which belongs in handlers/shop.ts',
    missing: [],
  },
  {
    change: 'its file removed',
    edit: (handlers) => rmSync(join(handlers, 'shop.ts')),
    says: undefined,
    missing: [],
  },
  {
    change: 'the folder removed',
    edit: (handlers) => rmSync(handlers, { recursive: true }),
    says: undefined,
    missing: [],
  },
];

const made = mkdtempSync(join(tmpdir(), 'made-'));

beforeAll(async () => {
  put(made, { 'spec.yaml': shop });
  const { exitCode, stderr } = await runIn(made, ['generate', '--spec', 'spec.yaml', '--out', 'events']);
  expect(exitCode, stderr).toBe(0);
});

afterAll(() => {
  rmSync(made, { recursive: true });
});

describe.each(sample(rows, 7))('$change', ({ edit, says, at, missing }) => {
  test('loses no event', async () => {
    const folder = copyOf(made);
    const handlers = join(folder, 'events/handlers');
    edit(handlers);
    const { exitCode, stderr } = await runIn(folder, ['generate', '--out', 'events']);
    expect(exitCode, stderr).toBe(0);
    const warnings = stderr.split('\n').filter((line) => line.startsWith('warning '));
    if (says === undefined) expect(warnings).toEqual([]);
    else expect(stderr).toContain(`warning ${says}`);
    const collected = readFileSync(join(folder, 'events/collected-handlers.ts'), 'utf8');
    expect([...collected.matchAll(/missing\("(.*)"\)/g)].map(([, name]) => name)).toEqual(missing);
    for (const event of ['order-placed', 'order-paid', 'parcel-received'])
      expect(collected).toContain(`/${event}"`);
    if (at !== undefined) {
      const text = readFileSync(join(handlers, 'shop.ts'), 'utf8');
      const line = text.slice(0, text.lastIndexOf(at)).split('\n').length;
      expect(stderr).toContain(`at events/handlers/shop.ts:${line}:`);
    }

    // `check` says the same, and the kit is what it should be.
    const checked = await runIn(folder, ['check', '--out', 'events']);
    expect(checked.exitCode, checked.stderr).toBe(0);
    if (says !== undefined) expect(checked.stderr).toContain(`warning ${says}`);
  });
});

test('an event whose handler is missing compiles with neither createReceiver nor ignoringRest', async () => {
  const folder = copyOf(made);
  replacing('onOrderPaid', 'onOrderPayed')(join(folder, 'events/handlers'));
  await runIn(folder, ['generate', '--out', 'events']);
  const use = `import { createReceiver, dangerouslyUnverified, handlers, ignoringRest, type Handlers } from './events/index.js';
const verify = { shop: dangerouslyUnverified(), returns: dangerouslyUnverified() };
// @ts-expect-error a handler is missing
createReceiver({ handlers, verify });
// @ts-expect-error likewise
ignoringRest(handlers);
const { 'shop/order-paid': _, ...rest } = handlers;
export const decided: Handlers = ignoringRest(rest);
`;
  const files = new Map<string, string>(
    [...filesBelow(join(folder, 'events'))].map(([path, text]) => [`events/${path}`, text]),
  );
  expect(faults(files.set('use.ts', use))).toEqual([]);
});

test('a stub of a name that the file has for something else is not added', async () => {
  const folder = temporaryFolder();
  put(folder, { 'spec.yaml': shop, 'events/handlers/shop.ts': 'import { onOrderPaid } from "./a.js";\n' });
  const { stderr } = await runIn(folder, ['generate', '--spec', 'spec.yaml', '--out', 'events']);
  expect(stderr).toContain('has onOrderPaid for shop/order-paid and does not export it');
  const text = readFileSync(join(folder, 'events/handlers/shop.ts'), 'utf8');
  expect(text).toContain('export const onOrderPlaced: Unhandled');
  expect(text.match(/onOrderPaid/g)).toHaveLength(1);
});

test('an import of the kit that ends as an older tsconfig asked for is pointed out', async () => {
  const folder = copyOf(made);
  put(folder, {
    'tsconfig.json': '{ "compilerOptions": { "moduleResolution": "bundler", "module": "esnext" } }',
  });
  const { stderr } = await runIn(folder, ['generate', '--out', 'events']);
  expect(stderr).toContain(
    "warning handler-import-ending: handlers/shop.ts imports ../events.js; the kit's own imports would say ../events\n" +
      '  at events/handlers/shop.ts:1:',
  );
});

test('a handler file that is nested too deeply is refused with its place', async () => {
  const folder = copyOf(made);
  const deep = `export const onOrderPlaced = ${'['.repeat(20_000)}${']'.repeat(20_000)};\n`;
  put(folder, { 'events/handlers/shop.ts': deep });
  const { exitCode, stderr } = await runIn(folder, ['generate', '--out', 'events']);
  expect(stderr).toContain('error handler-syntax: handlers/shop.ts is nested too deeply to be read.');
  expect(stderr).toContain('at events/handlers/shop.ts:1:');
  expect(exitCode).toBe(2);
});

function replacing(from: string | RegExp, to: string): (handlers: string) => void {
  return (handlers) => {
    const file = join(handlers, 'shop.ts');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to),
    );
  };
}

import { describe, expect, test } from 'vitest';
import { adapterNames, clientNames, inboxNames } from '../../src/config/options.js';
import { emit } from '../../src/emit/emit.js';
import { catalogOf } from './catalog.js';

/** What the kit has of `runtime/` beside what every kit has. */
async function emitted(asked: {
  adapters: readonly string[];
  inbox?: readonly string[];
  clients?: readonly string[];
}) {
  const { catalog } = catalogOf({ Order: { type: 'object' } });
  return new Map(
    (await emit(catalog, { importExtension: '.js', ...asked })).map((file) => [file.path, file]),
  );
}

const bare = await emitted({ adapters: [] });

describe.each([
  ...adapterNames.map((name) => [`adapters/${name}`, { adapters: [name] }] as const),
  ...inboxNames
    .filter((name: string) => name !== 'own')
    .map((name) => [`inboxes/${name}`, { adapters: [], inbox: [name] }] as const),
  ...clientNames.map((name) => [`clients/${name}`, { adapters: [], clients: [name] }] as const),
])('%s', (module, asked) => {
  test('is emitted, exported, and has all that it imports', async () => {
    expect(bare.has(`runtime/${module}.ts`)).toBe(false);
    const files = await emitted(asked);
    expect(files.get('index.ts')?.statements).toContain(`export ./runtime/${module}`);
    const added = [...files.keys()].filter((path) => !bare.has(path));
    expect(added).toContain(`runtime/${module}.ts`);
    for (const path of added)
      for (const [, to = ''] of files.get(path)!.code.matchAll(/ from "(\.[^"]*)\.js";/g))
        expect(files.has(new URL(`${to}.ts`, `file:///${path}`).pathname.slice(1)), `${path}: ${to}`).toBe(
          true,
        );
    const shown = files.get('index.ts')!.statements.filter((each) => each.startsWith('export ./runtime/'));
    const shownWithout = bare.get('index.ts')!.statements;
    const more = 'inbox' in asked ? ['export ./runtime/run-inbox'] : [];
    expect(shown.filter((each) => !shownWithout.includes(each))).toEqual([
      `export ./runtime/${module}`,
      ...more,
    ]);
  });
});

test('for an engine of your own, there is what works on it', async () => {
  const files = await emitted({ adapters: [], inbox: ['own'] });
  expect([...files.keys()].filter((path) => !bare.has(path))).toEqual(['runtime/run-inbox.ts']);
  expect(files.get('runtime/storing.ts')?.code).toContain('inbox.put(');
  expect(bare.get('runtime/storing.ts')?.code).not.toContain('inbox.put(');
});

test('a kit without adapters has nothing of a server', () => {
  expect([...bare.keys()].filter((path) => /node|adapters|inboxes/.test(path))).toEqual([]);
});

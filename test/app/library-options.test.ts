import fc from 'fast-check';
import { join } from 'node:path';
import { describe as suite, expect, test } from 'vitest';
import { check, describe, diff, generate, Rejected, render } from '../../src/index.js';
import { shop } from '../output/shop.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { runs } from '../sample.js';

type Options = Readonly<Record<string, unknown>>;
type Call = (options?: unknown, addDependency?: unknown) => Promise<unknown>;

/** As programs in JavaScript call them, with whatever they have. */
const functions = { generate, render, check, describe, diff } as unknown as Readonly<Record<string, Call>>;

const documents = {
  spec: 'list',
  overlay: 'list',
  refRoot: 'text',
  literal: 'flag',
  products: 'list',
} as const;
const kit = { out: 'text', handlers: 'flag', adapters: 'list', inbox: 'list', clients: 'list' } as const;
const common = { ...documents, replay: 'flag', cwd: 'text' } as const;
const options: Readonly<
  Record<string, Readonly<Record<string, 'text' | 'list' | 'flag' | 'nullable' | 'accepted'>>>
> = {
  generate: { ...kit, ...common, force: 'flag' },
  render: { ...kit, ...common },
  check: { ...kit, ...common },
  describe: { ...common, style: 'flag' },
  diff: {
    ...kit,
    ...common,
    base: 'text',
    head: 'nullable',
    was: 'text',
    only: 'list',
    accepted: 'accepted',
  },
};
const rows = Object.entries(options).flatMap(([name, kinds]) =>
  Object.entries(kinds).map(([option, kind]) => [name, option, kind] as const),
);

const change = { rule: 'event-added', subject: 'a', reason: 'b' };
/** What a value is, and the kinds of options that take it. */
const values: readonly (readonly [shown: string, value: unknown, ...takenBy: readonly string[]])[] = [
  ['null', null, 'nullable'],
  ['true', true, 'flag'],
  ['0', 0],
  ['1', 1],
  ['NaN', NaN],
  ['a bigint', 5n],
  ['a symbol', Symbol('a')],
  ['a function', () => 'a'],
  ['an empty text', ''],
  ['a text', 'a', 'text', 'nullable'],
  ['a text with NUL', 'a\0b'],
  ['a text that reads like a flag', 'true', 'text', 'nullable'],
  ['a text object', Object('a')],
  ['a URL', new URL('file:///a')],
  ['an object', {}],
  ['a list of none', [], 'list', 'accepted'],
  ['a list of numbers', [5]],
  ['a list of a text and null', ['node', null]],
  ['a list of an empty text', ['']],
  ['a list of a text with NUL', ['a\0b']],
  ['a list of lists', [['a']]],
  ['a list with a hole', Array(1)],
  ['a list as long as any', Array(2 ** 32 - 1)],
  ['a set', new Set(['a'])],
  ['a list of half a change', [{ rule: 'event-added', subject: 'a' }]],
  ['a list of a change without words', [{ ...change, reason: 5 }]],
];

/** What a function makes of options: its findings, or nothing. */
async function found(
  name: string,
  given: unknown,
  addDependency?: unknown,
): Promise<readonly (readonly [string, string])[]> {
  try {
    await functions[name]!(given, addDependency);
    return [];
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return error.diagnostics.map(({ code, message }) => [code, message] as const);
  }
}

/** Options that are right, of a project whose document is not there: whoever reads anything says so. */
const right = (folder: string, name: string): Options => ({
  ...(name !== 'describe' && { out: join(folder, 'kit') }),
  spec: [join(folder, 'absent.yaml')],
});

suite('a value of the wrong kind', () => {
  test.each(rows)('of %s: %s', async (name, option, kind) => {
    const folder = temporaryFolder();
    for (const [shown, value, ...takenBy] of values) {
      if (takenBy.includes(kind)) continue;
      const findings = await found(name, { ...right(folder, name), [option]: value });
      expect(findings, shown).toEqual([['option-invalid', expect.stringContaining(`\`options.${option}`)]]);
    }
    expect(snapshot(folder)).toEqual({});
  });

  test.each(rows)('is all that is refused of %s: %s', async (name, option, kind) => {
    // Something else that is wrong keeps the function from its work.
    const codes = async (value: unknown) =>
      (await found(name, { ...right('/absent', name), [option]: value, zap: 1 })).map(([code]) => code);
    for (const [shown, value, ...takenBy] of values)
      if (takenBy.includes(kind)) {
        const unknown = await codes(value);
        expect(unknown, shown).toEqual(['option-unknown']);
      }
    const isNeeded = option === 'out' && name !== 'diff';
    expect(await codes(undefined)).toEqual(
      isNeeded ? ['option-invalid', 'option-unknown'] : ['option-unknown'],
    );
  });

  test.each<[name: string, given: Options, message: string]>([
    ['generate', { products: 'freshdesk' }, '`options.products` must be a list of texts; it is a text.'],
    ['render', { spec: 'shipped' }, '`options.spec` must be a list of paths as texts; it is a text.'],
    ['check', { overlay: null }, '`options.overlay` must be a list of paths as texts; it is `null`.'],
    ['generate', { adapters: 'node' }, '`options.adapters` must be a list of texts; it is a text.'],
    ['generate', { out: new URL('file:///a') }, '`options.out` must be a path as a text; it is a URL.'],
    [
      'generate',
      { out: 'a\0b' },
      '`options.out` must be a path as a text; it is a text with a NUL character.',
    ],
    ['generate', { out: '' }, '`options.out` must be a path as a text; it is an empty text.'],
    ['generate', { force: 'no' }, '`options.force` must be `true` or `false`; it is a text.'],
    ['generate', { handlers: 0 }, '`options.handlers` must be `true` or `false`; it is a number.'],
    ['describe', { style: {} }, '`options.style` must be `true` or `false`; it is an object.'],
    ['describe', { products: ['a', 5] }, '`options.products[1]` must be a text; it is a number.'],
    ['describe', { spec: [[]] }, '`options.spec[0]` must be a path as a text; it is a list.'],
    ['diff', { base: 5 }, '`options.base` must be a text; it is a number.'],
    ['diff', { head: true }, '`options.head` must be a text or `null`; it is `true`.'],
    ['diff', { accepted: {} }, '`options.accepted` must be a list of accepted changes; it is an object.'],
    ['diff', { accepted: [change, 'a'] }, '`options.accepted[1]` must be an object; it is a text.'],
    [
      'diff',
      { accepted: [{ ...change, subject: undefined }] },
      '`options.accepted[0].subject` must be a text; it is missing.',
    ],
  ])('is named with what it must be: %s of %j', async (name, given, message) => {
    const folder = temporaryFolder();
    expect(await found(name, { ...right(folder, name), ...given })).toEqual([['option-invalid', message]]);
  });
});

suite.each(Object.keys(functions))('%s', (name) => {
  test.each([null, 5, 'kit', [], ['kit'], () => 'kit', true])('takes no %j for options', async (given) => {
    const [[code, message] = []] = await found(name, given);
    expect([code, message]).toEqual([
      'option-invalid',
      expect.stringMatching(/^`options` must be an object; it is /),
    ]);
  });

  test('says everything that is wrong with its options', async () => {
    const kinds = options[name]!;
    const findings = await found(name, {
      ...Object.fromEntries(Object.keys(kinds).map((option) => [option, 5])),
      zap: 5,
    });
    expect(findings.map(([code]) => code)).toEqual([
      ...Object.keys(kinds).map(() => 'option-invalid'),
      'option-unknown',
    ]);
  });

  test.each([
    ['prodcts', 'The nearest is `products`.'],
    ['zzzzzz', /^Known are (?:`out`, )?`spec`.*`cwd`/],
    ['a\nb', /^Known are /],
  ])('has no option %j', async (option, nearest) => {
    const folder = temporaryFolder();
    const [[code, message] = [], ...more] = await found(name, { ...right(folder, name), [option]: true });
    expect([code, more]).toEqual(['option-unknown', []]);
    const [subject, advice] = message!.split(` is no option of \`${name}\`. `);
    expect(subject).toBe(`\`options.${option.replace('\n', '\\u000a')}\``);
    expect(advice).toEqual(typeof nearest === 'string' ? nearest : expect.stringMatching(nearest));
    expect(snapshot(folder)).toEqual({});
  });

  test('takes an unknown option that is undefined for none', async () => {
    const given = { ...right('/absent', name), zap: undefined, cwd: 5 };
    expect(await found(name, given)).toEqual([['option-invalid', expect.stringContaining('`options.cwd`')]]);
  });

  test('shows some of a thousand wrong options', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`${index}${'p'.repeat(1_000)}`, 1]),
    );
    const findings = await found(name, many);
    expect(findings.length).toBeGreaterThan(10);
    expect(JSON.stringify(findings).length).toBeLessThan(20_000);
  });
});

test('an option of another function is none', async () => {
  const folder = temporaryFolder();
  for (const [name, option, value] of [
    ['check', 'force', true],
    ['render', 'style', true],
    ['describe', 'out', 'kit'],
    ['describe', 'adapters', []],
    ['generate', 'base', 'main'],
    ['diff', 'force', false],
  ] as const)
    expect(await found(name, { ...right(folder, name), [option]: value })).toMatchObject([
      ['option-unknown', {}],
    ]);
});

test('the functions that work on a kit say where it is missing, and what cannot be called', async () => {
  for (const name of ['generate', 'render', 'check'])
    for (const given of [undefined, {}])
      expect(await found(name, given)).toEqual([
        ['option-invalid', '`options.out` must be a path as a text; it is missing.'],
      ]);
  expect(await found('generate', { out: join(temporaryFolder(), 'kit') }, 5)).toEqual([
    ['option-invalid', '`addDependency` must be a function; it is a number.'],
  ]);
});

test('words that nobody knows are found with what else is wrong', async () => {
  const given = { out: join(temporaryFolder(), 'kit'), adapters: ['nod', 'node', 'fastfy'], literal: 1 };
  expect(await found('generate', given)).toEqual([
    ['option-invalid', '`options.literal` must be `true` or `false`; it is a number.'],
    ['choice-unknown', '`nod` is no adapter. The nearest is `node`.'],
    ['choice-unknown', '`fastfy` is no adapter. The nearest is `fastify`.'],
  ]);
});

test('an option is read once, so that what was checked is what is used', async () => {
  const folder = temporaryFolder();
  put(folder, { 'shop.yaml': shop });
  let reads = 0;
  const given = {
    out: join(folder, 'kit'),
    spec: [join(folder, 'shop.yaml')],
    get products() {
      reads += 1;
      return reads === 1 ? ['shop'] : 5;
    },
  };
  expect(await functions['render']!(given)).toMatchObject({ settings: { products: ['shop'] } });
});

test('whatever is given, a function refuses it, or makes a kit that check accepts', async () => {
  const folder = temporaryFolder();
  put(folder, { 'shop.yaml': shop });
  let kits = 0;
  const none = Symbol('not given');
  const other = fc.jsonValue({ maxDepth: 1 });
  // Texts would name files of the machine that runs the test.
  const noText = other.filter((value) => typeof value !== 'string');
  const mostly = (arbitrary: fc.Arbitrary<unknown>, otherwise = other) =>
    fc.oneof(
      { weight: 30, arbitrary: fc.constant<unknown>(none) },
      { weight: 20, arbitrary },
      { weight: 1, arbitrary: otherwise },
    );
  const lists = (...words: readonly string[]) => fc.subarray([...words]);
  const given = fc.record({
    spec: fc.oneof(
      { weight: 20, arbitrary: fc.constant([join(folder, 'shop.yaml')]) },
      { weight: 1, arbitrary: noText.filter((value) => !Array.isArray(value)) },
    ),
    overlay: mostly(fc.constant([])),
    refRoot: mostly(fc.constant(folder)),
    literal: mostly(fc.boolean()),
    products: mostly(lists('shop', 'returns')),
    handlers: mostly(fc.boolean()),
    adapters: mostly(lists('node', 'express', 'fastify', 'lambda')),
    inbox: mostly(lists('sqlite', 'own')),
    clients: mostly(lists('freshdesk')),
    replay: mostly(fc.boolean()),
    force: mostly(fc.boolean()),
    cwd: mostly(fc.constant(folder), noText),
  });
  let index = 0;
  await fc.assert(
    fc.asyncProperty(given, async (values) => {
      const out = join(folder, String((index += 1)));
      const asked = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== none));
      const findings = await found('generate', { ...asked, out });
      if (findings.length > 0) {
        expect(Object.keys(snapshot(folder)).filter((path) => path.startsWith(`${index}/`))).toEqual([]);
        return;
      }
      kits += 1;
      expect(await functions['check']!({ out })).toMatchObject({ current: true });
    }),
    { numRuns: runs(10, 200) },
  );
  expect(kits).toBeGreaterThan(0);
});

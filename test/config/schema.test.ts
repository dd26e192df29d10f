import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import { checkConfig } from '../../src/config/check.js';
import { failOn, options, type OptionEntry } from '../../src/config/options.js';
import { configSchema } from '../../src/config/schema.js';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { rules } from '../../src/model/change-rules.js';
import { runs } from '../sample.js';

/*
 * After a change to the table of options:
 *
 *     UPDATE=1 npx vitest run test/config/schema.test.ts
 */
test('the published schema is what the table of options says', () => {
  const file = new URL('../../config.schema.json', import.meta.url);
  const text = `${JSON.stringify(configSchema(), undefined, 2)}\n`;
  if (process.env['UPDATE']) writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('every member of the public types says what the table says of it', () => {
  const source = readFileSync(new URL('../../src/config/define.ts', import.meta.url), 'utf8');
  const said = Array.from(source.matchAll(/\/\*\* (.*) \*\/\n {2}readonly (\w+)\??:/g), ([, words, name]) => [
    name,
    words,
  ]);
  for (const { name, meaning } of options) expect(said).toContainEqual([name, meaning]);
});

describe('an editor that goes by the schema and the program agree', () => {
  const validate = new Ajv({ strict: true, strictRequired: false, strictTypes: false }).compile(
    configSchema(),
  );

  test.each<[boolean, Json]>([
    [true, { out: 'a' }],
    [true, { $schema: 'a', out: 'a', spec: 'a', overlay: [], adapters: 'node', diff: {} }],
    [true, { kits: [{ out: 'a' }], diff: { failOn: 'none', accept: [] } }],
    [false, {}],
    [false, []],
    [false, { kits: [] }],
    [false, { out: 'a', kits: [{ out: 'a' }] }],
    [false, { kits: [{ out: 'a', diff: {} }] }],
    [false, { out: 'a\0' }],
    [false, { out: 'a', spec: null }],
  ])('%j: %j', (expected, value) => {
    expect([validate(value), isTaken(value)]).toEqual([expected, expected]);
  });

  test('on whatever is nearly a configuration', () => {
    const counts = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(configuration, (value) => {
        const taken = isTaken(value);
        counts[taken ? 'taken' : 'refused'] += 1;
        expect(validate(value)).toBe(taken);
      }),
      { numRuns: runs(5_000) },
    );
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(250);
  });
});

function isTaken(value: Json): boolean {
  try {
    checkConfig({
      file: 'a',
      folder: '/',
      value,
      locationOf: () => undefined,
      keyLocationOf: () => undefined,
    });
    return true;
  } catch (error) {
    if (error instanceof Rejected) return false;
    throw error;
  }
}

/** Mostly one, now and then something else. */
function mostly<T extends Json>(usual: fc.Arbitrary<T>): fc.Arbitrary<Json> {
  return fc.oneof(
    { weight: 40, arbitrary: usual },
    { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<Json> },
  );
}

const text = mostly(fc.string({ minLength: 1 }));
const someOf = (one: fc.Arbitrary<Json>) => fc.oneof(one, fc.array(one, { maxLength: 3 }));
const texts = someOf(text);

const members: Record<string, fc.Arbitrary<Json>> = {
  ...Object.fromEntries(options.map((option) => [option.name, valueOf(option)])),
  other: fc.constant(1),
};

const kit: fc.Arbitrary<JsonObject> = fc
  .record(members, { requiredKeys: ['out'] })
  .chain((whole) =>
    fc.constantFrom(whole, without(whole, 'other'), without(whole, 'other'), without(whole, 'out')),
  )
  .map((each) => each as JsonObject);

function valueOf({ kind, choices = [] }: OptionEntry): fc.Arbitrary<Json> {
  switch (kind) {
    case 'path':
      return text;
    case 'flag':
      return mostly(fc.boolean());
    case 'choices':
      return someOf(mostly(fc.constantFrom(...choices)));
    default:
      return texts;
  }
}

const acceptance = fc.record(
  { rule: mostly(fc.constantFrom(...Object.keys(rules))), subject: text, reason: text },
  { requiredKeys: ['rule', 'subject', 'reason'] },
);

const diff = fc.record(
  {
    failOn: mostly(fc.constantFrom(...failOn)),
    accept: mostly(fc.array(mostly(acceptance), { maxLength: 2 })),
  },
  { requiredKeys: [] },
);

const configuration = mostly(
  fc.oneof(
    fc.tuple(kit, fc.option(diff, { nil: {} })).map(([own, more]) => ({ ...own, diff: more })),
    fc.record(
      { kits: mostly(fc.array(mostly(kit), { maxLength: 3 })), diff: mostly(diff), $schema: text },
      { requiredKeys: ['kits'] },
    ),
    fc.tuple(kit, fc.array(kit, { maxLength: 1 })).map(([own, kits]) => ({ ...own, kits })),
  ),
);

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.js';
import type { Catalog } from '../../src/model/catalog.js';
import { literal } from '../../src/typescript/code.js';
import { emit } from '../../src/emit/emit.js';
import { all, seed as first } from '../sample.js';
import { catalogOf } from './catalog.js';
import { execute, type Kit } from './execute.js';
import { faults, lenient } from './program.js';
import { definitions, schemas, valueFor } from './schemas.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/*
 * The kit of random schemas beside plain ajv, an oracle that shares nothing with the generator but the schema. Two laws: their
 * verdicts are the same, and what is accepted is of the type that was printed. The schemas of a round are one kit, so that
 * there is one bundle to run and one program to compile. `FUZZ_ROUNDS=20` goes on for longer, and
 * `FUZZ_SEED=5` begins with the fifth.
 */
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 1);

describe.each(Array.from({ length: rounds }, (_, round) => first + round))('with the seed %i', (seed) => {
  const random = fc.sample(schemas, { seed, numRuns: all ? 300 : 80 });
  const named: JsonObject = {
    ...definitions,
    ...Object.fromEntries(random.map((schema, index) => [`S${index}`, schema])),
  };
  const events = Object.keys(named);
  const samples = new Map(
    events.map((name) => [name, fc.sample(valueFor(named[name]), { seed, numRuns: 40 })]),
  );
  const say = (name: string, value?: Json) =>
    `${name} ${JSON.stringify(named[name])} ${JSON.stringify(value)} (FUZZ_SEED=${seed})`;

  let catalog: Catalog;
  let files: ReadonlyMap<string, string>;
  let kit: Kit;
  const oracle = new Map<string, ValidateFunction>();

  beforeAll(async () => {
    catalog = catalogOf(named).catalog;
    files = new Map(
      (await emit(catalog, { importExtension: '.js', adapters: ['node'] })).map(({ path, code }) => [
        path,
        code,
      ]),
    );
    kit = await execute(files);
    const ajv = new Ajv({ strict: false, ownProperties: true, logger: false });
    formats.default(ajv);
    ajv.addSchema({ $id: 'kit', components: { schemas: opened(named) } });
    for (const name of events) oracle.set(name, ajv.compile({ $ref: `kit#/components/schemas/${name}` }));
  });

  test('the validators of the kit and plain ajv agree on every value', () => {
    let accepted = 0;
    const differences: string[] = [];
    for (const name of events) {
      for (const value of samples.get(name)!) {
        const wanted = oracle.get(name)!(value);
        const { issues } = kit.validators[name]!['~standard'].validate(value);
        if (wanted) accepted += 1;
        if (wanted !== (issues === undefined) || issues?.length === 0) differences.push(say(name, value));
      }
    }
    expect(differences).toEqual([]);
    expect(accepted).toBeGreaterThan(events.length); // the samples are worth something
  });

  test('what is accepted is of the printed type', () => {
    const lines = ["import type { EventPayloads } from './events.js';"];
    const told = new Map<number, string>();
    for (const name of events) {
      // Every object has a constructor, says TypeScript; none that JSON.parse made does.
      if (JSON.stringify(named[name]).includes('constructor')) continue;
      for (const value of unique(samples.get(name)!)) {
        if (!oracle.get(name)!(value)) continue;
        told.set(lines.length + 1, say(name, value));
        // A type, not a value: a literal may have no member that its type does not declare, a payload may.
        lines.push(
          `export const v${lines.length} = (_: ${literal(value).text}): EventPayloads['${name}'] => _;`,
        );
      }
    }
    const wrong = faults(lenient(files).set('values.ts', lines.join('\n'))).map((fault) => {
      const line = /^values\.ts:(\d+)/.exec(fault)?.[1];
      return line === undefined ? fault : `${told.get(Number(line))}: ${fault}`;
    });
    expect(wrong).toEqual([]);
  });
});

function unique(values: readonly Json[]): readonly Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/**
 * The document's schemas as ajv understands them: open enums exclude nothing, what is nullable may be null as well, and a
 * reference stands alone.
 */
function opened(value: Json): Json {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...schema } = value as JsonObject;
  if (nullable === true) return { anyOf: [opened(schema), { type: 'null' }] };
  const { 'x-open-enum': open, enum: known, ...rest } = schema;
  if (typeof rest['$ref'] === 'string') return { $ref: rest['$ref'] };
  return {
    ...(Object.fromEntries(
      Object.entries(rest).map(([key, each]) => [key, key === 'const' ? each : opened(each)]),
    ) as JsonObject),
    ...(known !== undefined && open !== true && { enum: known }),
  };
}

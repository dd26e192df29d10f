import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { buildCatalog } from '../../src/catalog/catalog.js';
import type { Document } from '../../src/model/document.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import { emit } from '../../src/emit/emit.js';
import { load } from '../../src/load/load.js';
import { parse } from '../../src/parse/parse.js';
import { catalogOf } from '../emit/catalog.js';
import { definitions, schemas } from '../emit/schemas.js';
import { shippedOverlays, shippedSpecs } from '../emit/shipped.js';
import { runs } from '../sample.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let documents: readonly Document[];

beforeAll(async () => {
  const overlays = shippedOverlays.map((path) => ({ path, shipped: true }));
  documents = await load({ specs: shippedSpecs, overlays, cwd: process.cwd() }, () => undefined);
});

test('the shipped documents give the same catalog in whatever order they and their keys come', async () => {
  const whole = JSON.stringify(await catalogFrom(documents));
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (random) => {
      const others = documents.map((document) => ({
        ...document,
        data: shuffled(document.data, random) as JsonObject,
        places: { of: () => undefined, ofKey: () => undefined },
        quoted: new Set<JsonObject>(),
      }));
      expect(JSON.stringify(await catalogFrom(order(others, random)))).toBe(whole);
    }),
    { numRuns: runs(2, 8) },
  );
});

test('random schemas give the same kit in whatever order their keys come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(schemas, { minLength: 10, maxLength: 10 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (given, random) => {
        const named = {
          ...definitions,
          ...Object.fromEntries(given.map((schema, index) => [`S${index}`, schema])),
        };
        expect(await kitOf(shuffled(named, random) as JsonObject)).toEqual(await kitOf(named));
      },
    ),
    { numRuns: runs(2, 8) },
  );
});

async function catalogFrom(given: readonly Document[]) {
  const catalog = buildCatalog(await parse(given, { style: false }, () => undefined), {}, () => undefined);
  // Documents are listed as the user lists them.
  return { ...catalog, documents: [] };
}

async function kitOf(schemas: JsonObject): Promise<ReadonlyMap<string, string>> {
  const files = await emit(catalogOf(schemas).catalog, { importExtension: '.js', adapters: ['node'] });
  return new Map(files.map(({ path, code }) => [path, code]));
}

/** A value whose objects have their keys in another order. Examples are shown as they are written. */
function shuffled(value: Json, random: Iterator<number>): Json {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, Json] => [
    key,
    key === 'examples' ? each : shuffled(each, random),
  ]);
  return Object.fromEntries(order(entries, random));
}

function order<T>(list: readonly T[], random: Iterator<number>): T[] {
  return list
    .map((item) => ({ item, at: random.next().value as number }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

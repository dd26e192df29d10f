import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.js';
import { emit } from '../../src/emit/emit.js';
import { all, sample } from '../sample.js';
import { catalogOf } from './catalog.js';
import { execute, type Kit } from './execute.js';
import { hurtful, named } from './hurtful.js';

/*
 * Bodies that grow up to the largest that a receiver takes. What grows with the square of a body is noticed at the smaller
 * sizes already, long before it would take hours: each has many times the milliseconds of a processor that it needs.
 */
const sizes = [2 ** 12, 2 ** 14, 2 ** 16, 2 ** 18, ...(all ? [2 ** 20] : [])];
const atMost = 5_000;

describe('every check takes time linear in the body, and says what is wrong in 100 issues and 16 KiB at most', () => {
  let kit: Kit;

  beforeAll(async () => {
    const schemas: JsonObject = {
      ...named,
      ...Object.fromEntries(hurtful.map(({ schema }, index) => [`S${index}`, schema])),
    };
    const files = await emit(catalogOf(schemas).catalog, { importExtension: '.js', adapters: [] });
    kit = await execute(new Map(files.map(({ path, code }) => [path, code])));
  });

  const rows = hurtful.map((each, index) => [each.name, each, index] as const);

  test.each(sample(rows, 16))('%s', (_, { body, isValid = false }, index) => {
    for (const bytes of sizes) {
      const value = body(bytes);
      const start = process.cpuUsage();
      const { issues } = kit.validators[`S${index}`]!['~standard'].validate(value);
      expect(process.cpuUsage(start).user / 1000, `${bytes} bytes`).toBeLessThan(atMost);
      expect(issues === undefined).toBe(isValid);
      if (issues === undefined) continue;
      expect(issues.length).toBeGreaterThan(0);
      expect(issues.length).toBeLessThanOrEqual(100);
      expect(Buffer.byteLength(JSON.stringify(issues))).toBeLessThanOrEqual(2 ** 14);
    }
  });
});

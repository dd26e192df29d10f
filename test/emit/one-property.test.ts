import { diffLines } from 'diff';
import { expect, test, vi } from 'vitest';
import { buildCatalog } from '../../src/catalog/catalog.js';
import type { Channel } from '../../src/model/channel.js';
import type { Json, JsonObject } from '../../src/model/json.js';
import { emit } from '../../src/emit/emit.js';
import { addStubs } from '../../src/emit/stubs.js';
import { load } from '../../src/load/load.js';
import { format } from '../../src/output/format.js';
import { parse } from '../../src/parse/parse.js';
import { sample } from '../sample.js';
import { shippedOverlays, shippedSpecs } from './shipped.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/*
 * One property more in one schema: how much of the kit does a reviewer read again, and which products' validators are
 * written anew?
 */
const reviewed = /^(?:payloads\/|schemas\/|events|handlers|index|validators\/index)/;
const channels = await shipped();
const before = await kit();
const formatted = new Map<string, string>();

test('one property more changes two lines of what is read, one of the type and one of the schema, and the validators of its product alone', async () => {
  const schemas = objectSchemas();
  expect(schemas.length).toBeGreaterThan(25);
  const rows: { schema: string; lines: number; validators: readonly string[] }[] = [];
  for (const { path, product, properties } of sample(schemas, 8)) {
    properties['unheard_of'] = { type: 'string' };
    const after = await kit();
    delete properties['unheard_of'];
    const changed = [...after].filter(([file, text]) => before.get(file) !== text);
    let lines = 0;
    for (const [file, text] of changed.filter(([each]) => !isValidators(each))) {
      const then = formatted.get(file) ?? (await asWritten(file, before.get(file) ?? ''));
      formatted.set(file, then);
      lines += changedLines(then, await asWritten(file, text));
    }
    rows.push({
      schema: path,
      lines,
      validators: changed
        .filter(([file]) => isValidators(file) && file !== `validators/${product}.ts`)
        .map(([file]) => file),
    });
  }
  expect(rows.filter(({ lines }) => lines !== 2)).toEqual([]);
  expect(rows.filter(({ validators }) => validators.length > 0)).toEqual([]);
});

async function shipped(): Promise<readonly Channel[]> {
  const overlays = shippedOverlays.map((path) => ({ path, shipped: true }));
  const documents = await load({ specs: shippedSpecs, overlays, cwd: process.cwd() }, () => undefined);
  return parse(documents, { style: false }, () => undefined);
}

async function kit(): Promise<ReadonlyMap<string, string>> {
  const catalog = buildCatalog(channels, {}, () => undefined);
  const stubs = await addStubs(
    catalog,
    { existing: new Map(), stubbed: new Map(), isFiltered: false },
    { importExtension: '.js', singleQuote: true, layOut: (code) => Promise.resolve(code) },
  );
  const files = await emit(catalog, {
    importExtension: '.js',
    handlers: stubs.collected,
    adapters: ['node'],
  });
  const wanted = files.filter(({ path }) => isValidators(path) || reviewed.test(path));
  return new Map([...wanted, ...stubs.created].map(({ path, code }) => [path, code]));
}

function asWritten(path: string, code: string): Promise<string> {
  return format({ path, code, statements: [] }, {});
}

function isValidators(path: string): boolean {
  return path.startsWith('validators/') && path !== 'validators/index.ts';
}

/** Lines that a diff shows, those that are replaced counted once. */
function changedLines(before: string, after: string): number {
  const parts = diffLines(before, after);
  const count = (kind: 'added' | 'removed') =>
    parts.reduce((sum, part) => sum + (part[kind] ? part.count : 0), 0);
  return Math.max(count('added'), count('removed'));
}

interface ObjectSchema {
  readonly path: string;
  readonly product: string;
  readonly properties: Record<string, Json>;
}

/** Every object schema that a payload of the shipped documents is made of, nested ones and branches included. */
function objectSchemas(): readonly ObjectSchema[] {
  const found = new Map<object, ObjectSchema>();
  for (const { document, node, messages } of channels) {
    const product = (node['x-event'] as JsonObject)['product'] as string;
    const visit = (value: Json, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const reference = (value as JsonObject)['$ref'];
      if (typeof reference === 'string') {
        const target = reference
          .slice(2)
          .split('/')
          .reduce<Json>((inside, key) => (inside as JsonObject)[key] as Json, document.data);
        return visit(target, reference);
      }
      const { properties } = value as JsonObject;
      if (typeof properties === 'object' && properties !== null && !found.has(properties)) {
        found.set(properties, { path, product, properties: properties as Record<string, Json> });
        for (const [name, each] of Object.entries(properties)) visit(each, `${path}/${name}`);
      }
      for (const key of ['items', 'oneOf', 'anyOf', 'allOf', 'additionalProperties']) {
        const inside = (value as JsonObject)[key];
        for (const [index, each] of [inside].flat().entries())
          if (each !== undefined) visit(each, `${path}/${key}/${index}`);
      }
    };
    for (const { node } of messages) visit(node['payload'] as Json, document.name);
  }
  return [...found.values()];
}

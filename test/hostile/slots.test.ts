import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Json, JsonObject } from '../../src/model/json.js';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { hasHidden } from '../../src/diagnostics/printable.js';
import { render } from '../../src/app/generate.js';
import { runs } from '../sample.js';
import { nastyNumber, nastyText } from './nasty.js';
import { skeletonOf } from './skeleton.js';
import { filled, slotsOf, wordSlots, type Slot } from './slots.js';
import { unexplained, watched } from './watch.js';

vi.setConfig({ testTimeout: 24 * 3_600_000 });

/*
 * Nasty texts, keys and numbers in every slot of a document. Whatever they are, the document is refused where they stand, or
 * what comes out has the shape that it has with harmless words in the same slots. `FUZZ_RUNS=10000 npx vitest run
 * test/hostile/slots.test.ts` tries for longer.
 */
const many = runs(3, 16);

const folder = mkdtempSync(join(tmpdir(), 'slots-'));

type Rendering = { readonly kit: ReadonlyMap<string, string> } | { readonly refused: readonly string[] };

async function rendering(document: JsonObject, form: 'json' | 'yaml'): Promise<Rendering> {
  const spec = `spec.${form}`;
  writeFileSync(
    join(folder, spec),
    form === 'json' ? JSON.stringify(document, null, 1) : stringify(document),
  );
  const { value, deeds } = await watched(async (): Promise<Rendering> => {
    try {
      const { plan } = await render({ cwd: folder, out: 'events', spec: [spec] });
      const kit = plan.files.flatMap(({ path, after }) =>
        after === undefined ? [] : [[path, after] as const],
      );
      return { kit: new Map(kit) };
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      for (const { code, message, position, frame = '' } of error.diagnostics) {
        if (position === undefined || position.line < 1 || position.column < 1)
          throw new Error(`${code} has no place: ${message}`, { cause: error });
        if (frame.split('\n').some((line) => hasHidden(line)))
          throw new Error(`${code} drives a terminal`, { cause: error });
      }
      return { refused: error.diagnostics.map(({ code }) => code) };
    }
  });
  expect(unexplained(deeds, folder)).toEqual([]);
  expect('PWNED' in globalThis).toBe(false);
  return value;
}

interface Filling {
  readonly slot: Slot;
  readonly text: string;
  readonly number: number;
  /** Whether the text takes the place of what is there, or stands before or behind it. */
  readonly where: 'instead' | 'before' | 'behind';
}

/** A text for a slot that has one; what is there otherwise is what the document says. */
function fill(
  document: JsonObject,
  fillings: readonly Filling[],
  wordFor: (text: string) => string,
  numbers: boolean,
) {
  return filled(
    document,
    new Map(
      fillings.flatMap(({ slot, text, number, where }): [Slot, string | number][] => {
        if (slot.kind === 'number') return numbers ? [[slot, number]] : [];
        const present = String(slot.kind === 'key' ? slot.path.at(-1) : at(document, slot.path));
        const word = wordFor(text);
        return [[slot, where === 'instead' ? word : where === 'before' ? word + present : present + word]];
      }),
    ),
  );
}

function at(document: Json, path: Slot['path']): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => (value as JsonObject)[step], document);
}

/**
 * Whether a text in a slot says something of its own, which no harmless word says: that it is JSON, of which product it is,
 * which members a pattern is about.
 */
function means({ slot, text, where }: Filling): boolean {
  if (slot.path.join('/') === 'info/title') return true;
  if (slot.kind === 'key' && slot.path.at(-2) === 'patternProperties') return true;
  if (slot.kind === 'key')
    return (text === '' && where !== 'instead') || /^(?:default|enum|then)$/.test(text);
  return (
    slot.kind === 'text' &&
    /^(?:type|pattern|schemaFormat|contentType|defaultContentType|product)$/.test(String(slot.path.at(-1)))
  );
}

/** Names that are one once they are made safe are one in whatever is named after them. */
function folded(text: string): string {
  return text.replace(/[^a-z0-9]/gi, '').toLowerCase() || text;
}

describe.each([
  ['shop-2.yaml', many],
  ['shop-3.yaml', Math.ceil(many / 4)],
])('%s', (name, numRuns) => {
  const document = parse(readFileSync(join(import.meta.dirname, 'documents', name), 'utf8')) as JsonObject;
  const slots = slotsOf(document);
  const fillings = (of: readonly Slot[], minLength: number, maxLength: number) =>
    fc.uniqueArray(
      fc.record({
        slot: fc.constantFrom(...of),
        text: nastyText,
        number: nastyNumber,
        where: fc.constantFrom('instead' as const, 'before' as const, 'behind' as const),
      }),
      { minLength, maxLength, selector: ({ slot }) => slot.path.join('\n') },
    );
  const form = fc.constantFrom('json' as const, 'yaml' as const);

  test('is taken, and its shape shows one property more, but no other word', async () => {
    const shapeOf = async (changed: JsonObject) => {
      const result = await rendering(changed, 'json');
      return 'kit' in result ? skeletonOf(result.kit) : result.refused;
    };
    const text = JSON.stringify(document);
    const shape = await shapeOf(document);
    expect(slots.length).toBeGreaterThan(100);
    expect(await shapeOf(JSON.parse(text.replaceAll('Order placed', '*/ b')) as JsonObject)).toEqual(shape);
    expect(
      await shapeOf(JSON.parse(text.replaceAll('"properties":{', '"properties":{"more":{},')) as JsonObject),
    ).not.toEqual(shape);
  });

  test('is refused, or has the same shape, whatever stands in its slots', async () => {
    const tally = { refused: 0, compared: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fillings(slots, 1, 2), fillings(wordSlots(document), 5, 25)),
        form,
        async (given, form) => {
          const texts = [...new Set(given.map(({ text }) => text))];
          fc.pre(new Set(texts.map(folded)).size === texts.length);
          const nasty = await rendering(
            fill(document, given, (text) => text, true),
            form,
          );
          if ('refused' in nasty) tally.refused += 1;
          if ('refused' in nasty || given.some(means)) return;
          const words = new Map(
            texts.map((text, index) => [text, `Harmless${String.fromCharCode(65 + index)}`]),
          );
          const harmless = await rendering(
            fill(document, given, (text) => words.get(text)!, false),
            'json',
          );
          if ('refused' in harmless) return;
          tally.compared += 1;
          expect(skeletonOf(nasty.kit)).toEqual(skeletonOf(harmless.kit));
        },
      ),
      { numRuns },
    );
    if (process.env['FUZZ_RUNS']) console.log(name, tally);
  });
});

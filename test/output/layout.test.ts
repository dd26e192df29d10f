import fc from 'fast-check';
import { format as prettier } from 'prettier';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model/json.js';
import { emit } from '../../src/emit/emit.js';
import type { EmittedFile } from '../../src/kit/file.js';
import { format } from '../../src/output/format.js';
import { jsonText } from '../../src/output/layout/json.js';
import { layOut, type Piece } from '../../src/output/layout/layout.js';
import { styleOf } from '../../src/output/layout/style.js';
import type { PrettierOptions } from '../../src/kit/prettier-options.js';
import { catalogOf } from '../emit/catalog.js';
import { definitions, schemas } from '../emit/schemas.js';
import { mixedSources, options, sources } from './sources.js';

/*
 * Prettier itself is the oracle: what is laid out without it has its bytes. `RUNS=50000 npx vitest run
 * test/output/layout.test.ts` looks longer.
 */
const numRuns = Number(process.env['RUNS'] ?? 300);
const longer = 3_600_000;

describe('laying out', () => {
  test(
    'what the emitters write is laid out as by Prettier, without it',
    () =>
      fc.assert(
        fc.asyncProperty(sources, options, async (code, chosen) => {
          const pieces = layOut(code, styleOf(chosen)!, () => false);
          expect(pieces?.filter(({ isLaidOut }) => !isLaidOut)).toEqual([]);
          expect(joined(pieces!)).toBe(await byPrettier(code, chosen));
        }),
        { numRuns },
      ),
    longer,
  );

  test(
    'what else stands between is laid out by Prettier itself',
    () =>
      fc.assert(
        fc.asyncProperty(mixedSources, options, async (code, chosen) => {
          expect(await formatted({ path: 'a.ts', code, statements: [] }, chosen)).toBe(
            await byPrettier(code, chosen),
          );
        }),
        { numRuns },
      ),
    longer,
  );

  test(
    'the kits of random schemas are laid out as by Prettier, without it',
    () =>
      fc.assert(
        fc.asyncProperty(fc.array(schemas, { minLength: 1, maxLength: 8 }), options, async (some, chosen) => {
          const named = Object.fromEntries(some.map((schema, index) => [`S${index}`, schema]));
          const { catalog } = catalogOf({ ...definitions, ...named });
          const handlers = new Map(catalog.events.map(({ name, handler }) => [name, handler]));
          for (const file of await emit(catalog, { importExtension: '.js', handlers, adapters: ['node'] })) {
            if (file.verbatim === true || file.laidOut === true) continue;
            const { path, code } = file;
            const pieces = layOut(code, styleOf(chosen)!, (each) => finished(file).has(each));
            expect(
              pieces?.filter(({ isLaidOut }) => !isLaidOut),
              path,
            ).toEqual([]);
            expect(await formatted(file, chosen), path).toBe(await byPrettier(code, chosen));
          }
        }),
        { numRuns: numRuns / 20 },
      ),
    longer,
  );

  test(
    'the manifest’s JSON is laid out as by Prettier, without it',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.jsonValue({ maxDepth: 6 }),
          options,
          fc.constantFrom('preserve', 'collapse'),
          async (value, chosen, objectWrap) => {
            const all = { ...chosen, objectWrap };
            const text = jsonText(value as Json, all);
            expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
            expect(text).toBe(await prettier(text, { ...all, parser: 'json' }));
          },
        ),
        { numRuns },
      ),
    longer,
  );

  // prettier-ignore
  test.each<[what: string, code: string, chosen: PrettierOptions]>([
    ['a call with a short text goes to the next line', 'export const aaaaaaaaaaaa = unhandled("12345678");', { printWidth: 40 }],
    ['a call with a longer text is broken', 'export const aaaaaaaaaaaa = unhandled("123456789");', { printWidth: 40 }],
    ['a short name keeps its value', 'const a = { b: "a long text that does not fit", name: "a long text that does not fit" };', { printWidth: 30 }],
    ['objects and names take turns', 'type A = B & {\na: string } & C & {\nb: string } & {\nc: string };', {}],
    ['what is marked as pure stays behind its mark', 'const a = {\n"shop/order-placed": /* @__PURE__ */ standard(validateOrder),};', { printWidth: 40 }],
    ['a union inside brackets becomes one per line', 'type A = { a: ("aaaaaaaaaaaaaaaa" | "bbbbbbbbbbbbbbbbbbbb" | null)[] };', { printWidth: 40, useTabs: true }],
    ['members of a union are set off by tabs', 'type A =\n| "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" | { a: string;\n b: string };', { useTabs: true }],
  ])('%s', async (_, code, chosen) => {
    const pieces = layOut(code, styleOf(chosen)!, () => false);
    expect(pieces?.map(({ isLaidOut }) => isLaidOut)).toEqual([true]);
    expect(joined(pieces!)).toBe(await byPrettier(code, chosen));
  });

  // prettier-ignore
  test.each<[why: string, code: string]>([
    ['a comment behind a statement is of that statement', 'const a = 1; // why\nconst b = 2;\n'],
    ['a comment at the end is of no statement', 'const a = 1;\n// end\n'],
    ['there is no statement for a comment', '/* alone */\n'],
    ['what does not parse has no statements', 'const = 1;\n'],
    ['line ends are Prettier’s', 'const a = 1;\r\n'],
  ])('a file in which %s is laid out as a whole', (_, code) => {
    expect(layOut(code, styleOf({})!, () => false)).toBeUndefined();
  });

  test.each<PrettierOptions>([
    { quoteProps: 'consistent' },
    { objectWrap: 'collapse' },
    { experimentalOperatorPosition: 'start' },
    { quoteProps: 'preserve', printWidth: 100 },
  ])('%j is left to Prettier', (chosen) => {
    expect(styleOf(chosen)).toBeUndefined();
  });
});

function byPrettier(code: string, chosen: PrettierOptions): Promise<string> {
  return prettier(code, { ...chosen, parser: 'typescript', embeddedLanguageFormatting: 'off' });
}

async function formatted(file: EmittedFile, chosen: PrettierOptions): Promise<string | undefined> {
  return (await format([file], chosen))[0]?.code;
}

function joined(pieces: readonly Piece[]): string {
  return pieces.map(({ code, isSpaced }) => `${isSpaced ? '\n' : ''}${code}\n`).join('');
}

function finished({ laidOut }: EmittedFile): ReadonlySet<string> {
  return laidOut instanceof Set ? laidOut : new Set();
}

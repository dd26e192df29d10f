import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { format as fromPrettier } from 'prettier';
import { describe, expect, test } from 'vitest';
import { emit } from '../../src/emit/emit.js';
import { jsonText } from '../../src/kit/json-text.js';
import type { PrettierOptions } from '../../src/kit/prettier-options.js';
import type { Json } from '../../src/model/json.js';
import { format } from '../../src/output/format.js';
import { prettier } from '../../src/output/prettier.js';
import { catalogOf } from '../emit/catalog.js';
import { runs, sample } from '../sample.js';
import { definitions, schemas } from '../emit/schemas.js';
import { options, sources } from './sources.js';

/*
 * What a project's own Prettier makes of a file is what the program writes. `FUZZ_RUNS=50000 npx vitest run
 * test/output/prettier.test.ts` looks longer.
 */
const numRuns = runs(20, 300);
const longer = 3_600_000;

/** As Prettier lays out a file of that name by itself. */
function byItself(path: string, code: string, chosen: PrettierOptions): Promise<string> {
  return fromPrettier(code, { ...chosen, filepath: path });
}

describe('the parser that is fast lays out as the one that Prettier takes for .ts', () => {
  const root = join(import.meta.dirname, '../..');
  const files = ['templates', 'test/cases']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(folder, path),
      ),
    )
    .filter((path) => path.endsWith('.ts') && (path.includes('/expected/') || path.startsWith('templates')));

  test('every template and every file of the golden cases', { timeout: longer }, async () => {
    expect(files.length).toBeGreaterThan(100);
    const choose = fc.sample(options, { numRuns: files.length });
    for (const [index, path] of sample([...files.entries()], 15)) {
      const code = readFileSync(join(root, path), 'utf8');
      for (const chosen of [{}, choose[index] ?? {}])
        expect(await prettier(code, 'babel-ts', chosen), path).toBe(await byItself('a.ts', code, chosen));
    }
  });

  test('any code of the kinds that are emitted', { timeout: longer }, () =>
    fc.assert(
      fc.asyncProperty(sources, options, async (code, chosen) => {
        expect(await prettier(code, 'babel-ts', chosen)).toBe(await byItself('a.ts', code, chosen));
      }),
      { numRuns },
    ),
  );

  test('the kits of random schemas', { timeout: longer }, () =>
    fc.assert(
      fc.asyncProperty(fc.array(schemas, { minLength: 1, maxLength: 8 }), options, async (some, chosen) => {
        const named = Object.fromEntries(some.map((schema, index) => [`S${index}`, schema]));
        const { catalog } = catalogOf({ ...definitions, ...named });
        const handlers = new Map(catalog.events.map(({ name, handler }) => [name, handler]));
        for (const file of await emit(catalog, { importExtension: '.js', handlers, adapters: ['node'] })) {
          if (file.laidOut === true) continue;
          const { path, code } = file;
          expect(await format(file, chosen), path).toBe(await byItself(path, code, chosen));
        }
      }),
      { numRuns: Math.ceil(numRuns / 20) },
    ),
  );
});

describe('words of a document that Prettier obeys in comments of its own', () => {
  const words = ['prettier-ignore', 'prettier-ignore-start', 'format', 'prettier', 'noformat', 'noprettier'];
  const ways = words.flatMap((word) => {
    const mark = word.startsWith('prettier-') ? word : `@${word}`;
    return [mark, `*\n${mark}\n`, `a\n\n${mark}`, `// ${mark}`, `<!-- ${mark} -->`].map(
      (way) => [way, word] as const,
    );
  });

  /** Every file that is to be laid out, of a kit in which everything is described in the same words. */
  async function laidOut(description: string, chosen: PrettierOptions): Promise<readonly string[]> {
    const properties = {
      'a-b': { description, enum: ['a', 'b'] },
      c: { description, type: 'object', properties: { d: { description } } },
    };
    const { catalog } = catalogOf({
      A: { type: 'object', description, properties },
      B: { description, anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'string', description }] },
    });
    const described = {
      ...catalog,
      events: catalog.events.map((event) => ({ ...event, summary: description, description })),
    };
    const emitted = await emit(described, { importExtension: '.js', handlers: undefined, adapters: [] });
    const files = emitted.filter((file) => file.laidOut !== true);
    return Promise.all(files.map((file) => format(file, chosen)));
  }

  test.each(sample(ways, 3))('%j is like any other', async (way, word) => {
    for (const chosen of [{}, { semi: false, printWidth: 60, objectWrap: 'collapse' } as const]) {
      const other = (text: string) =>
        text.replace(/[a-z]{4,}(?:-[a-z]+)*/g, (word) => 'x'.repeat(word.length));
      const files = await laidOut(way, chosen);
      expect(files.some((text) => text.includes(word))).toBe(true);
      expect(files.map(other)).toEqual((await laidOut(other(way), chosen)).map(other));
      for (const text of files) expect(await byItself('a.ts', text, chosen)).toBe(text);
    }
  });
});

describe('JSON', () => {
  const laidOut = (value: Json, chosen: PrettierOptions) =>
    format({ path: 'a.json', code: jsonText(value), statements: [] }, chosen);

  test('is the same value, and Prettier finds it laid out', { timeout: longer }, () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), options, async (value, chosen) => {
        const text = await laidOut(value as Json, chosen);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
        expect(text).toBe(await byItself('a.json', text, chosen));
        expect(text).toMatch(/^[\n\t\x20-\x7e]*$/);
      }),
      { numRuns },
    ),
  );

  test('has a line for each member of the first levels', async () => {
    const text = await laidOut({ a: { b: { c: { d: { e: { f: 1 } } } } } }, {});
    expect(text.split('\n').map((line) => line.trim())).toEqual([
      '{',
      '"a": {',
      '"b": {',
      '"c": {',
      '"d": { "e": { "f": 1 } }',
      '}',
      '}',
      '}',
      '}',
      '',
    ]);
  });
});

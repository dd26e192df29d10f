import fc from 'fast-check';
import * as prettier from 'prettier';
import { expect, test } from 'vitest';
import { layOut } from '../../src/output/layout/layout.js';
import { styleOf } from '../../src/output/layout/style.js';
import { options, sources } from './sources.js';

const numRuns = Number(process.env['RUNS'] ?? 1_000);
test('what is laid out here is what Prettier makes of it', async () => {
  let own = 0, total = 0;
  const why = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(sources, options, async (code, chosen) => {
      const style = styleOf(chosen)!;
      const pieces = layOut(code, style, () => false);
      let expected;
      try { expected = await prettier.format(code, { ...chosen, parser: 'typescript', embeddedLanguageFormatting: 'off' }); } catch { fc.pre(false); return; }
      if (!pieces) return;
      total += pieces.length; own += pieces.filter((p) => p.isLaidOut).length;
      for (const p of pieces) if (!p.isLaidOut) { const k = p.code.replace(/^(\/[*/].*\n|\s)*/, '').slice(0, 13); why.set(k, (why.get(k) ?? 0) + 1); }
      if (!pieces.every((p) => p.isLaidOut)) return;
      const got = pieces.map((p) => (p.isSpaced ? '\n' : '') + p.code + '\n').join('');
      expect(got).toBe(expected);
    }),
    { numRuns },
  );
  console.log(own, total, [...why]);
}, 6000_000);

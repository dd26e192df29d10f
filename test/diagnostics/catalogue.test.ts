import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import { diagnostic } from '../../src/diagnostics/diagnostic.js';
import { entries } from '../../src/diagnostics/entry.js';

/** The compiler is the test: every `@ts-expect-error` is a line that must not compile. */
export function incomplete(): void {
  const severity = 'error';
  entries({ 'x-whole': { severity, exit: 3, cause: 'It is so.', fix: 'Change it.' } });
  // @ts-expect-error a finding that nobody would know what to do about
  entries({ 'x-no-fix': { severity, exit: 3, cause: 'It is so.' } });
  // @ts-expect-error a finding without a reason
  entries({ 'x-no-cause': { severity, exit: 3, fix: 'Change it.' } });
  // @ts-expect-error a finding that leaves open how the run ends
  entries({ 'x-no-exit': { severity, cause: 'It is so.', fix: 'Change it.' } });
  // @ts-expect-error half an example
  entries({ 'x-half': { severity, exit: 3, cause: 'So.', fix: 'Do.', example: { before: 'a: 1' } } });
  // @ts-expect-error a code that the catalogue does not have
  diagnostic('x-unknown', 'there is no such code');
}

const source = join(import.meta.dirname, '../../src');
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith(join('diagnostics', 'codes')))
  .map((file) => readFileSync(join(source, file), 'utf8'))
  .join('\n');

test('every code can be printed', () => {
  const unused = Object.keys(catalogue).filter((each) => !code.includes(`'${each}'`));
  expect(unused).toEqual([]);
});

test('every entry is made of sentences', () => {
  for (const [name, { cause, fix }] of Object.entries(catalogue)) {
    expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/);
    for (const text of [cause, fix]) {
      expect(text, name).toMatch(/^(?:[A-Z`$]|`).*[.)]$/s);
      expect(text, name).not.toMatch(/[\n\t]| {2}/);
    }
  }
});

test('nothing is said beside the catalogue but what was done, and faults that are not the user’s', () => {
  const writers = readdirSync(join(source, 'cli'), { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') &&
      readFileSync(join(source, 'cli', file), 'utf8').includes('process.stderr.write'),
  );
  expect(writers.sort()).toEqual(['ending.ts', 'failure.ts', 'main.ts', 'print.ts', 'render.ts']);
});

import { expect, test, vi } from 'vitest';
import { diagnostic, Rejected, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { mergeRepeated } from '../../src/diagnostics/repeated.js';
import { printDiagnostics } from '../../src/cli/print.js';
import { annotations } from '../../src/cli/reporters/annotations.js';
import { sarif } from '../../src/cli/reporters/sarif.js';

/*
 * A part of a document that several references lead to is checked through each of them, and what is wrong with it is found as
 * often. That is one finding.
 */
const at = (line: number, message = 'wrong') => ({
  ...diagnostic('asyncapi-invalid', message),
  position: { file: 'a.yaml', line, column: 1 },
});
const from = { cwd: '/', root: '/' };

test('findings that are alike are one, in the order in which they were found', () => {
  const merged = mergeRepeated([at(2), at(1), at(2), at(2, 'else'), at(2), at(1)]);
  expect(merged.map(({ position, message, count }) => [position?.line, message, count])).toEqual([
    [2, 'wrong', 3],
    [1, 'wrong', 2],
    [2, 'else', undefined],
  ]);
  expect(mergeRepeated(mergeRepeated([at(1), at(1)])).map(({ count }) => count)).toEqual([2]);
  expect(new Rejected(at(1), at(1)).diagnostics).toHaveLength(1);
});

test('the count is in every format', () => {
  const [finding] = mergeRepeated([at(1), at(1)]);
  expect(said(finding!)).toContain('wrong (found 2 times)');
  expect(annotations([finding!], from)[0]).toContain('::wrong (found 2 times)%0Afix');
  expect(resultOf(finding!)).toMatchObject({ message: { text: 'wrong' }, occurrenceCount: 2 });
  expect(resultOf(at(1))).not.toHaveProperty('occurrenceCount');
});

test('so are the steps of a finding that is about several places', () => {
  const position = { file: 'b.yaml', line: 3, column: 7 };
  const finding = { ...at(1), steps: [{ message: 'A refers to {0}', position }, { message: '\u001b[31mB' }] };
  expect(said(finding)).toContain('  1. b.yaml:3:7: A refers to {0}\n  2. \\u001b[31mB\n');
  expect(annotations([finding], from)[0]).toContain('%0Ab.yaml:3:7: A refers to {0}%0A\\u001b[31mB%0Afix');
  expect(resultOf(finding)).toMatchObject({
    relatedLocations: [
      {
        message: { text: 'A refers to {{0}}' },
        physicalLocation: { region: { startLine: 3, startColumn: 7 } },
      },
      { message: { text: '\\u001b[31mB' } },
    ],
  });
});

function resultOf(finding: Diagnostic): unknown {
  const log = sarif([finding], { command: 'validate', exitCode: 3 }, from) as {
    runs: readonly [{ results: readonly unknown[] }];
  };
  return log.runs[0].results[0];
}

function said(finding: Diagnostic): string {
  const written: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  vi.stubEnv('NO_COLOR', '1');
  printDiagnostics([finding]);
  spy.mockRestore();
  vi.unstubAllEnvs();
  return written.join('');
}

import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../src/cli/explain.js';
import type { Rules } from '../../src/cli/explanations.js';
import { catalogue } from '../../src/diagnostics/catalogue.js';
import type { Rejected } from '../../src/diagnostics/diagnostic.js';
import type { Entry } from '../../src/diagnostics/entry.js';
import { keeping } from './printed.js';

const rules: Rules = {
  'event-removed': { level: 'breaking', sentence: 'Its handler is never called again.' },
};

async function said(code?: string): Promise<readonly string[]> {
  const { say } = explainCommand(code, rules);
  const { stdout, stderr } = await keeping(say);
  expect(stderr).toBe('');
  return stdout.split('\n');
}

describe('explain', () => {
  test('says of an error what it ends, why it happens and what to do', async () => {
    const { cause, fix } = catalogue['ref-root-missing'];
    expect(await said('ref-root-missing')).toEqual([
      'ref-root-missing: error, which ends a run with exit code 2',
      '',
      cause,
      '',
      `fix: ${fix}`,
      '',
    ]);
  });

  test('says of a warning no exit code, for it ends no run', async () => {
    expect((await said('name-changed'))[0]).toBe('name-changed: warning');
    expect(explainCommand('name-changed').document).not.toHaveProperty('exit');
  });

  test('shows what it looks like, where that says more', async () => {
    expect((await said('ref-remote')).slice(-7)).toEqual([
      'before:',
      '  Ticket:',
      '    $ref: https://example.com/ticket.yaml#/Ticket',
      'after:',
      '  Ticket:',
      '    $ref: ./ticket.yaml#/Ticket',
      '',
    ]);
  });

  test('says of a rule how grave it is and what it means', async () => {
    expect(await said('event-removed')).toEqual([
      'event-removed: breaking change',
      '',
      'Its handler is never called again.',
      '',
    ]);
  });

  test('takes a code as it is shouted', async () => {
    expect(await said('REF-CYCLE')).toEqual(await said('ref-cycle'));
  });

  test('is the same to a program', () => {
    for (const [code, { exit, ...entry }] of Object.entries<Entry>(catalogue)) {
      const { exitCode, document } = explainCommand(code);
      expect(exitCode).toBe(0);
      expect(document).toEqual({
        code,
        kind: 'diagnostic',
        ...entry,
        ...(entry.severity === 'error' && { exit }),
      });
    }
  });

  test('without a code lists all, a line each, in order', async () => {
    const lines = (await said()).slice(0, -1);
    const codes = lines.map((line) => line.split(' ')[0]);
    expect(codes).toEqual([...Object.keys(catalogue), ...Object.keys(rules)].sort());
    expect(lines.find((line) => line.startsWith('event-removed '))).toMatch(/ breaking {2}Its handler/);
    expect(lines.find((line) => line.startsWith('text-control-character '))).toMatch(/tab and line ends\.$/);
    const { document } = explainCommand(undefined, rules);
    expect((document as { explanations: { code: string }[] }).explanations.map(({ code }) => code)).toEqual(
      codes,
    );
  });

  test.each([
    ['ref-remot', "unknown code 'ref-remot' (Did you mean ref-remote?)"],
    ['cycle', "unknown code 'cycle' (Did you mean ref-cycle or schema-cycle or yaml-alias-cycle?)"],
    ['event-remove', "unknown code 'event-remove' (Did you mean event-removed?)"],
    ['zzzzzzzzzzzzz', "unknown code 'zzzzzzzzzzzzz'"],
    ['', "unknown code ''"],
    ['constructor', "unknown code 'constructor'"],
    ['__proto__', "unknown code '__proto__'"],
  ])('does not know %j, and says which code was meant', (code, message) => {
    expect(() => explainCommand(code, rules)).toThrow(
      expect.objectContaining({
        diagnostics: [expect.objectContaining({ code: 'explain-unknown', severity: 'error', message })],
      }) as Rejected,
    );
  });
});

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sarif } from '../../src/cli/reporters/sarif.js';
import { standpoint, type Standpoint } from '../../src/cli/reporters/place.js';
import { catalogue, type Code } from '../../src/diagnostics/catalogue.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { hasHidden } from '../../src/diagnostics/printable.js';
import { finding, nastyFinding } from './findings.js';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: object;
    };
  }[];
  readonly partialFingerprints: { readonly 'finding/v1': string };
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly { readonly executionSuccessful: boolean; readonly exitCode: number }[];
  readonly results: readonly Result[];
}

const repository: Standpoint = { cwd: '/home/me/app', root: '/home/me/app' };

function runOf(findings: readonly Diagnostic[], from = repository, exitCode = 3): Run {
  const { runs } = sarif(findings, { command: 'validate', exitCode }, from) as { runs: [Run] };
  return runs[0];
}

/** The standard's own schema. It comes in a package of SARIF's makers, beside the code that its `exports` name. */
const schema = join(
  dirname(fileURLToPath(import.meta.resolve('@microsoft/sarif-multitool-ts'))),
  '../assets/sarif-2.1.0.schema.json',
);

function validator(): (log: object) => readonly unknown[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
  return (log) => (validate(JSON.parse(JSON.stringify(log))) ? [] : (validate.errors ?? []));
}

const faults = validator();

describe('a SARIF log', () => {
  test('says what was found, where, and under which rule', () => {
    const found = [
      finding('ref-remote', 'The reference `http://x` is remote.', {
        file: 'specs/a.yaml',
        line: 3,
        column: 7,
      }),
      finding('name-changed', 'two types would be called A; this one becomes A2'),
    ];
    expect(runOf(found)).toMatchObject({
      tool: {
        driver: {
          name: 'freshworks-gen',
          rules: [
            { id: 'name-changed', defaultConfiguration: { level: 'warning' } },
            {
              id: 'ref-remote',
              shortDescription: { text: catalogue['ref-remote'].cause },
              help: { text: catalogue['ref-remote'].fix },
              defaultConfiguration: { level: 'error' },
            },
          ],
        },
      },
      invocations: [{ executionSuccessful: true, exitCode: 3 }],
      automationDetails: { id: 'freshworks-gen/validate/' },
      columnKind: 'utf16CodeUnits',
      results: [
        {
          ruleId: 'ref-remote',
          ruleIndex: 1,
          level: 'error',
          message: { text: 'The reference `http://x` is remote.' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'specs/a.yaml' },
                region: { startLine: 3, startColumn: 7 },
              },
            },
          ],
        },
        { ruleId: 'name-changed', ruleIndex: 0, level: 'warning' },
      ],
    });
    expect(runOf(found).results[1]).not.toHaveProperty('locations');
  });

  test('calls an information a note', () => {
    expect(runOf([finding('asyncapi-style', 'x')]).results[0]!.level).toBe('note');
  });

  test('of every code that there is satisfies the schema of the standard', () => {
    const all = Object.keys(catalogue).map((code) =>
      finding(code as Code, code, { file: 'a', line: 1, column: 1 }),
    );
    expect(faults(sarif(all, { command: 'check', exitCode: 4 }, repository))).toEqual([]);
    expect(faults(sarif([], { command: 'check', exitCode: 0 }, repository))).toEqual([]);
  });

  test('that breaks the standard is noticed here', () => {
    const log = sarif([finding('ref-cycle', 'x', { file: 'a b', line: 1, column: 1 })], {
      command: 'c',
      exitCode: 3,
    });
    const broken = (from: string, to: string) => JSON.parse(JSON.stringify(log).replace(from, to)) as object;
    expect(faults(broken('a%20b', 'a b'))).not.toEqual([]);
    expect(faults(broken('"startLine":1', '"startLine":0'))).not.toEqual([]);
    expect(faults(broken('"columnKind"', '"columnSort"'))).not.toEqual([]);
  });

  test('satisfies the schema whatever was found, and drives nothing', () => {
    fc.assert(
      fc.property(fc.array(nastyFinding, { maxLength: 6 }), (findings) => {
        const log = sarif(findings, { command: 'validate', exitCode: 3 }, repository);
        expect(faults(log)).toEqual([]);
        const { results } = runOf(findings);
        for (const { message, locations } of results) {
          expect(hasHidden(message.text)).toBe(false);
          expect(message.text).not.toMatch(/[\t\r\n]|\]\(|(?<!\{)(?:\{\{)*\{(?!\{)/);
          for (const { physicalLocation } of locations ?? [])
            expect(physicalLocation.artifactLocation.uri).toMatch(/^(?:file:\/\/\/)?[\w.!~*'()%/-]*$/);
        }
      }),
    );
  });

  test.each([
    ['braces {0} and {x}', 'braces {{0}} and {{x}}'],
    ['[a](https://example.com) b', '[a\\u005d(https://example.com) b'],
    ['a list [1] (or so)', 'a list [1] (or so)'],
    ['a\nb\u202ec', 'a\\u000ab\\u202ec'],
  ])('shows the message %j as it is: %j', (message, text) => {
    expect(runOf([finding('ref-cycle', message)]).results[0]!.message.text).toBe(text);
  });

  test.each([
    ['specs/a b.yaml', 'specs/a%20b.yaml'],
    ['a:b', 'a%3Ab'],
    ['%2e%2e/x', '%252e%252e/x'],
    ['specs/店?#.yaml', 'specs/%E5%BA%97%3F%23.yaml'],
    ['lone\ud800', 'lone%EF%BF%BD'],
    ['/home/me/app/specs/a.yaml', 'specs/a.yaml'],
    ['../common/a.yaml', 'file:///home/me/common/a.yaml'],
    ['/etc/[x]|^`.yaml', 'file:///etc/%5Bx%5D%7C%5E%60.yaml'],
  ])('names the file %j by the URI %s', (file, uri) => {
    const [result] = runOf([finding('ref-cycle', 'x', { file, line: 1, column: 1 })]).results;
    expect(result!.locations![0]!.physicalLocation.artifactLocation.uri).toBe(uri);
  });

  test('inside Actions names files from the root of the repository', () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/home/me' };
    const found = [finding('ref-cycle', 'x', { file: 'a.yaml', line: 1, column: 1 })];
    const uri = (from: Standpoint) =>
      runOf(found, from).results[0]!.locations![0]!.physicalLocation.artifactLocation.uri;
    expect(uri(standpoint(env, '/home/me/app'))).toBe('app/a.yaml');
    expect(uri(standpoint({ GITHUB_WORKSPACE: '/home/me' }, '/home/me/app'))).toBe('a.yaml');
    expect(uri(standpoint({ ...env, GITHUB_WORKSPACE: 'elsewhere' }, '/home/me/app'))).toBe('a.yaml');
  });

  test.each([
    [0, 1],
    [1, 0],
    [1.5, 1],
    [NaN, 1],
  ])('leaves out line %d and column %d, which SARIF forbids, and keeps the file', (line, column) => {
    const [result] = runOf([finding('ref-cycle', 'x', { file: 'a', line, column })]).results;
    expect(result!.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'a' } } }]);
  });

  test('recognises a finding when lines have come before it, and tells those that are alike apart', () => {
    const at = (line: number, message = 'x') => finding('ref-cycle', message, { file: 'a', line, column: 1 });
    const prints = (findings: readonly Diagnostic[]) =>
      runOf(findings).results.map(({ partialFingerprints }) => partialFingerprints['finding/v1']);
    expect(prints([at(1), at(5)])).toEqual(prints([at(11), at(15)]));
    expect(new Set(prints([at(1), at(5), at(1, 'y'), finding('ref-cycle', 'x')])).size).toBe(4);
  });

  test.each([
    [0, true],
    [1, false],
    [2, false],
    [3, true],
    [4, true],
    [5, true],
  ])('of a run that ended with %i says that it gave an answer: %s', (exitCode, executionSuccessful) => {
    expect(runOf([], repository, exitCode).invocations).toEqual([{ executionSuccessful, exitCode }]);
  });
});

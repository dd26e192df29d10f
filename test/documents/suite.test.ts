import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Rejected } from '../../src/diagnostics/diagnostic.js';
import { literal } from '../../src/typescript/code.js';
import { describe as read, generate } from '../../src/app/generate.js';
import { filesBelow } from '../cases/run.js';
import { execute, type Kit } from '../emit/execute.js';
import { faults, lenient } from '../emit/program.js';
import { documentOf, eventOf, isPresent, readGroups, type Group } from './suite.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

if (!isPresent)
  console.log('Left out: the official JSON Schema test suite. JSON_SCHEMA_TEST_SUITE says where it is.');

/** Why a schema of the suite may be refused: what its text holds then. */
const refusals: readonly [code: string, holds: RegExp][] = [
  ['ref-remote', /"\$ref": ?"(?:https?|urn):/],
  ['ref-absolute', /"\$ref": ?"\//],
  // What `$id` makes of a reference is left to others: it is a path to a file, and none is there.
  ['ref-file-missing', /"\$id"|"\$ref": ?"[^#:/][^:]*"/],
  ['ref-missing', /"\$id"/],
  ['ref-malformed', /"\$ref": ?"#[^/"]/],
  ['key-forbidden', /"__proto__"/],
  ['name-rejected', /\\[rtfn]/],
];

/** Where the kit does as ajv does, and the suite would have it otherwise. */
const asAjv: readonly [group: RegExp, why: string][] = [
  [/^ref: ref overrides any sibling keywords$/, 'what stands beside $ref counts, as in every later draft'],
  [/^optional\/content: /, 'content that is encoded in a text is not looked at'],
  [/^optional\/float-overflow: /, 'numbers are those of JavaScript'],
  [/^optional\/format\/(?:idn-email|idn-hostname|iri|iri-reference): /, 'the format is an annotation'],
  [/^optional\/format\/hostname: /, 'labels of other scripts are not decoded; a name may end in a dot'],
  [/^optional\/format\/ecmascript-regex: /, 'escapes of letters are taken'],
  [/^optional\/format\/uri(?:-reference|-template)?: /, 'the grammar is read a little wider or narrower'],
];

describe.runIf(isPresent)('the official JSON Schema test suite', () => {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'suite-')));
  const groups = isPresent ? readGroups() : [];
  /** The codes that groups were refused with. */
  const refused = new Map<Group, Set<string>>();
  let taken: readonly Group[] = groups;
  let files: ReadonlyMap<string, string>;
  let kit: Kit;

  beforeAll(async () => {
    for (const { file, schema } of groups) writeFileSync(join(project, file), JSON.stringify(schema));
    while (await refuses(taken)) taken = groups.filter((group) => !refused.has(group));
    await generate({ cwd: project, out: 'events', spec: ['spec.json'] });
    files = filesBelow(join(project, 'events'));
    kit = await execute(files);
  });

  /** Whether any of some groups is refused, which is noted. */
  async function refuses(some: readonly Group[]): Promise<boolean> {
    writeFileSync(join(project, 'spec.json'), JSON.stringify(documentOf(some)));
    try {
      await read({ cwd: project, spec: ['spec.json'] });
      return false;
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      for (const { code, position } of error.diagnostics) {
        const group = some.find(({ file }) => file === position?.file);
        if (group === undefined) throw error;
        refused.set(group, (refused.get(group) ?? new Set()).add(code));
      }
      return true;
    }
  }

  test('what is refused is refused for what it holds, and most is taken', () => {
    const unexplained = [...refused].flatMap(([{ name, schema }, codes]) =>
      [...codes]
        .filter((code) => !refusals.some(([known, holds]) => known === code && holds.test(text(schema))))
        .map((code) => `${name}: ${code}`),
    );
    expect(unexplained).toEqual([]);
    expect(taken.length).toBeGreaterThan(6 * refused.size);
  });

  test('every verdict is that of the suite, and elsewhere that of ajv', () => {
    const differences: string[] = [];
    for (const { name, file, schema, tests } of taken) {
      const { validate } = kit.validators[eventOf(file)]!['~standard'];
      for (const { description, data, valid } of tests) {
        const verdict = validate(data).issues === undefined;
        if (verdict === valid) continue;
        const known = asAjv.some(([group]) => group.test(name)) && verdict === plain(schema)(data);
        if (!known) differences.push(`${name}, ${description}: ${verdict}`);
      }
    }
    expect(differences).toEqual([]);
  });

  test('everything that is accepted is of the printed type', () => {
    const lines = ["import type { EventPayloads } from './events.js';"];
    const told = new Map<number, string>();
    for (const { name, file, tests } of taken) {
      for (const { description, data } of tests) {
        if (kit.validators[eventOf(file)]!['~standard'].validate(data).issues !== undefined) continue;
        told.set(lines.length + 1, `${name}, ${description}`);
        lines.push(
          `export const v${lines.length} = (_: ${literal(data).text}): EventPayloads['${eventOf(file)}'] => _;`,
        );
      }
    }
    const wrong = faults(lenient(files).set('values.ts', lines.join('\n'))).map(
      (fault) => `${told.get(Number(/^values\.ts:(\d+)/.exec(fault)?.[1])) ?? ''} ${fault}`,
    );
    expect(wrong).toEqual([]);
  });
});

function text(schema: Group['schema']): string {
  return JSON.stringify(schema);
}

function plain(schema: Group['schema']): (value: unknown) => boolean {
  const ajv = new Ajv({ strict: false, ownProperties: true, logger: false });
  formats.default(ajv);
  return ajv.compile(schema as object);
}

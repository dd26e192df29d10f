import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { contractOf, type Contract } from '../../src/model/contract.js';
import type { Json } from '../../src/model/json.js';
import type { Catalog } from '../../src/model/catalog.js';
import type { Change } from '../../src/diff/change.js';
import { compare } from '../../src/diff/compare.js';
import { emitPayloads } from '../../src/emit/payloads.js';
import { catalogOf } from '../emit/catalog.js';
import { faults } from '../emit/program.js';
import { documents, edited, edits, nameIn, together } from './documents.js';
import { deliveriesFor } from './deliveries.js';
import { readersOf } from './reader.js';
import { all, seed as first } from '../sample.js';
import { verdicts } from './verdicts.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/*
 * Levels are promises about code and deliveries, and are held to them here: readers are written from the types of a document,
 * the document is edited, and the compiler says which of them still compile, ajv which deliveries are still taken. All documents
 * of a round are one program. `FUZZ_ROUNDS=20` goes on for longer, and
 * `FUZZ_SEED=5` begins with the fifth.
 */
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 1);
const count = all ? 80 : 20;

describe.each(Array.from({ length: rounds }, (_, round) => first + round))('with the seed %i', (seed) => {
  const before = fc.sample(documents, { seed, numRuns: count });
  const made = fc.sample(edits, { seed, numRuns: count });
  const after = before.map((schemas, index) => edited(schemas, made[index]!));
  const say = (index: number) =>
    `${index} (FUZZ_SEED=${seed}): ${differing(before[index]!, after[index]!)} was told as ${JSON.stringify(told(index))}`;

  let changes: readonly Change[];
  /** What no longer compiles, by document. */
  let broken: ReadonlyMap<number, readonly string[]>;
  /** What is no longer taken, by document. */
  let refused: ReadonlyMap<number, readonly Json[]>;

  beforeAll(async () => {
    const [base, head] = [catalogOf(together(before)).catalog, catalogOf(together(after)).catalog];
    changes = compare(contractOf(base), contractOf(head));
    broken = await brokenReaders(base, head);
    refused = refusedDeliveries(base, head);
  });

  function told(index: number): readonly string[] {
    const own = new RegExp(`\\b${nameIn(index, '')}(?![0-9])`);
    return changes
      .filter(({ subject }) => own.test(subject))
      .map(({ level, rule, subject }) => `${level} ${rule} ${subject}`);
  }

  test('what is called safe breaks no code and refuses no delivery', () => {
    const wrong = before.flatMap((_, index) => {
      if (told(index).some((label) => !label.startsWith('safe'))) return [];
      const witnesses = [
        ...(broken.get(index) ?? []),
        ...(refused.get(index) ?? []).map((each) => JSON.stringify(each)),
      ];
      return witnesses.length > 0 ? [`${say(index)}, but ${witnesses[0]}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test('what is called breaking breaks code, or a delivery is refused', () => {
    const wrong = before.flatMap((_, index) => {
      if (!told(index).some((label) => label.startsWith('breaking'))) return [];
      return broken.has(index) || refused.has(index) ? [] : [say(index)];
    });
    expect(wrong).toEqual([]);
  });

  test('the edits are worth something', () => {
    for (const level of ['breaking', 'risky', 'safe']) {
      expect(changes.filter((change) => change.level === level).length).toBeGreaterThanOrEqual(count / 40);
    }
  });

  function refusedDeliveries(base: Catalog, head: Catalog): ReadonlyMap<number, readonly Json[]> {
    const [was, is] = [verdicts(base), verdicts(head)];
    return new Map(
      before.flatMap((schemas, index) => {
        const lost = Object.keys(schemas).flatMap((name) => {
          const event = nameIn(index, name);
          const values = fc.sample(deliveriesFor(schemas, schemas[name]!), { seed, numRuns: 30 });
          return values.filter((value) => was(event, value) && !is(event, value));
        });
        return lost.length > 0 ? [[index, lost] as const] : [];
      }),
    );
  }
});

/** The readers of the base that compile with its own types and not with those of the head, by document. */
async function brokenReaders(base: Catalog, head: Catalog): Promise<ReadonlyMap<number, readonly string[]>> {
  const contract: Contract = contractOf(base);
  const readers = readersOf(contract);
  const files = new Map([
    ['base.ts', await payloadsOf(base)],
    ['head.ts', await payloadsOf(head)],
  ]);
  const odd = new Set(linesWith(faults(new Map([...files, ['readers.ts', program(readers, 'base')]]))));
  const sound = readers.filter((_, index) => !odd.has(index));
  const found = new Map<number, string[]>();
  for (const line of linesWith(faults(new Map([...files, ['readers.ts', program(sound, 'head')]])))) {
    const [type, text] = sound[line]!;
    const index = Number(/^K(\d+)/.exec(type)?.[1]);
    found.set(index, [...(found.get(index) ?? []), text]);
  }
  return found;
}

async function payloadsOf(catalog: Catalog): Promise<string> {
  return (await emitPayloads(catalog, '.js')).map(({ code }) => code).join('\n');
}

function program(readers: readonly (readonly [string, string])[], head: 'base' | 'head'): string {
  const lines = readers.map(([, text], index) => `export const r${index} = ${text};`);
  return [
    `import type * as Base from './base.js';`,
    `import type * as Head from './${head}.js';`,
    ...lines,
  ].join('\n');
}

/** The readers that the compiler objects to. */
function linesWith(found: readonly string[]): readonly number[] {
  return found.flatMap((fault) => {
    const line = /^readers\.ts:(\d+)/.exec(fault)?.[1];
    if (line === undefined) throw new Error(fault);
    return [Number(line) - 3];
  });
}

/** The schemas that an edit has changed. */
function differing(before: object, after: object): string {
  const old = new Map(Object.entries(before).map(([name, node]) => [name, JSON.stringify(node)]));
  const changed = Object.entries(after).filter(([name, node]) => old.get(name) !== JSON.stringify(node));
  return changed.map(([name, node]) => `${name} ${old.get(name)} to ${JSON.stringify(node)}`).join(', ');
}

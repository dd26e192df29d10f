import { beforeAll, describe, expect, test } from 'vitest';
import { contractOf, type Contract } from '../../src/model/contract.js';
import type { JsonObject } from '../../src/model/json.js';
import { compare } from '../../src/diff/compare.js';
import { rules, type RuleId } from '../../src/model/change-rules.js';
import { catalogOf } from '../emit/catalog.js';
import { githubAfter, shippedAfter } from './edited.js';
import { githubEdits } from './github-edits.js';
import { shippedEdits } from './shipped-edits.js';
import { smallEdits } from './small-edits.js';

const contract = (schemas: JsonObject) => contractOf(catalogOf(schemas).catalog);
const told = (base: Contract, head: Contract) =>
  compare(base, head).map(({ rule, subject }) => `${rule} ${subject}`);

test('every rule has an edit that it is told for', () => {
  const labels = [
    ...shippedEdits.flatMap(([, , ...expected]) => expected),
    ...githubEdits.flatMap((edit) => edit.labels),
    ...smallEdits.flatMap(([, , , ...expected]) => expected),
    // What no document says; `test/cli/diff-kits.test.ts` has the configurations.
    ...['adapter', 'client', 'inbox', 'handlers'].flatMap((part) => [
      `safe ${part}-added`,
      `breaking ${part}-removed`,
    ]),
  ];
  const seen = new Set(labels.map((label) => label.split(' ')[1]));
  expect(Object.keys(rules).filter((rule) => !seen.has(rule))).toEqual([]);
});

test('every label has the level of its rule', () => {
  for (const [, , ...labels] of shippedEdits) {
    for (const [level, rule] of labels.map((label) => label.split(' '))) {
      expect(rules[rule as RuleId].level).toBe(level);
    }
  }
});

/** What is told of the way back, where it is another rule that does not depend on more. */
const reverse: Partial<Record<RuleId, RuleId>> = {
  'event-added': 'event-removed',
  'event-removed': 'event-added',
  'field-added': 'field-removed',
  'field-optional': 'field-required',
  'field-required': 'field-optional',
  'nullable-added': 'nullable-removed',
  'nullable-removed': 'nullable-added',
  'type-widened': 'type-narrowed',
  'type-narrowed': 'type-widened',
  'integer-widened': 'integer-required',
  'integer-required': 'integer-widened',
  'enum-member-added': 'enum-member-removed',
  'enum-member-removed': 'enum-member-added',
  'enum-opened': 'enum-closed',
  'variant-added': 'variant-removed',
  'keys-accepted': 'keys-refused',
  'keys-refused': 'keys-accepted',
  'delivery-key-added': 'delivery-key-removed',
  'content-type-added': 'content-type-removed',
  'authentication-added': 'authentication-removed',
  'product-added': 'product-removed',
  'discriminator-added': 'discriminator-removed',
  'field-renamed': 'field-renamed',
  retyped: 'retyped',
  'const-changed': 'const-changed',
  'format-changed': 'format-changed',
  'constraint-changed': 'constraint-changed',
  'type-added': 'type-removed',
  'type-renamed': 'type-renamed',
};

describe('there and back', () => {
  const rows = smallEdits
    .filter(([, , , ...labels]) => labels.length === 1)
    .map(([what, before, after, label]) => ({ what, before, after, rule: label!.split(' ')[1] as RuleId }))
    .flatMap((row) => (reverse[row.rule] ? [{ ...row, back: reverse[row.rule] }] : []));

  test.each(rows)('$what: $rule, then $back', ({ before, after, back }) => {
    const changes = compare(contract(after), contract(before));
    expect(changes.map(({ rule }) => rule)).toContain(back);
  });

  test('what is the same both ways is nothing', () => {
    for (const [, before, after] of smallEdits) {
      expect(told(contract(before), contract(before))).toEqual([]);
      expect(told(contract(after), contract(after))).toEqual([]);
    }
  });
});

describe('edits together', () => {
  let base: Contract;
  beforeAll(async () => {
    base = await shippedAfter([]);
  });

  /** Edits of which none touches what another does. */
  const apart = [
    'a field renamed',
    'a field of fewer types',
    'a required field that may be absent',
    'a member more in a closed enum',
    'an enum closed',
    'another const',
    'items of another type',
    'a custom field by its name',
    'an event gone',
    'a handler by another name',
    'no word for the event',
    'another header of a signature',
    'a way to authenticate less',
  ];

  test('are told as each by itself', async () => {
    const some = shippedEdits.filter(([what]) => apart.includes(what));
    expect(some).toHaveLength(apart.length);
    const head = await shippedAfter(some.flatMap(([, actions]) => actions));
    const labels = compare(base, head).map(({ level, rule, subject }) => `${level} ${rule} ${subject}`);
    expect(labels.toSorted()).toEqual(some.flatMap(([, , ...expected]) => expected).toSorted());
  });

  test('the worst is told first, and the order of a document makes no difference', () => {
    const head = githubAfter((document) => {
      for (const { make } of githubEdits.slice(1, 4)) make(document);
    });
    const turned = githubAfter((document) => {
      for (const { make } of githubEdits.slice(1, 4).toReversed()) make(document);
      const entries = Object.entries(document.schemas).toReversed();
      for (const [name] of entries) delete document.schemas[name];
      Object.assign(document.schemas, Object.fromEntries(entries));
    });
    const plain = githubAfter(() => undefined);
    const changes = compare(plain, head);
    expect(changes.map(({ level }) => level)).toEqual(['breaking', 'breaking', 'safe']);
    expect(compare(plain, turned)).toEqual(changes);
  });

  test('what many events carry is told once, with all of them', () => {
    const plain = githubAfter(() => undefined);
    const [change, ...others] = compare(plain, githubAfter(githubEdits[1]!.make));
    expect(others).toEqual([]);
    expect(change?.events.length).toBeGreaterThan(50);
    expect(change?.events).toContain('github/label');
  });
});

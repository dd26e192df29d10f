import type { Schema } from '../model/catalog.js';
import { references } from '../model/subschemas.js';
import type { Comparison, Manner, ReportedAt } from './comparison.js';
import type { ContractPath } from './change.js';
import type { Payloads } from './events.js';
import { isDeprecated } from './members.js';
import type { Report } from './report.js';
import { rules } from '../model/change-rules.js';
import { compareSchemas } from './schemas.js';
import { atType, type At, type IndexedContract } from './indexed-contract.js';
import { dataText } from './simple.js';
import { guardedIn } from './guarded.js';
import { variantsIn } from './variant-types.js';

/** Far deeper than a schema is read: types that are put together from types may go on for longer. */
const maxDepth = 200;

/** Compares the types of payloads: each with the one that stands in its place, and with the one of its name. */
export function compareTypes(
  base: IndexedContract,
  head: IndexedContract,
  { paired, moved, gone, come }: Payloads,
  report: Report,
): void {
  const pairs = new Map<string, Set<string>>();
  const waiting: (readonly [string, string])[] = [];
  const followed = new Set(moved);
  const went = new Set(gone);
  const came = new Set(come);
  const compared = new Set<string>();
  let depth = 0;
  const variants = new Set([...variantsIn(base), ...variantsIn(head)]);

  let guarded: ReadonlySet<string> | undefined;
  /** Whether a value that becomes one of a type may be refused for it. */
  const isGuarded = (name: string) => {
    guarded ??= new Set([...guardedIn(base), ...guardedIn(head)]);
    return guarded.has(name);
  };

  const comparison: Comparison = {
    base,
    head,
    schemas(before, after, manner) {
      const key = dataText([before.at.type, before.at.path, after.at.type, after.at.path, manner]);
      if (compared.has(key)) return;
      compared.add(key);
      if (depth >= maxDepth) {
        const message = `${after.at.shown} is nested too deeply to be compared.`;
        reportChange('schema-changed', { base: before.at, head: after.at }, message);
        return;
      }
      depth += 1;
      compareSchemas(before, after, manner, comparison);
      depth -= 1;
    },
    pair(before, after) {
      const known = pairs.get(before) ?? new Set();
      if (known.has(after)) return;
      pairs.set(before, known.add(after));
      waiting.push([before, after]);
    },
    report: reportChange,
    wentWith: (schema) => {
      for (const name of references(schema)) went.add(name);
    },
    cameWith: (schema) => {
      for (const name of references(schema)) came.add(name);
    },
    isVariant: (name) => variants.has(name),
    count: () => report.count(),
    worst: (from) => report.worst(from),
  };

  for (const [before, after] of paired) comparison.pair(before, after);
  comparePairs();
  for (const name of base.types.keys()) if (head.types.has(name)) comparison.pair(name, name);
  comparePairs();
  compareNames();

  function comparePairs(): void {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [before, after] = next;
      const [old, now] = [base.types.get(before), head.types.get(after)];
      if (old === undefined || now === undefined) continue;
      const locations = { base: atType(before), head: atType(after) };
      if (isDeprecated(now.schema) && !isDeprecated(old.schema))
        reportChange('deprecated', locations, `${after} is deprecated.`);
      const isVariant = variants.has(before) || variants.has(after);
      compareSchemas(
        { schema: old.schema, at: locations.base },
        { schema: now.schema, at: locations.head },
        { variant: isVariant, certain: true },
        comparison,
      );
    }
  }

  /** Which types there are, by what name and in which file: what code imports. */
  function compareNames(): void {
    reach(base, followed);
    reach(base, went);
    reach(head, came);
    for (const { name, module, root } of base.types.values()) {
      const now = head.types.get(name);
      const [only, ...others] = [...(pairs.get(name) ?? [])].filter((other) => !base.types.has(other));
      const at = { base: atType(name), ...(now && { head: atType(name) }), subject: `type ${name}` };
      if (now) {
        if (now.module !== module && !followed.has(name))
          reportChange(
            'type-moved',
            at,
            `${name} is in payloads/${now.module}.ts; it was in payloads/${module}.ts.`,
          );
        if (root && !now.root)
          reportChange('guard-removed', at, `is${name} is gone: no event has the payload ${name}.`);
      } else if (only !== undefined && others.length === 0) {
        came.add(only);
        reportChange('type-renamed', { ...at, head: atType(only) }, `${name} is called ${only} now.`);
      } else if (!went.has(name)) reportChange('type-removed', at, `${name} is gone.`);
    }
    for (const name of head.types.keys()) {
      if (base.types.has(name) || came.has(name)) continue;
      reportChange('type-added', { head: atType(name), subject: `type ${name}` }, `${name} is new.`);
    }
  }

  function reportChange(
    rule: keyof typeof rules,
    { base: before, head: after, subject }: ReportedAt,
    message: string,
    manner?: Manner,
  ): void {
    const isSure = manner?.certain !== false || rules[rule].level !== 'breaking';
    const isWider = rule === 'keys-accepted' && isGuarded(after?.type ?? '');
    report.add({
      rule: isWider ? 'constraint-changed' : isSure ? rule : 'schema-changed',
      subject: subject ?? before?.shown ?? after?.shown ?? '',
      message,
      before: before && pathOf(before),
      after: after && pathOf(after),
    });
  }
}

function pathOf({ type, path }: At): ContractPath {
  return { kind: 'type', name: type, path };
}

/** Adds to some types all that they refer to. */
function reach({ types }: IndexedContract, names: Set<string>): void {
  for (const name of names) {
    const schema: Schema | undefined = types.get(name)?.schema;
    if (schema !== undefined) for (const each of references(schema)) names.add(each);
  }
}

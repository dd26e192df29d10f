import { diagnostic, Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import type { SourceLocation } from '../diagnostics/source-location.js';
import { hasHidden } from '../diagnostics/printable.js';
import { collecting } from './collecting.js';
import type { Document } from '../model/document.js';
import type { Json, JsonArray, JsonObject } from '../model/json.js';
import { besideReference, ignoredBeside } from './keywords.js';
import type { PayloadType, Schema, SchemaObject } from '../model/catalog.js';
import { skeletonOf } from './confusable.js';
import { foldedName, hasName, looksLikeCode, namePart, typeName } from './names.js';
import { schemaNameOf } from './pointer-name.js';
import { titleOf } from './product.js';
import { sameTypes } from './same-types.js';
import { nameTypes } from './type-names.js';
import { isObject, pointerOf, pointerSteps, valueAt } from '../model/pointer.js';
import { checkFormat, isMultiFormat } from './schema-format.js';
import { readSchema, type Branch, type Step } from './schema.js';
import { admittedBy } from '../model/simple-types.js';
import { warnOfUntyped } from './untyped.js';
import { noteNode } from './source-map.js';

/** Collects the types that payloads are made of. Names are settled when all are known. */
export interface TypeCollector {
  /**
   * Takes a payload and returns the key of its type. A payload that is written in place is called by the first of `names`
   * that is free; `place` tells it from all others of its document.
   */
  payload(
    document: Document,
    at: JsonObject,
    key: string,
    names: readonly [string, ...string[]],
    place: string,
    product: string,
  ): string;
  /** @throws Rejected with what is wrong with each type */
  finish(): { readonly types: readonly PayloadType[]; nameOf(key: string): string };
}

interface Draft {
  /** Where it stands: unique, and the same whatever else the documents hold. */
  readonly key: string;
  readonly document: Document;
  readonly at: JsonObject | JsonArray;
  readonly atKey: string | number;
  readonly wanted: string;
  /** What it would be called without its title. */
  readonly byPlace: string | undefined;
  /** Longer names, for where that is another's. */
  readonly instead: readonly string[];
  /** Whether it is written inside another type, and nothing refers to it there. */
  nested: boolean;
  readonly parts: Set<string>;
  root: boolean;
  schema: Schema;
}

export function collectTypes(report: Report): TypeCollector {
  const drafts = new Map<string, Draft>();
  const unread: Draft[] = [];
  const products = new Map<string, Set<string>>();
  const errors: Diagnostic[] = [];
  /** Nodes whose neighbours have been looked at: the language beside a schema, the keywords beside a reference. */
  const checked = new Set<JsonObject>();

  /** Where each schema that was read stands, for what is found once all are. */
  const stands = new WeakMap<SchemaObject, { at: JsonObject | JsonArray; key: string | number }>();

  return { payload, finish };

  function payload(
    document: Document,
    at: JsonObject,
    key: string,
    names: readonly [string, ...string[]],
    location: string,
    product: string,
  ): string {
    const [name, ...instead] = names;
    const node = at[key];
    const isReference = isObject(node) && isBareReference(node);
    if (isReference) noteBeside(document, node);
    const draft = isReference
      ? referred(document, String(node['$ref']), node)
      : draftOf(
          document,
          at,
          key,
          sanitised(name, document.sourceMap.of(at, key)),
          `${document.name}#${location}`,
          false,
          undefined,
          instead.map(typeName),
        );
    draft.root = true;
    while (unread.length > 0) collecting(errors, () => read(unread.pop() as Draft));
    markUse(draft.key, product);
    return draft.key;
  }

  function draftOf(
    document: Document,
    at: JsonObject | JsonArray,
    atKey: string | number,
    wanted: string,
    key: string,
    nested: boolean,
    byPlace?: string,
    instead: readonly string[] = [],
  ): Draft {
    const known = drafts.get(key);
    if (known) {
      known.nested &&= nested;
      return known;
    }
    const draft: Draft = {
      key,
      document,
      at,
      atKey,
      wanted,
      byPlace,
      instead,
      nested,
      root: false,
      parts: new Set(),
      schema: true,
    };
    drafts.set(key, draft);
    unread.push(draft);
    return draft;
  }

  function sanitised(name: string, location: SourceLocation | undefined): string {
    const given = typeName(name);
    if (looksLikeCode(name))
      report(diagnostic('name-sanitised', `a type named like code becomes ${given}`, location));
    return given;
  }

  /** The type at the end of a chain of references. */
  function referred(document: Document, ref: string, from: JsonObject): Draft {
    let current = ref;
    const seen = new Set<string>();
    for (;;) {
      const steps = pointerSteps(current);
      const target = steps && valueAt(document.data, steps);
      if (steps === undefined || steps.length === 0 || target === undefined || seen.has(current)) {
        throw new Rejected(
          diagnostic(
            'reference-missing',
            'the reference leads to no schema',
            document.sourceMap.of(from, '$ref'),
          ),
        );
      }
      seen.add(current);
      const multiFormat = isMultiFormat(target);
      if (multiFormat && !checked.has(target)) {
        checked.add(target);
        checkFormat(target, document.sourceMap, report);
      }
      const schema = multiFormat ? target['schema'] : target;
      if (isObject(schema) && isBareReference(schema)) {
        noteBeside(document, schema);
        current = String(schema['$ref']);
        continue;
      }
      const container = multiFormat
        ? target
        : (valueAt(document.data, steps.slice(0, -1)) as JsonObject | JsonArray);
      const last = multiFormat ? 'schema' : (steps.at(-1) as string);
      const name = schemaNameOf(steps);
      if (hasHidden(name)) {
        const location = document.sourceMap.of(container, last);
        throw new Rejected(
          diagnostic('name-rejected', 'the schema name holds characters that cannot be seen', location),
        );
      }
      const identity = identityOf(document, target, steps);
      const start = document.sourceMap.of(container, last);
      // A step that is no name of the document's leads to what has one of its own, or is called by its place.
      const title = isObject(schema) && name !== steps.at(-1) ? titleIn(schema) : undefined;
      if (title === undefined)
        return draftOf(document, container, last, sanitised(name, start), identity, false);
      return draftOf(document, container, last, sanitised(title, start), identity, false, typeName(name));
    }
  }

  function noteBeside({ sourceMap }: Document, node: JsonObject): void {
    const ignored = ignoredBeside(node);
    if (ignored.length === 0 || checked.has(node)) return;
    checked.add(node);
    report(besideReference(node, ignored, sourceMap));
  }

  function read(draft: Draft): void {
    const { document, at, atKey } = draft;
    const value = (at as JsonObject)[atKey] as Json;
    draft.schema = readSchema(value, at, atKey, {
      places: document.sourceMap,
      report,
      noted: (schema, at, key) => {
        stands.set(schema, { at, key });
        return schema;
      },
      refer: (ref, node) => {
        const target = referred(document, ref, node);
        draft.parts.add(target.key);
        return target.key;
      },
      nest: (node, at, key, steps, branches) => {
        const [byPlace, ...further] = namesInside(draft.wanted, steps, branches);
        const titled = titleIn(node);
        const part = draftOf(
          document,
          at,
          key,
          titled === undefined
            ? byPlace
            : sanitised(titled, document.sourceMap.of(node, 'title') ?? document.sourceMap.of(at, key)),
          `${draft.key}${branches.map(identityOfBranch).join('')}${steps.map(pathOf).join('')}`,
          true,
          titled === undefined ? undefined : byPlace,
          further,
        );
        draft.parts.add(part.key);
        return part.key;
      },
    });
  }

  function markUse(start: string, product: string): void {
    const pending = [start];
    while (pending.length > 0) {
      const key = pending.pop() as string;
      const users = products.get(key) ?? new Set();
      if (users.has(product)) continue;
      products.set(key, users.add(product));
      pending.push(...(drafts.get(key)?.parts ?? []));
    }
  }

  function finish(): ReturnType<TypeCollector['finish']> {
    if (errors.length > 0) throw new Rejected(...errors);
    const all = [...drafts.values()];
    const admitted = admittedBy((key) => drafts.get(key)?.schema);
    for (const { schema, document } of all) {
      const locationOf = (each: SchemaObject) => {
        const found = stands.get(each);
        return found && document.sourceMap.of(found.at, found.key);
      };
      warnOfUntyped(schema, admitted, locationOf, report);
    }
    const claims = all.map((item) => ({ ...item, identity: `${item.nested ? 1 : 0}${item.key}` }));
    const same = sameTypes(claims);
    const standing = claims.filter(({ key }) => (same.get(key) ?? key) === key);
    const names = nameTypes(
      standing.map(({ key, identity, wanted, byPlace, instead, document }) => ({
        key,
        identity,
        wanted,
        byPlace,
        instead,
        document: document.name,
        byDocument: typeName(`${titleOf(document)} ${wanted}`),
      })),
    );
    const nameOf = (key: string) => names.get(same.get(key) ?? key) as string;
    noteNames(standing, nameOf);
    const types = standing.map((item): PayloadType => {
      const equals = same.has(item.key) ? claims.filter(({ key }) => same.get(key) === item.key) : [item];
      const users = [...new Set(equals.flatMap(({ key }) => [...(products.get(key) ?? [])]))];
      const type = {
        name: nameOf(item.key),
        module: users.length === 1 ? (users[0] as string) : 'shared',
        root: equals.some(({ root }) => root),
        nested: item.nested && equals.length === 1,
        schema: renamed(equals.reduce(describedAlike, item.schema), nameOf),
      };
      return noteNode(type, { document: item.document, at: item.at, key: item.atKey });
    });
    return { types: types.sort((a, b) => (a.name < b.name ? -1 : 1)), nameOf };
  }

  /** Points out the types that are not called as the document calls them, and names that look alike. */
  function noteNames(types: readonly Draft[], nameOf: (key: string) => string): void {
    const seen = new Map<string, string>();
    for (const { key, wanted, byPlace, instead, nested, document, at, atKey } of types) {
      const given = nameOf(key);
      const location = document.sourceMap.of(at, atKey);
      if (![wanted, byPlace, ...instead].includes(given)) {
        const cure = nested ? '; a title of its own names it' : '';
        const message = `two types would be called ${wanted}; this one becomes ${given}${cure}`;
        report(diagnostic('name-changed', message, location));
      }
      const skeleton = skeletonOf(given.toLowerCase());
      const other = seen.get(skeleton);
      if (other !== undefined && other !== given)
        report(diagnostic('name-confusable', 'the name of the type looks like another one', location));
      seen.set(skeleton, given);
    }
  }
}

/** A schema without the description that not all of its equals have. */
function describedAlike(schema: Schema, { schema: equal }: Draft): Schema {
  if (typeof schema === 'boolean' || typeof equal === 'boolean' || schema.description === equal.description)
    return schema;
  const { description: _, ...rest } = schema;
  return rest;
}

/** A reference stands for its target, but where null is taken as well. */
function isBareReference(node: JsonObject): boolean {
  return Object.hasOwn(node, '$ref') && node['nullable'] !== true;
}

/** One schema in a file that two documents refer to is one type: the position in the file says so. */
function identityOf(document: Document, target: Json, steps: readonly string[]): string {
  const path =
    steps[0] === 'x-external'
      ? `${steps[1]}#${pointerOf(steps.slice(2))}`
      : `${document.name}#${pointerOf(steps)}`;
  if (typeof target !== 'object' || target === null) return path;
  const file = document.sourceMap.of(target as JsonObject)?.position.file;
  return steps[0] === 'x-external' && file !== undefined ? `${file}#${pointerOf(steps.slice(2))}` : path;
}

/** The title of a schema, where it can name a type: a sentence cannot. */
function titleIn({ title }: JsonObject): string | undefined {
  return typeof title === 'string' && hasName(title) && namePart(title).length <= 40 ? title : undefined;
}

/**
 * What a type inside another may be called, the shortest first: after the message whose payload it is a part of, with the
 * members that lead to the branch it stands in, with the branch itself. A part of a payload that is called payload would have
 * the name of the whole, so it is called after the payload.
 */
function namesInside(
  owner: string,
  steps: readonly Step[],
  branches: readonly Branch[],
): readonly [string, ...string[]] {
  const message = owner.replace(/(?<=.)Payload$/, '');
  const way = [...branches.flatMap((branch) => branch.steps), ...steps].map(partOf).join('');
  const whole = branches.map(
    ({ steps, keyword, key }) => steps.map(partOf).join('') + namePart(`${keyword} ${key}`),
  );
  const names = [
    message + steps.map(partOf).join(''),
    message + way,
    owner + way,
    `${owner}${whole.join('')}${steps.map(partOf).join('')}`,
  ].map(typeName);
  const isFree = (name: string) => foldedName(name) !== foldedName(owner);
  return [...new Set(names.filter(isFree))] as [string, ...string[]];
}

/** What a step adds to the name of a nested type. */
function partOf(step: Step): string {
  if (step === 'item') return 'Item';
  return step === 'value' ? 'Value' : namePart(step.member);
}

/** What a branch adds to the identity of a nested type. */
function identityOfBranch({ steps, keyword, key }: Branch): string {
  return JSON.stringify([...steps, keyword, key]);
}

/** What a step adds to the identity of a nested type: what a pointer to it says. */
function pathOf(step: Step): string {
  if (step === 'item') return '/items';
  return step === 'value' ? '/additionalProperties' : pointerOf(['properties', step.member]);
}

/** Puts the settled names where the keys were. */
function renamed(schema: Schema, nameOf: (key: string) => string): Schema {
  if (typeof schema === 'boolean') return schema;
  const result: Record<string, unknown> = { ...schema };
  const over = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.map((each: unknown) => (isSchema(each) ? renamed(each, nameOf) : each));
    return isSchema(value) ? renamed(value, nameOf) : value;
  };
  if (schema.$ref !== undefined) result['$ref'] = nameOf(schema.$ref);
  for (const key of schemaKeys) if (Object.hasOwn(result, key)) result[key] = over(result[key]);
  for (const key of schemaMaps) {
    const map = result[key];
    if (map !== undefined) {
      result[key] = Object.fromEntries(
        Object.entries(map as object).map(([name, value]) => [name, over(value)]),
      );
    }
  }
  return result as SchemaObject;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || isObject(value);
}

const schemaKeys = [
  'items',
  'additionalItems',
  'contains',
  'additionalProperties',
  'propertyNames',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
] as const;
const schemaMaps = ['properties', 'patternProperties', 'dependencies'] as const;

import { diagnostic, Rejected, type Report } from '../diagnostics/diagnostic.js';
import { hasHidden } from '../diagnostics/printable.js';
import type { SourceMap } from '../model/document.js';
import type { Json, JsonArray, JsonObject } from '../model/json.js';
import { besideReference, ignoredBeside, unread } from './keywords.js';
import type { Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import { orNull } from './nullable.js';
import { cureOf, cureOfSchema, meantType, simpleTypeNames } from './schema-cures.js';
import { isObject, memberOf } from '../model/pointer.js';
import { isOfType } from '../model/simple-types.js';

/** What a schema is read with. `nest` and `refer` return the key of the type that takes the place of a schema. */
export interface Reading {
  readonly places: SourceMap;
  readonly report: Report;
  /** Called for a reference; throws Rejected where it leads nowhere. */
  refer(ref: string, node: JsonObject): string;
  /** Called for every schema that is read, with where it stands; returns it. */
  noted(schema: SchemaObject, at: JsonObject | JsonArray, key: string | number): SchemaObject;
  /** Called for an object with members in a place that has a name. */
  nest(
    node: JsonObject,
    at: JsonObject | JsonArray,
    key: string | number,
    steps: readonly Step[],
    /** The branches, each inside the one before, that the steps start in; empty where they start in the type. */
    branches: readonly Branch[],
  ): string;
}

/** The way from a type to a part of it: into a member, into the items of a list, into the values of a map. */
export type Step = { readonly member: string } | 'item' | 'value';

/** A part of a schema that has no name of its own: a branch, a condition. Two may have members of one name. */
export interface Branch {
  /** The way to the schema it is a part of, from the branch around that. */
  readonly steps: readonly Step[];
  readonly keyword: string;
  readonly key: string | number;
}

/** Deeper than any payload goes, and far from where recursion ends. */
const maxDepth = 100;
/** Beyond these a type or a validator is of no use to anyone, and TypeScript gives up. */
const maxMembers = 1_000;
const maxEnum = 20_000;
const maxBranches = 1_000;
/** Characters of a text that becomes a comment. */
const maxText = 65_536;

type Raw = JsonObject | JsonArray;
type Read = (value: Json, at: Raw, key: string | number) => unknown;

/**
 * Reads a schema of a document into the keywords that mean something here, and nothing else: what a document says for
 * other generators stops at this point. Every keyword has been checked, so that later stages need not.
 *
 * @throws Rejected naming the first keyword that is not as JSON Schema draft-07 defines it.
 */
export function readSchema(value: Json, at: Raw, key: string | number, reading: Reading): Schema {
  return schemaAt(value, at, key, [], []);

  function schemaAt(
    value: Json,
    at: Raw,
    key: string | number,
    steps: readonly Step[],
    inside: readonly Branch[],
    depth = 0,
  ): Schema {
    if (typeof value === 'boolean') return value;
    if (!isObject(value))
      throw invalid(at, key, 'a schema must be an object, or true or false', cureOfSchema(value));
    if (depth > maxDepth) {
      throw reject('schema-too-deep', `the schema is nested deeper than ${maxDepth} levels`, at, key);
    }
    if (steps.length > 0 && hasMembers(value))
      return { ...annotationsOf(value), $ref: reading.nest(value, at, key, steps, inside) };
    return reading.noted(objectSchema(value, steps, inside, depth), at, key);
  }

  function objectSchema(
    node: JsonObject,
    steps: readonly Step[],
    inside: readonly Branch[],
    depth: number,
  ): SchemaObject {
    /** The keyword that is being read. */
    let keyword = '';
    const into = (schema: Json, at: Raw, key: string | number, step: Step) =>
      schemaAt(schema, at, key, [...steps, step], inside, depth + 1);
    const aside = (schema: Json, at: Raw, key: string | number) =>
      schemaAt(schema, at, key, [], [...inside, { steps, keyword, key }], depth + 1);
    const map = (value: Json, at: Raw, key: string | number, read: Read) => {
      if (!isObject(value)) throw invalid(at, key, `${key} must be an object`);
      const names = Object.keys(value).sort();
      if (names.length > maxMembers) {
        throw reject(
          'schema-too-large',
          `${key} has ${names.length} members; at most ${maxMembers} are taken`,
          at,
          key,
        );
      }
      return Object.fromEntries(names.map((name) => [name, read(value[name] as Json, value, name)]));
    };
    const list = (value: Json, at: Raw, key: string | number, read: Read) => {
      if (!Array.isArray(value) || value.length === 0)
        throw invalid(at, key, `${key} must be a list with at least one member`);
      return (value as JsonArray).map((each, index) => read(each, value as JsonArray, index));
    };

    const branches: Read = (value, at, key) => {
      if (Array.isArray(value) && value.length > maxBranches) {
        const message = `${key} has ${value.length} branches; at most ${maxBranches} are taken`;
        throw reject('schema-too-large', message, at, key);
      }
      return list(value, at, key, aside);
    };
    const readers: Record<string, Read> = {
      $ref: (value, at, key) => {
        if (typeof value !== 'string') throw invalid(at, key, '$ref must be a string');
        return reading.refer(value, node);
      },
      title: text,
      description: text,
      deprecated: flag,
      default: literal,
      examples: (value, at, key) => (Array.isArray(value) ? list(value, at, key, literal) : undefined),
      type: simpleTypes,
      enum: (value, at, key) => {
        const members = list(value, at, key, literal) as Json[];
        if (members.length > maxEnum) {
          throw reject(
            'schema-too-large',
            `enum has ${members.length} members; at most ${maxEnum} are taken`,
            at,
            key,
          );
        }
        return members;
      },
      const: literal,
      format: text,
      pattern: patternAt,
      minLength: count,
      maxLength: count,
      minItems: count,
      maxItems: count,
      minProperties: count,
      maxProperties: count,
      minimum: finite,
      maximum: finite,
      exclusiveMinimum: finite,
      exclusiveMaximum: finite,
      multipleOf: (value, at, key) => {
        const number = finite(value, at, key);
        if (number <= 0) throw invalid(at, key, 'multipleOf must be above 0');
        return number;
      },
      uniqueItems: flag,
      items: (value, at, key) =>
        Array.isArray(value)
          ? (value as JsonArray).map((each, index) => aside(each, value as JsonArray, index))
          : into(value, at, key, 'item'),
      additionalItems: aside,
      contains: aside,
      properties: (value, at, key) =>
        map(value, at, key, (schema, at, name) => {
          checkName(String(name), at, name);
          return into(schema, at, name, { member: String(name) });
        }),
      required: (value, at, key) => {
        if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
          throw invalid(at, key, 'required must be a list of property names');
        }
        value.forEach((name: string, index) => {
          checkName(name, value, index);
        });
        return [...new Set(value as readonly string[])].sort();
      },
      patternProperties: (value, at, key) =>
        map(value, at, key, (schema, at, name) => {
          patternAt(name, at, name);
          return aside(schema, at, name);
        }),
      additionalProperties: (value, at, key) => into(value, at, key, 'value'),
      propertyNames: aside,
      dependencies: (value, at, key) =>
        map(value, at, key, (each, at, name) =>
          Array.isArray(each) && each.every((one) => typeof one === 'string') ? each : aside(each, at, name),
        ),
      allOf: branches,
      anyOf: branches,
      oneOf: branches,
      not: aside,
      if: aside,
      then: aside,
      else: aside,
    };

    const schema: Record<string, unknown> = {};
    const ignored = ignoredBeside(node);
    for (const key of Object.keys(node).sort()) {
      const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (reader === undefined) noteUnread(key, node);
      else if (!ignored.includes(key)) {
        keyword = key;
        const value = reader(node[key] as Json, node, key);
        if (value !== undefined) schema[key] = value;
      }
    }
    if (ignored[0] !== undefined) reading.report(besideReference(node, ignored, reading.places));
    return finished(schema as SchemaObject, node);
  }

  /** The extensions that this generator reads, and OpenAPI's `nullable`, which documents use all the same. */
  function finished(schema: SchemaObject, node: JsonObject): SchemaObject {
    let result = schema;
    if (Object.hasOwn(node, 'x-open-enum')) {
      const open = node['x-open-enum'];
      if (typeof open !== 'boolean' || !(schema.enum ?? excludedTexts(schema))) {
        throw reject(
          'event-extension-invalid',
          'x-open-enum must be true or false, beside an enum, or a not with an enum of texts',
          node,
          'x-open-enum',
        );
      }
      if (open) result = { ...result, open };
    }
    // OpenAPI's word for one example.
    if (Object.hasOwn(node, 'example') && schema.examples === undefined)
      result = { ...result, examples: [literal(node['example'] as Json, node, 'example')] };
    if (node['nullable'] === true) result = orNull(result);
    noteExcluded(result, node);
    return result;
  }

  /** Values of an enum that no value of the schema's types can be. */
  function noteExcluded({ type, enum: values = [] }: SchemaObject, node: JsonObject): void {
    const excluded = values.filter((value) => type !== undefined && !isOfType(value, { type }));
    const [first] = excluded;
    if (first === undefined) return;
    const shown = JSON.stringify(first).slice(0, 60);
    const others = excluded.length === 1 ? '' : ` and ${excluded.length - 1} more`;
    warn(
      'enum-excluded',
      `${shown}${others} of the enum is not of type ${[type].flat().join(' or ')}`,
      node,
      'enum',
    );
  }

  /** The annotations of a schema that stands elsewhere: a member's comment shows them. */
  function annotationsOf(node: JsonObject): SchemaObject {
    const { description, deprecated } = node;
    return {
      ...(description !== undefined && { description: text(description, node, 'description') }),
      ...(deprecated !== undefined && { deprecated: flag(deprecated, node, 'deprecated') }),
    };
  }

  function text(value: Json, at: Raw, key: string | number): string {
    if (typeof value !== 'string') throw invalid(at, key, `${key} must be a string`);
    if (value.length > maxText) {
      const message = `${key} has ${value.length} characters; at most ${maxText} are taken`;
      throw reject('schema-too-large', message, at, key);
    }
    if (hasHidden(value)) warn('text-invisible', `${key} holds characters that cannot be seen`, at, key);
    return value;
  }

  function flag(value: Json, at: Raw, key: string | number): boolean {
    if (typeof value !== 'boolean') throw invalid(at, key, `${key} must be true or false`);
    return value;
  }

  function finite(value: Json, at: Raw, key: string | number): number {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw invalid(at, key, `${key} must be a finite number`);
    return value;
  }

  function count(value: Json, at: Raw, key: string | number): number {
    if (!Number.isSafeInteger(value) || (value as number) < 0)
      throw invalid(at, key, `${key} must be a whole number, 0 or more`);
    return value as number;
  }

  /** A value that the payload is compared with: any JSON, as long as JSON can say it. */
  function literal(value: Json, at: Raw, key: string | number): Json {
    if (typeof value === 'number') return finite(value, at, key);
    if (typeof value === 'string' && hasHidden(value))
      warn('text-invisible', 'the value holds characters that cannot be seen', at, key);
    if (Array.isArray(value))
      return (value as JsonArray).map((each, index) => literal(each, value as JsonArray, index));
    if (isObject(value)) {
      const names = Object.keys(value).sort();
      return Object.fromEntries(names.map((name) => [name, literal(value[name] as Json, value, name)]));
    }
    return value;
  }

  function simpleTypes(value: Json, at: Raw, key: string | number): SimpleType | readonly SimpleType[] {
    const types = Array.isArray(value) ? (value as JsonArray) : [value];
    const wrong = types.findIndex((type) => !isSimpleType(type));
    if (types.length === 0 || wrong >= 0) {
      const meant = meantType(types[wrong] ?? null);
      const near = meant === undefined ? '' : `; ${meant.type} is the nearest to ${String(types[wrong])}`;
      const message = `type must be one or more of ${simpleTypeNames.join(', ')}${near}`;
      const [holder, location] =
        Array.isArray(value) && wrong >= 0 ? ([value as JsonArray, wrong] as const) : ([at, key] as const);
      throw invalid(holder, location, message, meant?.fix);
    }
    const unique = simpleTypeNames.filter((name) => types.includes(name));
    return unique.length === 1 ? (unique[0] as SimpleType) : unique;
  }

  function patternAt(value: Json, at: Raw, key: string | number): string {
    if (typeof value !== 'string') throw invalid(at, key, `${key} must be a string`);
    try {
      new RegExp(value, 'u');
    } catch {
      throw reject('pattern-invalid', 'the pattern is not a regular expression', at, key);
    }
    return value;
  }

  function checkName(name: string, at: Raw, key: string | number): void {
    if (hasHidden(name))
      throw reject('name-rejected', 'the property name holds characters that cannot be seen', at, key);
  }

  function noteUnread(key: string, node: JsonObject): void {
    const found = unread(key, node);
    if (found) warn(found.code, found.message, node, key);
  }

  function warn(
    code: Parameters<typeof diagnostic>[0],
    message: string,
    at: Raw,
    key: string | number,
  ): void {
    reading.report(diagnostic(code, message, reading.places.of(at, key)));
  }

  function reject(
    code: Parameters<typeof diagnostic>[0],
    message: string,
    at: Raw,
    key: string | number,
  ): Rejected {
    return new Rejected(diagnostic(code, message, reading.places.of(at, key)));
  }

  function invalid(
    at: Raw,
    key: string | number,
    message: string,
    fix = cureOf(String(key), memberOf(at, key) ?? null),
  ): Rejected {
    const found = diagnostic('schema-invalid', message, reading.places.of(at, key));
    return new Rejected(fix === undefined ? found : { ...found, fix });
  }
}

/** The texts that a schema of a text excludes: what the other members of a union name. */
function excludedTexts({ type, not }: SchemaObject): readonly Json[] | undefined {
  const values = typeof not === 'object' ? not.enum : undefined;
  return type === 'string' && values?.every((value) => typeof value === 'string') ? values : undefined;
}

function isSimpleType(value: Json): value is SimpleType {
  return (simpleTypeNames as readonly Json[]).includes(value);
}

/** Whether a schema describes an object by its members: what gets a declaration of its own. */
function hasMembers(node: JsonObject): boolean {
  const { properties, type } = node;
  return (
    isObject(properties) &&
    Object.keys(properties).length > 0 &&
    [type].flat().includes('object') &&
    !combinators.some((key) => Object.hasOwn(node, key))
  );
}

const combinators = ['$ref', 'allOf', 'anyOf', 'oneOf', 'enum', 'const', 'not', 'if'] as const;

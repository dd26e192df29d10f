import type { Catalog, Discriminator, Event, Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import type { Json, JsonObject } from '../model/json.js';

/*
 * Written here, because the libraries that make samples know no bound: a schema of a few lines can ask for more values than
 * there is memory.
 */

/** After so many values, a sample leaves out what is not required; a schema that requires more of them gets no sample. */
const maxValues = 500;
const maxRequired = 5_000;

/** How deep a sample goes before it leaves out what is not required, and before it stops. */
const maxOptionalDepth = 8;
const maxDepth = 32;

/** A payload of each event: the document's example, else one in the shape of its schema. */
export function samplesOf({ events, types }: Catalog): ReadonlyMap<string, Json> {
  const schemas = new Map(types.map(({ name, schema }) => [name, schema]));
  return new Map(events.map((event) => [event.name, sampleOf(event, schemas)]));
}

function sampleOf({ examples, payload, discriminator }: Event, schemas: ReadonlyMap<string, Schema>): Json {
  const sample =
    exampleOf(examples, discriminator) ?? new Sampler(schemas).value({ $ref: payload }, 'payload', 0) ?? null;
  return discriminator === undefined ? sample : named(sample, discriminator.path, discriminator);
}

/** The example of the event: one message may have examples of several events. */
function exampleOf(examples: readonly Json[], discriminator: Discriminator | undefined): Json | undefined {
  if (discriminator === undefined) return examples[0];
  const words = examples.map((example) => at(example, discriminator.path));
  const own = words.indexOf(discriminator.value);
  // Where they name other events, or none, one is as good as another, unless the document has one for each.
  return own >= 0 ? examples[own] : words.length === 1 ? examples[0] : undefined;
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  );
}

/** A payload that names its event. */
function named(value: Json, [name, ...rest]: readonly string[], discriminator: Discriminator): Json {
  if (name === undefined) return discriminator.value;
  const members = isObject(value) ? value : {};
  const member = Object.hasOwn(members, name) ? (members[name] ?? null) : null;
  return withMember(members, name, named(member, rest, discriminator));
}

/** A name such as `__proto__` is one like any other. */
function withMember(members: JsonObject, name: string, value: Json): JsonObject {
  return Object.fromEntries([...Object.entries(members).filter(([each]) => each !== name), [name, value]]);
}

/** Makes one sample. What no value satisfies is undefined, and left out where it may be. */
class Sampler {
  #left = maxValues;
  readonly #schemas: ReadonlyMap<string, Schema>;

  constructor(schemas: ReadonlyMap<string, Schema>) {
    this.#schemas = schemas;
  }

  /** @param name what the value is called where it stands: a text says it */
  value(schema: Schema, name: string, depth: number): Json | undefined {
    this.#left -= 1;
    if (schema === false || this.#isOver(depth)) return undefined;
    if (schema === true) return name;
    const whole = this.#merged(schema, 0);
    if (whole === undefined) return undefined;
    if (whole.const !== undefined) return whole.const;
    const [example = whole.default ?? whole.enum?.find((each) => each !== null)] = whole.examples ?? [];
    if (example !== undefined) return example;
    if (whole.enum !== undefined) return whole.enum[0];
    return this.#ofType(typeOf(whole), whole, name, depth);
  }

  #ofType(type: SimpleType, schema: SchemaObject, name: string, depth: number): Json | undefined {
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return true;
      case 'integer':
      case 'number':
        return numberOf(schema);
      case 'string':
        return textOf(schema, name);
      case 'array':
        return this.#array(schema, name, depth);
      case 'object':
        return this.#object(schema, depth);
    }
  }

  #array(
    { items = true, minItems = 0, uniqueItems }: SchemaObject,
    name: string,
    depth: number,
  ): Json | undefined {
    const isTuple = Array.isArray(items);
    const wanted = Math.max(minItems, isTuple ? items.length : this.#isShort(depth) ? 0 : 1);
    const made: Json[] = [];
    for (let at = 0; at < Math.min(wanted, maxValues); at += 1) {
      const schema = isTuple ? ((items as readonly Schema[])[at] ?? true) : (items as Schema);
      const item = this.value(schema, name, depth + 1);
      if (item === undefined) return made.length < minItems ? undefined : made;
      made.push(uniqueItems === true && at > 0 ? another(item, at) : item);
    }
    return made;
  }

  #object(schema: SchemaObject, depth: number): Json | undefined {
    const { properties = {}, required = [], additionalProperties = true } = schema;
    const members: (readonly [string, Json])[] = [];
    for (const [name, member] of Object.entries(properties)) {
      const isRequired = required.includes(name);
      if (!isRequired && (this.#isShort(depth) || isOpaque(member))) continue;
      const value = this.value(member, name, depth + 1);
      if (value !== undefined) members.push([name, value]);
      else if (isRequired) return undefined;
    }
    for (const name of required) {
      if (Object.hasOwn(properties, name)) continue;
      const value = this.value(additionalProperties, name, depth + 1);
      if (value === undefined) return undefined;
      members.push([name, value]);
    }
    return Object.fromEntries(members);
  }

  #isOver(depth: number): boolean {
    return depth > maxDepth || this.#left < -maxRequired;
  }

  /** Whether what is not required is left out. */
  #isShort(depth: number): boolean {
    return depth > maxOptionalDepth || this.#left <= 0;
  }

  /** A schema with all that holds of its values in one place: of alternatives, the first one. */
  #merged(schema: Schema, depth: number): SchemaObject | undefined {
    this.#left -= 1;
    if (schema === false || this.#isOver(depth)) return undefined;
    if (schema === true) return {};
    const { $ref, allOf = [], anyOf, oneOf, ...own } = schema;
    const referred = $ref === undefined ? [] : [this.#schemas.get($ref) ?? true];
    const first = [anyOf, oneOf].flatMap((alternatives) =>
      (alternatives ?? []).filter(isNotNull).slice(0, 1),
    );
    let whole: SchemaObject = own;
    for (const part of [...referred, ...allOf, ...first]) {
      const more = this.#merged(part, depth + 1);
      if (more === undefined) return undefined;
      whole = both(whole, more);
    }
    return whole;
  }
}

function both(one: SchemaObject, other: SchemaObject): SchemaObject {
  const { type = one.type } = other;
  const common = [one.type ?? type].flat().filter((each) => [type].flat().includes(each));
  return {
    ...other,
    ...one,
    ...(type !== undefined && { type: common.length > 0 ? (common as SimpleType[]) : type }),
    ...((one.properties ?? other.properties) && { properties: { ...other.properties, ...one.properties } }),
    ...((one.required ?? other.required) && {
      required: [...(one.required ?? []), ...(other.required ?? [])],
    }),
  };
}

function isNotNull(schema: Schema): boolean {
  return schema !== false && (schema === true || schema.type !== 'null');
}

/** Whether only a text would do that is not easily found: left out where it may be. */
function isOpaque(schema: Schema): boolean {
  return typeof schema === 'object' && schema.pattern !== undefined && schema.examples === undefined;
}

function typeOf(schema: SchemaObject): SimpleType {
  const types = [schema.type ?? []].flat();
  const [type = implied(schema)] = types.filter((each) => each !== 'null');
  return type ?? types[0] ?? 'string';
}

function implied({ properties, required, items }: SchemaObject): SimpleType | undefined {
  if (properties ?? required) return 'object';
  return items === undefined ? undefined : 'array';
}

function numberOf({
  minimum,
  exclusiveMinimum,
  maximum,
  exclusiveMaximum,
  multipleOf,
}: SchemaObject): number {
  const step = multipleOf ?? 1;
  const least = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
  const most = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);
  let value =
    least === -Infinity ? Math.min(step, Math.floor(most / step) * step) : Math.ceil(least / step) * step;
  if (value === exclusiveMinimum) value += step;
  if (value === exclusiveMaximum) value -= step;
  // Between bounds that are closer than a step, there may be no whole number.
  return value >= least && value <= most ? value : (least + most) / 2;
}

/** Texts of the formats that the validators know. */
const formats: ReadonlyMap<string, string> = new Map([
  ['date-time', '2026-01-02T03:04:05Z'],
  ['date', '2026-01-02'],
  ['time', '03:04:05Z'],
  ['duration', 'P1D'],
  ['email', 'someone@example.com'],
  ['idn-email', 'someone@example.com'],
  ['hostname', 'example.com'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['uri', 'https://example.com/'],
  ['uri-reference', '/'],
  ['iri', 'https://example.com/'],
  ['url', 'https://example.com/'],
  ['uri-template', 'https://example.com/{id}'],
  ['uuid', '00000000-0000-4000-8000-000000000001'],
  ['json-pointer', '/a'],
  ['relative-json-pointer', '1/a'],
  ['regex', '^a$'],
  ['byte', 'dGV4dA=='],
  ['int32', '1'],
  ['int64', '1'],
]);

function textOf({ format, minLength = 0, maxLength = Infinity }: SchemaObject, name: string): string {
  const known = formats.get(format ?? '');
  if (known !== undefined) return known;
  const text = [...name.replace(/[_-]+/gu, ' ')].slice(0, 100).join('');
  return [...text.padEnd(Math.min(minLength, 10_000), 'x')].slice(0, Math.max(maxLength, 0)).join('');
}

/** A value like another one, and not equal to it. */
function another(value: Json, at: number): Json {
  if (typeof value === 'number') return value + at;
  return typeof value === 'string' ? `${value} ${at + 1}` : value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

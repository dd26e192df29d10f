import type { Catalog, Discriminator, Event, Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import type { Json, JsonObject } from '../model/json.js';

/*
 * Written here, because the libraries that make samples know no bound: a schema of a few lines can ask for more values than
 * there is memory.
 */

/** After so many values, a sample leaves out what is not required; a schema that requires more of them gets no sample. */
const maxValues = 500;
const maxRequired = 5_000;

/** As much text counts as one value more. */
const textPerValue = 64;

/** The most characters that all samples take: many events may share one large example. */
const maxCharacters = 4_000_000;

/** How deep a sample goes before it leaves out what is not required, and before it stops. */
const maxOptionalDepth = 8;
const maxDepth = 32;

/** A payload of each event: the document's example, else one in the shape of its schema; null where there is no room left. */
export function samplesOf({ events, types }: Catalog): ReadonlyMap<string, Json> {
  const schemas = new Map(types.map(({ name, schema }) => [name, schema]));
  const sizes = new Map<Json, number>();
  let room = maxCharacters;
  const sampleOf = ({ examples, payload, discriminator }: Event): Json => {
    if (room <= 0) return null;
    const sample =
      exampleOf(examples, discriminator) ??
      new Sampler(schemas).value({ $ref: payload }, 'payload', 0) ??
      null;
    const size = sizes.get(sample) ?? JSON.stringify(sample).length;
    sizes.set(sample, size);
    room -= size;
    if (room < 0) return null;
    return discriminator === undefined ? sample : named(sample, discriminator.path, discriminator);
  };
  return new Map(events.map((event) => [event.name, sampleOf(event)]));
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
  /** The types that the value under way is inside of. */
  readonly #open: string[] = [];
  readonly #schemas: ReadonlyMap<string, Schema>;

  constructor(schemas: ReadonlyMap<string, Schema>) {
    this.#schemas = schemas;
  }

  /** @param name what the value is called where it stands: a text says it */
  value(schema: Schema, name: string, depth: number): Json | undefined {
    this.#left -= 1;
    if (schema === false || this.#isOver(depth)) return undefined;
    if (schema === true) return name;
    const types = typesOf(schema);
    this.#open.push(...types);
    const value = this.#valueOf(schema, name, depth);
    this.#open.length -= types.length;
    return value;
  }

  #valueOf(schema: SchemaObject, name: string, depth: number): Json | undefined {
    const whole = this.#merged(schema, 0);
    if (whole === undefined) return undefined;
    if (whole.const !== undefined) return whole.const;
    const { examples = [], default: usual, enum: all = [] } = whole;
    const given = [...examples, ...(usual === undefined ? [] : [usual]), ...all];
    const fitting = given.filter((each) => fits(each, whole));
    // Null says the least of what may stand there, unless it is an example.
    const example = fitting.find((each, at) => each !== null || at < examples.length) ?? fitting[0];
    if (example !== undefined) return example;
    if (whole.enum !== undefined) return undefined;
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
      case 'string': {
        const text = textOf(schema, name);
        this.#left -= Math.floor(text.length / textPerValue);
        return text;
      }
      case 'array':
        return this.#array(schema, name, depth);
      case 'object':
        return this.#object(schema, depth);
    }
  }

  #array(
    { items = true, minItems = 0, maxItems = maxValues, uniqueItems }: SchemaObject,
    name: string,
    depth: number,
  ): Json | undefined {
    const isTuple = Array.isArray(items);
    const wanted = Math.max(minItems, isTuple ? items.length : 1);
    const made: Json[] = [];
    for (let at = 0; at < Math.min(wanted, maxItems, maxValues); at += 1) {
      const schema = isTuple ? ((items as readonly Schema[])[at] ?? true) : (items as Schema);
      if (at >= minItems && this.#isLeftOut(schema, depth)) return made;
      const item = this.value(schema, name, depth + 1);
      if (item === undefined) return made.length < minItems ? undefined : made;
      made.push(uniqueItems === true && at > 0 ? this.#another(schema, item, at) : item);
    }
    return made;
  }

  /** Another item of a list. */
  #another(schema: Schema, item: Json, at: number): Json {
    const { enum: all } = this.#merged(schema, 0) ?? {};
    return all?.[at] ?? another(item, at);
  }

  #object(schema: SchemaObject, depth: number): Json | undefined {
    const {
      properties = {},
      additionalProperties = true,
      minProperties = 0,
      maxProperties = Infinity,
    } = schema;
    const required = new Set(schema.required);
    const members: (readonly [string, Json])[] = [];
    let room = maxProperties - required.size;
    for (const [name, member] of Object.entries(properties)) {
      const isRequired = required.has(name);
      if (!isRequired && (room <= 0 || this.#isLeftOut(member, depth))) continue;
      const value = this.value(member, name, depth + 1);
      if (value !== undefined) members.push([name, value]);
      else if (isRequired) return undefined;
      if (value !== undefined && !isRequired) room -= 1;
    }
    for (const name of required) {
      if (Object.hasOwn(properties, name)) continue;
      const value = this.value(additionalProperties, name, depth + 1);
      if (value === undefined) return undefined;
      members.push([name, value]);
    }
    for (let at = 1; members.length < minProperties && at <= maxValues; at += 1) {
      const name = `name${at}`;
      const value = Object.hasOwn(properties, name)
        ? undefined
        : this.value(additionalProperties, name, depth + 1);
      if (value !== undefined) members.push([name, value]);
    }
    return Object.fromEntries(members);
  }

  /** Whether a value is left out where it may be: one of a type that it stands in, or a text that is not easily found. */
  #isLeftOut(schema: Schema, depth: number): boolean {
    if (depth > maxOptionalDepth || this.#left <= 0) return true;
    if (typesOf(schema).some((type) => this.#open.includes(type))) return true;
    const { pattern, examples, enum: all, const: constant } = this.#merged(schema, 0) ?? {};
    return pattern !== undefined && (examples ?? all ?? constant) === undefined;
  }

  #isOver(depth: number): boolean {
    return depth > maxDepth || this.#left < -maxRequired;
  }

  /** A schema with all that holds of its values in one place: of alternatives, the first one. */
  #merged(schema: Schema, depth: number): SchemaObject | undefined {
    this.#left -= 1;
    if (schema === false || this.#isOver(depth)) return undefined;
    if (schema === true) return {};
    const { $ref, allOf = [], anyOf, oneOf, ...own } = schema;
    const referred = $ref === undefined ? [] : [this.#schemas.get($ref) ?? true];
    const first = [anyOf, oneOf].flatMap((alternatives = []) => {
      const alternative = alternatives.find(isNotNull) ?? alternatives[0];
      return alternative === undefined ? [] : [alternative];
    });
    let whole: SchemaObject = own;
    for (const part of [...referred, ...allOf, ...first]) {
      const more = this.#merged(part, depth + 1);
      if (more === undefined) return undefined;
      whole = both(whole, more);
    }
    return whole;
  }
}

/** The types that a schema names, itself or in the schemas right inside of it. */
function typesOf(schema: Schema): readonly string[] {
  if (typeof schema === 'boolean') return [];
  const { $ref, allOf = [], anyOf = [], oneOf = [] } = schema;
  return [{ $ref }, ...allOf, ...anyOf, ...oneOf].flatMap((part) =>
    typeof part === 'object' && part.$ref !== undefined ? [part.$ref] : [],
  );
}

function both(one: SchemaObject, other: SchemaObject): SchemaObject {
  const { type = one.type } = other;
  const common = [one.type ?? type].flat().filter((each) => [type].flat().includes(each));
  return {
    ...other,
    ...one,
    ...(type !== undefined && { type: common.length > 0 ? (common as SimpleType[]) : (one.type ?? type) }),
    ...(one.properties &&
      other.properties && { properties: bothProperties(one.properties, other.properties) }),
    ...(one.required && other.required && { required: [...one.required, ...other.required] }),
    ...(one.enum && other.enum && { enum: bothEnums(one.enum, other.enum) }),
    ...bounds(one, other, lowerBounds, Math.max),
    ...bounds(one, other, upperBounds, Math.min),
  };
}

type Properties = Readonly<Record<string, Schema>>;

/** What has a schema on both sides has to do for both. */
function bothProperties(one: Properties, other: Properties): Properties {
  const shared = Object.keys(other).filter((name) => Object.hasOwn(one, name));
  const joined = shared.map((name) => [name, { allOf: [...partsOf(one[name]), ...partsOf(other[name])] }]);
  return { ...other, ...one, ...(Object.fromEntries(joined) as Properties) };
}

/** One list instead of lists in lists, which go too deep. */
function partsOf(schema: Schema = true): readonly Schema[] {
  return typeof schema === 'object' && schema.allOf !== undefined && Object.keys(schema).length === 1
    ? schema.allOf
    : [schema];
}

function bothEnums(one: readonly Json[], other: readonly Json[]): readonly Json[] {
  const texts = new Set(other.map((each) => JSON.stringify(each)));
  return one.filter((each) => texts.has(JSON.stringify(each)));
}

const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const;
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const;

/** Of two bounds, the narrower one. */
function bounds(
  one: SchemaObject,
  other: SchemaObject,
  keywords: readonly (typeof lowerBounds | typeof upperBounds)[number][],
  narrower: (...values: number[]) => number,
): SchemaObject {
  const values = keywords.flatMap((keyword) => {
    const given = [one[keyword], other[keyword]].filter((each) => each !== undefined);
    return given.length < 2 ? [] : [[keyword, narrower(...given)]];
  });
  return Object.fromEntries(values) as SchemaObject;
}

/** Whether a value has the type that the schema names: examples of documents do not always. */
function fits(value: Json, { type }: SchemaObject): boolean {
  if (type === undefined) return true;
  const name = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const names = [type].flat() as readonly string[];
  return names.includes(name) || (Number.isInteger(value) && names.includes('integer'));
}

function isNotNull(schema: Schema): boolean {
  return schema !== false && (schema === true || schema.type !== 'null');
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
  // A hundred times 0.1 is not the sum of them.
  const rounded = (value: number): number => Number(value.toPrecision(15));
  const least = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
  const most = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);
  let value =
    least === -Infinity
      ? Math.min(step, rounded(Math.floor(most / step) * step))
      : rounded(Math.ceil(rounded(least / step)) * step);
  if (value === exclusiveMinimum) value = rounded(value + step);
  if (value === exclusiveMaximum) value = rounded(value - step);
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
  if (typeof value === 'string') return `${value} ${at + 1}`;
  if (typeof value === 'boolean') return !value;
  if (!isObject(value)) return value;
  const [first] = Object.entries(value);
  return first === undefined ? value : withMember(value, first[0], another(first[1], at));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

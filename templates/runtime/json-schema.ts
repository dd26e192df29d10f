/** A payload as JSON Schema draft-07: plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What the Standard JSON Schema interface is asked for. */
export interface JsonSchemaTarget {
  readonly target: "draft-07" | "draft-2020-12" | (string & {});
}

/**
 * A copy of a schema in the words of a draft, with the value that names a narrowed event.
 *
 * @param discriminator where the payload names the event, from the root, and the word that stands there
 * @throws TypeError for a target that there is no copy in
 */
export function jsonSchema(
  schema: JsonSchema,
  target: string,
  discriminator?: { readonly path: readonly string[]; readonly value: string },
): Record<string, unknown> {
  const narrowed =
    discriminator === undefined
      ? schema
      : { ...schema, allOf: [...allOf(schema), named(discriminator)] };
  if (target === "draft-07")
    return JSON.parse(JSON.stringify(narrowed)) as Record<string, unknown>;
  if (target === "draft-2020-12")
    return {
      ...(modern(narrowed) as Record<string, unknown>),
      $schema: "https://json-schema.org/draft/2020-12/schema",
    };
  throw new TypeError(
    `there is no JSON Schema for ${target}, only for draft-07 and draft-2020-12`,
  );
}

function allOf({ allOf: all }: JsonSchema): readonly unknown[] {
  return Array.isArray(all) ? (all as readonly unknown[]) : [];
}

/** The schema of a value that has a constant where a path leads. */
function named({
  path,
  value,
}: {
  readonly path: readonly string[];
  readonly value: string;
}): JsonSchema {
  return path.reduceRight<JsonSchema>(
    (inner, name) => ({ properties: { [name]: inner }, required: [name] }),
    { const: value },
  );
}

/** Where draft-2020-12 has other words: tuples and dependencies. */
function modern(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(modern);
  const source = schema as JsonSchema;
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(source)) {
    if (keyword === "items" && Array.isArray(value))
      result["prefixItems"] = value.map(modern);
    else if (keyword === "additionalItems") {
      if (Array.isArray(source["items"])) result["items"] = modern(value);
    } else if (keyword === "dependencies") {
      const entries = Object.entries(value as JsonSchema);
      const isNames = ([, each]: [string, unknown]) => Array.isArray(each);
      result["dependentRequired"] = Object.fromEntries(entries.filter(isNames));
      result["dependentSchemas"] = mapped(
        Object.fromEntries(entries.filter((each) => !isNames(each))),
      );
    } else result[keyword] = changed(keyword, value);
  }
  return result;
}

/** What stands under a keyword, if it is schemas: a name under `properties` is no keyword. */
function changed(keyword: string, value: unknown): unknown {
  if (maps.has(keyword)) return mapped(value as JsonSchema);
  return data.has(keyword) ? value : modern(value);
}

function mapped(schemas: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, each]) => [name, modern(each)]),
  );
}

const maps: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "definitions",
  "patternProperties",
  "properties",
]);

/** Keywords whose values are data, whatever they look like. */
const data: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "const",
  "enum",
  "required",
  "type",
]);

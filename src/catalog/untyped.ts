import { diagnostic, type Report } from '../diagnostics/diagnostic.js';
import type { SourceLocation } from '../diagnostics/source-location.js';
import type { Schema, SchemaObject, SimpleType } from '../model/catalog.js';
import { describesParts, everyType, type Admitted } from '../model/simple-types.js';

/**
 * Points out the schemas that describe the parts of a value of which nothing says that it has any: neither the schema itself
 * nor what it is a branch of, nor another branch, nor what a reference leads to.
 */
export function warnOfUntyped(
  schema: Schema,
  admitted: Admitted,
  locationOf: (schema: SchemaObject) => SourceLocation | undefined,
  report: Report,
): void {
  look(schema, new Set(everyType), undefined);

  function look(schema: Schema, within: ReadonlySet<SimpleType>, outer: SourceLocation | undefined): void {
    if (typeof schema === 'boolean') return;
    const location = locationOf(schema) ?? outer;
    const own = new Set([...admitted(schema)].filter((type) => within.has(type)));
    const isUntyped = own.size === everyType.length && describesParts(schema);
    if (isUntyped) {
      const isList = schema.items !== undefined && schema.properties === undefined;
      const message = isList
        ? 'the schema describes the items of a list, and a value of any type satisfies it'
        : 'the schema describes the members of an object, and a value of any type satisfies it';
      report(diagnostic('type-missing', message, location));
    }
    // One finding is enough for a schema and its branches.
    const branchesMayBe = isUntyped ? new Set<SimpleType>(['object']) : own;
    for (const branch of [schema.allOf, schema.anyOf, schema.oneOf].flatMap((branches) => branches ?? []))
      look(branch, branchesMayBe, location);
    for (const part of partsOf(schema)) look(part, new Set(everyType), location);
  }
}

/** The schemas of what is inside a value, as far as its type shows them. */
function partsOf({
  properties = {},
  patternProperties = {},
  additionalProperties,
  items,
}: SchemaObject): readonly Schema[] {
  return [
    ...Object.values(properties),
    ...Object.values(patternProperties),
    ...(additionalProperties === undefined ? [] : [additionalProperties]),
    ...(items === undefined ? [] : ([items].flat() as readonly Schema[])),
  ];
}

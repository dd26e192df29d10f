import type { Schema } from '../catalog/model.js';

/** The types that a schema mentions. */
export function references(schema: Schema): readonly string[] {
  if (typeof schema === 'boolean') return [];
  const { $ref, items, properties, patternProperties, dependencies } = schema;
  const inside = [
    ...(items === undefined ? [] : [items].flat()),
    ...[properties, patternProperties].flatMap((map) => Object.values(map ?? {})),
    ...Object.values(dependencies ?? {}).filter((each): each is Schema => !Array.isArray(each)),
    ...[schema.allOf, schema.anyOf, schema.oneOf].flatMap((branches) => branches ?? []),
    ...[
      schema.additionalItems,
      schema.additionalProperties,
      schema.contains,
      schema.propertyNames,
      schema.not,
      schema.if,
      schema.then,
      schema.else,
    ].filter((each) => each !== undefined),
  ] as readonly Schema[];
  return [...($ref === undefined ? [] : [$ref]), ...inside.flatMap(references)];
}

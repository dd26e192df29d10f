import fc from 'fast-check';
import type { Json } from '../../src/model/json.js';
import type { Node, Schemas } from './documents.js';

/** Deliveries of the fields that a schema declares, most of which it accepts. */
export function deliveriesFor(
  schemas: Schemas,
  schema: Node | boolean | undefined,
  depth = 0,
): fc.Arbitrary<Json> {
  if (typeof schema !== 'object' || depth > 5) return fc.constantFrom<Json>(null, 'text', 1);
  const inside = (part: unknown) => deliveriesFor(schemas, part as Node, depth + 1);
  const {
    $ref,
    anyOf,
    oneOf,
    allOf,
    type,
    items,
    properties,
    patternProperties,
    additionalProperties,
    required,
  } = schema;
  if (typeof $ref === 'string') return inside(schemas[$ref]);
  if (Object.hasOwn(schema, 'const')) return fc.constant(schema['const'] as Json);
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0)
    return fc.constantFrom(
      ...(schema['enum'] as Json[]),
      ...(schema['x-open-enum'] === true ? ['other'] : []),
    );
  const branches = (anyOf ?? oneOf) as readonly Node[] | undefined;
  if (branches !== undefined) return fc.oneof(...branches.map(inside));
  if (Array.isArray(allOf)) {
    return fc
      .tuple(...(allOf as Node[]).map(inside))
      .map((parts) => (parts.every(isObject) ? (Object.assign({}, ...parts) as Json) : (parts[0] ?? null)));
  }
  const fields = Object.entries((properties ?? {}) as Record<string, Node>);
  const more = Object.values((patternProperties ?? {}) as Record<string, Node>).map(
    (each) => ['x_more', inside(each)] as const,
  );
  const others =
    typeof additionalProperties === 'object' ? [['extra', inside(additionalProperties)] as const] : [];
  const object = fc.record(
    // Nobody declares this one: an object that takes any field takes it.
    Object.fromEntries([
      ['spare', fc.constant(1)],
      ...more,
      ...others,
      ...fields.map(([name, each]) => [name, inside(each)] as const),
    ]),
    {
      requiredKeys: ((required ?? []) as string[]).filter((name) => fields.some(([own]) => own === name)),
      noNullPrototype: true,
    },
  );
  const byType: Record<string, fc.Arbitrary<Json>> = {
    string: fc.constantFrom('', 'text', 'a longer text', '2026-01-02T03:04:05Z', 'red'),
    integer: fc.constantFrom(0, 1, -5),
    number: fc.constantFrom(0, 1.5, -5),
    boolean: fc.boolean(),
    null: fc.constant(null),
    array: fc.array(inside(items), { maxLength: 2 }),
    object: object as fc.Arbitrary<Json>,
  };
  const types = [type ?? 'string'].flat() as string[];
  return fc.oneof(...types.map((each) => byType[each] as fc.Arbitrary<Json>));
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

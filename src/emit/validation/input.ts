import type { Schema, SchemaObject, SimpleType } from '../../model/catalog.js';
import { inside } from '../../model/subschemas.js';
import { discriminated } from './discriminated.js';

/** A schema as ajv is given it: JSON Schema, and the keywords of `keywords/` where they say the same in a better way. */
export type Input = boolean | { readonly [keyword: string]: unknown };

/** The branches of a union that a member tells apart. */
export interface Branches {
  readonly name: string;
  readonly branches: readonly (readonly [values: readonly string[], schema: Input])[];
  /** The branch of every other text. */
  readonly otherwise?: Input;
}

type Target = (name: string) => Schema | undefined;

/**
 * The input of ajv for a schema that has nothing in it but what decides whether a value is accepted.
 *
 * @param target what a reference leads to
 * @param keyOf what ajv knows a definition by
 */
export function inputOf(schema: Schema, target: Target, keyOf: (name: string) => string): Input {
  return converted(schema);

  function converted(each: Schema): Input {
    return typeof each === 'boolean' ? each : (nullable(each) ?? union(each) ?? plain(each));
  }

  /** Something or `null`. In a `oneOf` the something must not take null as well: two branches would. */
  function nullable({ anyOf, oneOf, ...rest }: SchemaObject): Input | undefined {
    const branches = anyOf ?? oneOf;
    if (branches?.length !== 2 || (anyOf && oneOf) || Object.keys(rest).length > 0) return undefined;
    const other = branches.find((branch) => !isNull(branch));
    if (other === undefined || !branches.some(isNull) || (oneOf && !excludesNull(other, target)))
      return undefined;
    const isPlain = typeof other === 'object' && Object.keys(other).every((key) => aboutOthers.has(key));
    return isPlain && other.type !== undefined
      ? plain({ ...other, type: [...typesOf(other.type), 'null'] })
      : { orNull: converted(other) };
  }

  /** A union whose branches a member tells apart, beside what its schema says of all of them. */
  function union(each: SchemaObject): Input | undefined {
    const found = discriminated(each, target);
    if (found === undefined) return undefined;
    const { anyOf: _, oneOf: __, ...rest } = each;
    const branches: Branches = {
      name: found.name,
      branches: found.branches.map(({ values, schema: branch }) => [values, converted(branch)]),
      ...(found.otherwise !== undefined && { otherwise: converted(found.otherwise) }),
    };
    return { ...(plain({ ...rest, type: 'object' }) as object), branches };
  }

  function plain(each: SchemaObject): Input {
    const { $ref, type, ...rest } = inside(each, converted as (part: Schema) => Schema);
    const types = type === undefined ? [] : typesOf(type);
    return {
      ...($ref !== undefined && { $ref: keyOf($ref) }),
      // What is about members or items stands inside ajv's check of the type; all else has its own.
      ...(isWhole(types) ? { type: types[0] } : types.length > 0 && { types }),
      ...rest,
    };
  }
}

function isWhole([only, ...others]: readonly SimpleType[]): boolean {
  return others.length === 0 && (only === 'object' || only === 'array');
}

/** Keywords that say nothing of null. */
const aboutOthers: ReadonlySet<string> = new Set([
  ...['type', 'format', 'items', 'properties', 'patternProperties', 'additionalProperties', 'required'],
]);

function typesOf(type: SimpleType | readonly SimpleType[]): readonly SimpleType[] {
  return [...new Set([type].flat() as readonly SimpleType[])];
}

function isNull(schema: Schema): boolean {
  return typeof schema === 'object' && schema.type === 'null' && Object.keys(schema).length === 1;
}

function excludesNull(schema: Schema, target: Target): boolean {
  const found = typeof schema === 'object' && schema.$ref !== undefined ? target(schema.$ref) : schema;
  return typeof found === 'object' && found.type !== undefined && !typesOf(found.type).includes('null');
}

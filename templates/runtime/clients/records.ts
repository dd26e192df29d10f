import { ApiError } from "./api-error.js";
import type { Where } from "./exchange.js";

/*
 * Records of the vendor's, each from one table that gives its type and checks its answers. What has to be there is, and
 * what the table names is of its kind or null; everything else is as it came.
 */

interface Kinds {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  /** Whose members nobody has written down, such as custom fields. */
  readonly object: Readonly<Record<string, unknown>>;
  readonly unknown: unknown;
}

/**
 * What JSON a field holds: a kind by its name, with `!` where it is always there; a table of its own; a list of any of
 * these, as a list of one.
 */
export type Kind = keyof Kinds | `${keyof Kinds}!` | readonly [Kind] | Shape;

/** The fields of a record, by name. */
export interface Shape {
  readonly [field: string]: Kind;
}

export type ValueOf<K> = K extends keyof Kinds
  ? Kinds[K]
  : K extends `${infer Name extends keyof Kinds}!`
    ? Kinds[Name]
    : K extends readonly [infer Item]
      ? readonly ValueOf<Item>[]
      : K extends Shape
        ? RecordOf<K>
        : never;

type Optional<T> = T | null | undefined;

/** What a table's record is. The comments of the table's fields are those of the record's. */
export type RecordOf<S extends Shape> = {
  readonly [F in keyof S as S[F] extends `${string}!` ? F : never]: ValueOf<
    S[F]
  >;
} & {
  readonly [F in keyof S as S[F] extends `${string}!` ? never : F]?: Optional<
    ValueOf<S[F]>
  >;
};

/** All fields of a record, with those that its type does not name. */
export function fieldsOf(record: object): Readonly<Record<string, unknown>> {
  return record as Readonly<Record<string, unknown>>;
}

/** An answer's JSON, and the call that it is the answer to. */
export interface Answered {
  readonly value: unknown;
  readonly where: Where;
}

/**
 * An answer, or a member of it, as a record.
 *
 * @param member what the answer wraps the record in: `ticket` for `{ "ticket": { … } }`
 * @throws ApiError with the place of what is of another kind, without the value
 */
export function checked<const K extends Kind>(
  kind: K,
  { value, where }: Answered,
  member?: string,
): ValueOf<K> {
  const wrong =
    member === undefined
      ? wrongIn(kind, value, "")
      : (wrongIn("object", value, "") ??
        wrongIn(kind, own(value as object, member), `/${member}`));
  if (wrong !== undefined) throw new ApiError(wrong, where);
  const found = member === undefined ? value : own(value as object, member);
  return found as ValueOf<K>;
}

/** What is wrong with a value that has to be there. */
function wrongIn(kind: Kind, value: unknown, at: string): string | undefined {
  if (typeof kind === "string")
    return otherThan(kind.replace("!", ""), value, at);
  if (isList(kind)) {
    if (!Array.isArray(value)) return otherThan("array", value, at);
    for (const [index, item] of value.entries()) {
      const wrong = wrongIn(kind[0], item, `${at}/${index}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  const wrong = otherThan("object", value, at);
  if (wrong !== undefined) return wrong;
  for (const [field, each] of Object.entries(kind)) {
    const found = own(value as object, field);
    const isRequired = typeof each === "string" && each.endsWith("!");
    if (!isRequired && (found === undefined || found === null)) continue;
    const inside = wrongIn(each, found, `${at}/${field}`);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function otherThan(
  name: string,
  value: unknown,
  at: string,
): string | undefined {
  const isRight =
    name === "unknown" ? value !== undefined : kindOf(value) === name;
  return isRight
    ? undefined
    : `the answer has no ${name} at ${at || "its root"}`;
}

/** `Array.isArray` knows no readonly arrays. */
function isList(kind: Shape | readonly [Kind]): kind is readonly [Kind] {
  return Array.isArray(kind);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** A member that the JSON itself has, whatever its name is. */
function own(value: object, name: string): unknown {
  return Object.prototype.hasOwnProperty.call(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

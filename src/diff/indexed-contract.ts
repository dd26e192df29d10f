import type { Contract } from '../model/contract.js';
import type { Json } from '../model/json.js';
import type { PayloadType, Schema } from '../model/catalog.js';
import { expression } from '../typescript/expression.js';
import { meaningIn, type Meaning } from './meaning.js';
import { simplified } from './simple.js';

/** One of the two contracts, with its types by name and what their schemas mean. */
export interface IndexedContract extends Meaning {
  readonly contract: Contract;
  readonly types: ReadonlyMap<string, PayloadType>;
}

export function indexContract(contract: Contract): IndexedContract {
  const types = new Map(
    contract.types.map((type) => [type.name, { ...type, schema: simplified(type.schema) }]),
  );
  return { contract, types, ...meaningIn(types) };
}

/** A place inside a type: as subjects show it, and as the keys that lead to it. */
export interface At {
  readonly type: string;
  readonly shown: string;
  readonly path: readonly (string | number)[];
}

/** A schema and where it stands. */
export interface Placed<S extends Schema = Schema> {
  readonly schema: S;
  readonly at: At;
}

export function atType(name: string): At {
  return { type: name, shown: name, path: [] };
}

/** A place further inside; `shown` is what subjects have for the way there. */
export function below(at: At, shown: string, ...path: readonly (string | number)[]): At {
  return { type: at.type, shown: at.shown + shown, path: [...at.path, ...path] };
}

/** How a subject goes on to a field: `.priority`, `["due by"]`. */
export function fieldStep(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

const longest = 120;

/** A type as TypeScript writes it, on one line. */
export function shownType(schema: Schema): string {
  return shortened(
    expression(schema)
      .text.replace(/\/\*\*.*?\*\/\s*|\s+/gs, ' ')
      .trim(),
  );
}

export function shownValue(value: Json): string {
  return shortened(JSON.stringify(value));
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

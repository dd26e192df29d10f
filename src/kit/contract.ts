import { isIdentifier, isProductName } from '../model/identifier.js';
import type { Contract, PromisedEvent, PromisedProduct } from '../model/contract.js';
import type { Json, JsonObject } from '../model/json.js';
import type { PayloadType, Schema } from '../model/catalog.js';
import { isObject } from '../model/pointer.js';
import { partsOf, references } from '../model/subschemas.js';
import { flawOf, type Flaw } from './flaw.js';
import { byCodeUnit } from './path.js';

/**
 * The contract as the manifest has it: products, events and types by name. Each schema is JSON text, one line for a reviewer
 * to pass over: laid out, those of a large document would take tens of thousands.
 *
 * @param schemaJson is asked for each schema in the order in which they are written
 */
export function contractJson(
  { products, events, types }: Contract,
  schemaJson: (schema: Schema) => Json = (schema) => JSON.stringify(schema),
): JsonObject {
  return {
    products: byName(products, ({ authentication }) => authentication),
    events: byName(events, ({ name: _, ...event }) => event),
    types: byName(types, ({ module, root, nested, schema }) => ({
      module,
      ...(root && { root }),
      ...(nested && { nested }),
      schema: schemaJson(schema),
    })),
  };
}

/** A contract as text, to tell whether two are alike. */
export function contractText(contract: Contract): string {
  return JSON.stringify(contractJson(contract));
}

function byName<T extends { readonly name: string }>(
  items: readonly T[],
  jsonOf: (item: T) => unknown,
): JsonObject {
  const inOrder = [...items].sort((left, right) => byCodeUnit(left.name, right.name));
  return Object.fromEntries(inOrder.map((item) => [item.name, jsonOf(item)])) as JsonObject;
}

/**
 * Reads a contract back. A pull request can have rewritten it: whatever a comparison relies on is looked at here.
 *
 * @throws what `broken` makes of the first member that is not as it should be
 */
export function readContract(value: Json, broken: (flaw: Flaw) => Error): Contract {
  const refuse = ({ path, how }: Flaw): Error => broken({ path: ['contract', ...path], how });
  const whole = withSchemas(value, refuse);
  const flaw = flawOf('contract', whole) ?? misnamed(whole as unknown as ContractJson);
  if (flaw !== undefined) throw refuse(flaw);
  const { products, events, types } = whole as unknown as ContractJson;
  return {
    products: sorted(products).map(([name, authentication]) => ({ name, authentication })),
    events: sorted(events).map(([name, event]) => ({ name, ...event })),
    types: sorted(types).map(([name, { module, root = false, nested = false, schema }]) => {
      return { name, module, root, nested, schema };
    }),
  };
}

/** A contract with its schemas parsed, each of which is written as JSON text. */
function withSchemas(contract: Json, refuse: (flaw: Flaw) => Error): Json {
  if (!isObject(contract) || !isObject(contract['types'])) return contract;
  const types = Object.entries(contract['types']).map(([name, type]) => {
    if (!isObject(type) || type['schema'] === undefined) return [name, type];
    const schema = parsed(type['schema']);
    if (schema === undefined) throw refuse({ path: ['types', name, 'schema'], how: 'is not JSON text' });
    return [name, { ...type, schema }];
  });
  return { ...contract, types: Object.fromEntries(types) as JsonObject };
}

function parsed(text: Json): Json | undefined {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** A contract of the right form. */
interface ContractJson {
  readonly products: Readonly<Record<string, PromisedProduct['authentication']>>;
  readonly events: Readonly<Record<string, Omit<PromisedEvent, 'name'>>>;
  readonly types: Readonly<Record<string, Pick<PayloadType, 'module' | 'schema'> & Partial<PayloadType>>>;
}

/** A name that could not stand in generated code, that names nothing, or a pattern that is none. */
function misnamed({ products, events, types }: ContractJson): Flaw | undefined {
  for (const [name, { schema }] of Object.entries(types)) {
    const path = ['types', name];
    if (!isIdentifier(name)) return { path, how: 'is not the name of a type' };
    const missing = references(schema).find((each) => !Object.hasOwn(types, each));
    if (missing !== undefined) return { path, how: `refers to ${JSON.stringify(missing)}, which is no type` };
    const pattern = patternsIn(schema).find((each) => !isPattern(each));
    if (pattern !== undefined)
      return { path, how: `holds ${JSON.stringify(pattern)}, which is no regular expression` };
  }
  for (const [name, { payload }] of Object.entries(events))
    if (!Object.hasOwn(types, payload)) return { path: ['events', name, 'payload'], how: 'names no type' };
  const other = Object.keys(products).find((name) => !isProductName(name));
  return other === undefined ? undefined : { path: ['products', other], how: 'is not the name of a product' };
}

function patternsIn(schema: Schema): readonly string[] {
  if (typeof schema === 'boolean') return [];
  const { pattern, patternProperties = {} } = schema;
  return [
    ...(pattern === undefined ? [] : [pattern]),
    ...Object.keys(patternProperties),
    ...partsOf(schema).flatMap(patternsIn),
  ];
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

function sorted<T>(members: Readonly<Record<string, T>>): readonly (readonly [name: string, value: T])[] {
  return Object.entries(members).sort(([left], [right]) => byCodeUnit(left, right));
}

import { isIdentifier, isProductName } from '../model/identifier.js';
import type { Contract, PromisedEvent, PromisedProduct } from '../model/contract.js';
import type { Json, JsonObject } from '../model/json.js';
import type { Authentication, Discriminator, PayloadType } from '../model/catalog.js';
import { checkReferences, checkSchema } from './contract-schema.js';
import { listAt, objectAt, textAt, textsAt, type Broken } from './contract-value.js';
import { byCodeUnit } from './path.js';

/** The contract as the manifest has it: products, events and types by name. */
export function contractJson({ products, events, types }: Contract): JsonObject {
  return {
    products: byName(products.map(({ name, authentication }) => [name, authentication])),
    events: byName(events.map(({ name, ...event }) => [name, event])),
    types: byName(
      types.map(({ name, home, root, nested, schema }) => [
        name,
        { home, ...(root && { root }), ...(nested && { nested }), schema },
      ]),
    ),
  };
}

/** A contract as text, to tell whether two are alike. */
export function contractText(contract: Contract): string {
  return JSON.stringify(contractJson(contract));
}

function byName(entries: readonly (readonly [name: string, value: unknown])[]): JsonObject {
  const sorted = [...entries].sort(([left], [right]) => byCodeUnit(left, right));
  return Object.fromEntries(sorted) as JsonObject;
}

/**
 * Reads a contract back. A pull request can have rewritten it: whatever a comparison relies on is looked at here.
 *
 * @throws what `broken` makes of the first key that is not as it should be
 */
export function readContract(value: Json, broken: Broken): Contract {
  const root = objectAt(value, 'contract', broken);
  const section = <T>(name: string, read: (value: Json, name: string, key: string) => T): readonly T[] =>
    Object.entries(objectAt(root[name], `contract.${name}`, broken))
      .sort(([left], [right]) => byCodeUnit(left, right))
      .map(([each, held]) => read(held, each, `contract.${name}[${JSON.stringify(each)}]`));
  const types = section('types', (held, name, key) => typeAt(held, name, key, broken));
  const events = section('events', (held, name, key) => eventAt(held, name, key, broken));
  const products = section('products', (held, name, key) => productAt(held, name, key, broken));
  const known = new Set(types.map(({ name }) => name));
  for (const { name, schema } of types)
    checkReferences(schema, `contract.types[${JSON.stringify(name)}]`, known, broken);
  for (const { name, payload } of events) {
    if (!known.has(payload))
      throw broken(`contract.events[${JSON.stringify(name)}].payload`, 'names no type');
  }
  return { products, events, types };
}

function productAt(value: Json, name: string, key: string, broken: Broken): PromisedProduct {
  if (!isProductName(name)) throw broken(key, 'is not the name of a product');
  const authentication = listAt(value, key, broken).map((ways, at) =>
    listAt(ways, `${key}[${at}]`, broken).map((way, index) => wayAt(way, `${key}[${at}][${index}]`, broken)),
  );
  return { name, authentication };
}

function wayAt(value: Json, key: string, broken: Broken): Authentication {
  const way = objectAt(value, key, broken);
  const { kind, header, parameter, type, algorithm, encoding } = way;
  const isHeader = header === undefined || typeof header === 'string';
  const isWay =
    kind === 'basic' || kind === 'bearer'
      ? hasOnly(way, ['kind'])
      : kind === 'header'
        ? typeof header === 'string' && hasOnly(way, ['kind', 'header'])
        : kind === 'query'
          ? typeof parameter === 'string' && hasOnly(way, ['kind', 'parameter'])
          : kind === 'other'
            ? typeof type === 'string' && hasOnly(way, ['kind', 'type'])
            : kind === 'signature' &&
              isHeader &&
              ['hmac-sha256', 'rsa-sha256', 'standard-webhooks'].includes(algorithm as string) &&
              [undefined, 'hex', 'base64'].includes(encoding as string | undefined) &&
              hasOnly(way, ['kind', 'header', 'algorithm', 'encoding']);
  if (!isWay) throw broken(key, 'is no way to authenticate');
  return way as unknown as Authentication;
}

function eventAt(value: Json, name: string, key: string, broken: Broken): PromisedEvent {
  const event = objectAt(value, key, broken);
  const { discriminator, deliveryKey, contentTypes, ...rest } = event;
  const { product, handler, payload } = rest;
  checkMembers(rest, ['product', 'handler', 'payload'], key, broken);
  return {
    name,
    product: textAt(product, `${key}.product`, broken),
    handler: textAt(handler, `${key}.handler`, broken),
    payload: textAt(payload, `${key}.payload`, broken),
    ...(discriminator !== undefined && {
      discriminator: discriminatorAt(discriminator, `${key}.discriminator`, broken),
    }),
    deliveryKey: textsAt(deliveryKey, `${key}.deliveryKey`, broken),
    contentTypes: textsAt(contentTypes, `${key}.contentTypes`, broken),
  };
}

function discriminatorAt(value: Json, key: string, broken: Broken): Discriminator {
  const { path, value: word, ...rest } = objectAt(value, key, broken);
  checkMembers(rest, [], key, broken);
  return { path: textsAt(path, `${key}.path`, broken), value: textAt(word, `${key}.value`, broken) };
}

function typeAt(value: Json, name: string, key: string, broken: Broken): PayloadType {
  if (!isIdentifier(name)) throw broken(key, 'is not the name of a type');
  const { home, root = false, nested = false, schema, ...rest } = objectAt(value, key, broken);
  checkMembers(rest, [], key, broken);
  if (typeof root !== 'boolean' || typeof nested !== 'boolean')
    throw broken(key, 'is neither root nor nested');
  if (schema === undefined) throw broken(`${key}.schema`, 'is missing');
  checkSchema(schema, `${key}.schema`, broken);
  return { name, home: textAt(home, `${key}.home`, broken), root, nested, schema };
}

function hasOnly(value: JsonObject, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}

function checkMembers(value: JsonObject, names: readonly string[], key: string, broken: Broken): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw broken(`${key}[${JSON.stringify(unknown)}]`, 'is not known');
}

import type { PromisedProduct } from '../catalog/contract.js';
import type { Authentication } from '../catalog/model.js';
import type { Told } from './record.js';
import type { Side } from './side.js';
import { dataText } from './simple.js';

/** Compares who sends, and how deliveries authenticate. */
export function compareProducts(base: Side, head: Side, told: Told): void {
  const [before, after] = [productsOf(base), productsOf(head)];
  for (const [name, { authentication }] of before) {
    const now = after.get(name);
    const places = { before: spot(name), after: now && spot(name), events: eventsOf(name, base) };
    const subject = `product ${name}`;
    if (!now)
      told.add({ rule: 'product-removed', subject, message: `${name} sends nothing any more.`, ...places });
    else {
      const [old, next] = [waysOf(authentication), waysOf(now.authentication)];
      const lost = [...old.keys()].filter((way) => !next.has(way));
      const gained = [...next.keys()].filter((way) => !old.has(way));
      if (lost.length + gained.length === 0) continue;
      const rule =
        gained.length === 0
          ? 'authentication-removed'
          : lost.length === 0
            ? 'authentication-added'
            : 'authentication-changed';
      const message = `${name} authenticates by ${listed([...next.values()])}; it was ${listed([...old.values()])}.`;
      told.add({ rule, subject, message, ...places });
    }
  }
  for (const name of after.keys()) {
    if (before.has(name)) continue;
    told.add({
      rule: 'product-added',
      subject: `product ${name}`,
      message: `${name} is new.`,
      after: spot(name),
      events: eventsOf(name, head),
    });
  }
}

function productsOf({ contract }: Side): ReadonlyMap<string, PromisedProduct> {
  return new Map(contract.products.map((product) => [product.name, product]));
}

function spot(name: string) {
  return { kind: 'product', name, path: [] } as const;
}

function eventsOf(product: string, { contract }: Side): readonly string[] {
  return contract.events.filter((event) => event.product === product).map(({ name }) => name);
}

/** How each way is shown, by what it means: the case of a header says nothing (RFC 9110 §5.1). */
function waysOf(ways: readonly Authentication[]): ReadonlyMap<string, string> {
  return new Map(ways.map((way) => [dataText(withPlainHeaders(way)), shownWay(way)]));
}

function withPlainHeaders(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainHeaders);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]: [string, unknown]) => [
    key,
    key === 'header' && typeof each === 'string' ? each.toLowerCase() : withPlainHeaders(each),
  ]);
  return Object.fromEntries(entries);
}

function listed(ways: readonly string[]): string {
  return ways.length === 0 ? 'nothing that is told' : ways.join(' or ');
}

function shownWay(way: Authentication): string {
  switch (way.kind) {
    case 'basic':
      return 'Basic authentication';
    case 'bearer':
      return 'a bearer token';
    case 'header':
      return `the header ${way.header}`;
    case 'signature': {
      const { algorithm, header, encoding } = way;
      const where = header === undefined ? '' : ` in ${header}`;
      return `an ${algorithm} signature${where}${encoding === undefined ? '' : ` as ${encoding}`}`;
    }
  }
}

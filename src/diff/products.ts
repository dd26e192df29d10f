import type { PromisedProduct } from '../model/contract.js';
import type { Authentication, Requirement } from '../model/catalog.js';
import type { Report } from './report.js';
import type { RuleId } from '../model/change-rules.js';
import type { IndexedContract } from './indexed-contract.js';
import { dataText } from './simple.js';

/** Compares who sends, and how deliveries authenticate. */
export function compareProducts(base: IndexedContract, head: IndexedContract, report: Report): void {
  const [before, after] = [productsOf(base), productsOf(head)];
  for (const [name, { authentication }] of before) {
    const now = after.get(name);
    const locations = { before: pathOf(name), after: now && pathOf(name), events: eventsOf(name, base) };
    const subject = `product ${name}`;
    if (!now)
      report.add({
        rule: 'product-removed',
        subject,
        message: `${name} sends nothing any more.`,
        ...locations,
      });
    else {
      const rule = authenticationRule(authentication, now.authentication);
      if (rule === undefined) continue;
      const message = `${name} authenticates by ${listed(now.authentication)}; it was ${listed(authentication)}.`;
      report.add({ rule, subject, message, ...locations });
    }
  }
  for (const name of after.keys()) {
    if (before.has(name)) continue;
    report.add({
      rule: 'product-added',
      subject: `product ${name}`,
      message: `${name} is new.`,
      after: pathOf(name),
      events: eventsOf(name, head),
    });
  }
}

function productsOf({ contract }: IndexedContract): ReadonlyMap<string, PromisedProduct> {
  return new Map(contract.products.map((product) => [product.name, product]));
}

function pathOf(name: string) {
  return { kind: 'product', name, path: [] } as const;
}

function eventsOf(product: string, { contract }: IndexedContract): readonly string[] {
  return contract.events.filter((event) => event.product === product).map(({ name }) => name);
}

type Ways = ReadonlySet<string>;

/** What changed for those who verify in one of the ways that the document offered; undefined where nothing did. */
function authenticationRule(
  before: readonly Requirement[],
  after: readonly Requirement[],
): RuleId | undefined {
  const [old, next] = [before.map(waysOf), after.map(waysOf)];
  const covers = (all: Ways, asked: Ways) => [...asked].every((way) => all.has(way));
  const equal = (one: Ways) => (other: Ways) => covers(one, other) && covers(other, one);
  const lost = old.filter((ways) => !next.some(equal(ways)));
  const gained = next.filter((ways) => !old.some(equal(ways)));
  if (lost.length + gained.length === 0) return undefined;
  // What is asked for in these ways, no delivery has any more.
  if (lost.some((asked) => asked.size > 0 && !next.some((ways) => covers(ways, asked))))
    return gained.length === 0 ? 'authentication-removed' : 'authentication-changed';
  return gained.every((ways) => old.some((asked) => covers(ways, asked)))
    ? 'authentication-extended'
    : 'authentication-added';
}

/** The ways of a requirement by what they mean: the case of a header says nothing (RFC 9110 §5.1), nor does the usual encoding. */
function waysOf(requirement: Requirement): Ways {
  return new Set(
    requirement.map((way) => {
      if (way.kind !== 'header' && way.kind !== 'signature') return dataText(way);
      const named = way.header === undefined ? way : { ...way, header: way.header.toLowerCase() };
      if (named.kind === 'header') return dataText(named);
      const usual = named.algorithm === 'hmac-sha256' ? 'hex' : 'base64';
      return dataText({ encoding: usual, ...named });
    }),
  );
}

function listed(requirements: readonly Requirement[]): string {
  if (requirements.length === 0) return 'nothing that the document names';
  const texts = requirements.map((ways) => ways.map(shownWay).join(' and ') || 'no authentication');
  return texts.join(requirements.some((ways) => ways.length > 1) ? ', or ' : ' or ');
}

function shownWay(way: Authentication): string {
  switch (way.kind) {
    case 'basic':
      return 'Basic authentication';
    case 'bearer':
      return 'a bearer token';
    case 'header':
      return `the header ${way.header}`;
    case 'query':
      return `the query parameter ${way.parameter}`;
    case 'other':
      return way.type;
    case 'signature': {
      const { algorithm, header, encoding } = way;
      const where = header === undefined ? '' : ` in ${header}`;
      return `an ${algorithm} signature${where}${encoding === undefined ? '' : ` as ${encoding}`}`;
    }
  }
}

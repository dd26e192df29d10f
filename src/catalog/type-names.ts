import { foldedName, settle } from './names.js';

/** A type that wants a name. */
export interface TypeClaim {
  readonly key: string;
  /** What makes it itself, whatever else there is. */
  readonly identity: string;
  readonly wanted: string;
  /** The base name of its document. */
  readonly document: string;
  /** The name by where it stands, of a type that wants to be called by its title. */
  readonly byPlace: string | undefined;
  /** The name with the title of its document, for a type of another document that has the name. */
  readonly byDocument: string;
}

/**
 * Names types by key. Of those that want the same name the first by identity keeps it; the others are called by their place or
 * their document, and by a hash where that name is taken too.
 */
export function nameTypes(claims: readonly TypeClaim[]): ReadonlyMap<string, string> {
  const settled = settle(claims.map((item) => ({ name: item.wanted, identity: item.identity, item })));
  const kept = settled.filter(({ name, settled: given }) => given === name);
  const holders = new Map(kept.map(({ name, item }) => [foldedName(name), item]));
  const others = settled.flatMap(({ item, name, settled: given }) => {
    if (given === name) return [];
    const isForeign = holders.get(foldedName(name))?.document !== item.document;
    const other = item.byPlace ?? (isForeign ? item.byDocument : given);
    return [{ name: other, identity: `1${item.identity}`, item, hashed: given }];
  });
  const again = settle([
    ...kept.map(({ name, item }) => ({ name, identity: `0${item.identity}`, item })),
    ...others,
  ]);
  const hashed = new Map(others.map((each) => [each.item.key, each.hashed]));
  return new Map(
    again.map(({ item, name, settled: given }) => [
      item.key,
      given === name ? name : (hashed.get(item.key) ?? given),
    ]),
  );
}

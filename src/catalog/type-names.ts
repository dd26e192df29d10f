import { foldedName, assignNames } from './names.js';

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
  /** Longer names by where it stands, the shortest first. */
  readonly instead: readonly string[];
}

/**
 * Names types by key. Of those that want the same name the first by identity keeps it; the others are called by their place or
 * their document, by the first of these names that is free. What finds none gets a hash behind the name that it wanted.
 */
export function nameTypes(claims: readonly TypeClaim[]): ReadonlyMap<string, string> {
  const wanted = assignNames(claims.map((item) => ({ name: item.wanted, identity: item.identity, item })));
  const holders = new Map(
    wanted.flatMap(({ name, settled, item }) => (settled === name ? [[foldedName(name), item]] : [])),
  );
  const names = new Map([...holders.values()].map(({ key, wanted }) => [key, wanted]));
  let unnamed = wanted.flatMap(({ item, settled }) =>
    names.has(item.key) ? [] : [{ item, options: optionsOf(item, holders), hashed: settled }],
  );
  while (unnamed.length > 0) {
    const asking = unnamed.map((each) => ({
      ...each,
      options: each.options.filter((name) => !holders.has(foldedName(name))),
    }));
    for (const { item, hashed } of asking.filter(({ options }) => options.length === 0))
      names.set(item.key, hashed);
    const round = assignNames(
      asking.flatMap(({ item, options: [name] }) =>
        name === undefined ? [] : [{ name, identity: item.identity, item }],
      ),
    );
    for (const { item, name, settled } of round) {
      if (settled !== name) continue;
      holders.set(foldedName(name), item);
      names.set(item.key, name);
    }
    unnamed = asking.filter(({ item }) => !names.has(item.key));
  }
  return names;
}

/** What a type may be called where another one has the name that it wants. */
function optionsOf(
  { wanted, byPlace, byDocument, instead, document }: TypeClaim,
  holders: ReadonlyMap<string, TypeClaim>,
): readonly string[] {
  const isForeign = holders.get(foldedName(wanted))?.document !== document;
  return [...(byPlace === undefined ? [] : [byPlace]), ...(isForeign ? [byDocument] : []), ...instead];
}

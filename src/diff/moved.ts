/**
 * Tells which kits are at another place now: each of those that went is the one of those that came with most of its events. Of
 * one that went and one that came, each is the other.
 *
 * @param gone the events of each kit that went, by its folder
 * @param come likewise
 * @returns the folder then, by the folder now
 */
export function movedKits(
  gone: ReadonlyMap<string, ReadonlySet<string>>,
  come: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, string> {
  const [old, next] = [[...gone], [...come]];
  const [only, now] = [old[0], next[0]];
  if (only && now && old.length + next.length === 2) return new Map([[now[0], only[0]]]);
  const pairs = old.flatMap(([was, events]) =>
    next.map(([is, theirs]) => ({ was, is, shared: [...events].filter((name) => theirs.has(name)).length })),
  );
  const moved = new Map<string, string>();
  const taken = new Set<string>();
  for (const { was, is, shared } of pairs.sort((a, b) => b.shared - a.shared)) {
    if (shared === 0 || taken.has(was) || moved.has(is)) continue;
    moved.set(is, was);
    taken.add(was);
  }
  return moved;
}

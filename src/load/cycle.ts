import { isObject, type Tree, type TreeObject } from './tree.js';

/**
 * Circles of references that lead to nothing but each other: `A → B → A`. Recursion through a property is none. Each circle is
 * given once, beginning with the holder met first.
 *
 * @param targets what each object with a `$ref` leads to
 */
export function* cycles(targets: ReadonlyMap<TreeObject, Tree>): Generator<readonly TreeObject[]> {
  const done = new Set<TreeObject>();
  for (const start of targets.keys()) {
    const way = new Map<TreeObject, number>();
    let holder: TreeObject | undefined = start;
    while (holder && !done.has(holder) && !way.has(holder)) {
      way.set(holder, way.size);
      const target: Tree | undefined = targets.get(holder);
      holder = isObject(target) && targets.has(target) ? target : undefined;
    }
    if (holder && !done.has(holder)) yield [...way.keys()].slice(way.get(holder));
    for (const each of way.keys()) done.add(each);
  }
}

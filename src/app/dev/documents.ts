import type { Options } from '../../config/settings.js';

/** One set of documents out of those of all kits: a delivery may be for any of them. */
export function allDocuments(kits: readonly Options[]): Options | undefined {
  const [first, ...others] = kits;
  if (first === undefined || others.length === 0) return first;
  const all = <T>(lists: readonly (readonly T[] | undefined)[]) =>
    lists.every((list) => list !== undefined) ? [...new Set(lists.flat())] : undefined;
  return {
    ...first,
    spec: all(kits.map(({ spec }) => spec ?? ['shipped'])),
    overlay: [...new Set(kits.flatMap(({ overlay }) => overlay ?? []))],
    products: all(kits.map(({ products }) => products)),
  };
}

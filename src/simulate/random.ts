/** Numbers that a seed decides: not for secrets. */
export interface Random {
  /** From 0 up to 1, without it. */
  next(): number;
  /** Whether something of this share happens. Takes a number in any case, so that what follows stays the same. */
  happens(share: number): boolean;
  pick<T>(list: readonly [T, ...(readonly T[])]): T;
}

/**
 * Mulberry32, which is short and passes the usual tests. Each delivery has numbers of its own, so that one can be made again
 * without those before it.
 *
 * @param seed any text
 */
export function random(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    happens: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value | 0;
}

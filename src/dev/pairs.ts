import type { Header } from '../delivery/headers.js';

/** Headers as Node has them, names and values in turn, as pairs. */
export function pairsOf(raw: readonly string[]): readonly Header[] {
  return Array.from({ length: raw.length / 2 }, (_, at) => [raw[2 * at] ?? '', raw[2 * at + 1] ?? '']);
}

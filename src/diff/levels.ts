import type { Level } from '../model/change-rules.js';

/** The worst first. */
export const levels: readonly Level[] = ['breaking', 'risky', 'safe'];

export function worstOf(some: Iterable<Level>): Level {
  const all = new Set(some);
  return levels.find((level) => all.has(level)) ?? 'safe';
}

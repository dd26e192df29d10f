import type { Automaton } from './automaton.js';

/** How the kit checks a pattern: as a regular expression, or by an automaton where one could take longer than the text. */
export type PatternCode =
  { readonly kind: 'regexp' } | { readonly kind: 'automaton'; readonly data: Automaton };

/** Automata that were made in this process; undefined where none can be. */
const automata = new Map<string, Automaton | undefined>();

/**
 * Makes the automata that `patternCode` returns. The library that makes them is loaded where one is needed, and a process
 * whose patterns are all linear never loads it.
 *
 * @returns the patterns that no automaton can be made of
 */
export async function preparePatterns(patterns: Iterable<string>): Promise<readonly string[]> {
  const unclear = [...new Set(patterns)].filter((pattern) => !isLinear(pattern));
  const missing = unclear.filter((pattern) => !automata.has(pattern));
  if (missing.length > 0) {
    const { automatonOf, budget } = await import('./automaton.js');
    const left = budget();
    for (const pattern of missing) automata.set(pattern, automatonOf(pattern, left));
  }
  return unclear.filter((pattern) => automata.get(pattern) === undefined);
}

/** @throws Error for a pattern that is not linear and that `preparePatterns` was not asked for */
export function patternCode(pattern: string): PatternCode {
  const data = automata.get(pattern);
  if (data) return { kind: 'automaton', data };
  if (!isLinear(pattern)) throw new Error(`no automaton was made of ${pattern}`);
  return { kind: 'regexp' };
}

/** Steps that a regular expression may take at the start of a text alone. */
const maxSteps = 10_000;
/** Steps that it may take for each character of a text. */
const maxStepsEach = 100;
/** Groups inside each other. */
const maxDepth = 50;

/** A bound for what a part of a pattern costs where it is tried once. A part with a loop costs that times the text's length. */
interface Cost {
  /** In how many ways it can match: what follows is tried for each. */
  readonly paths: number;
  readonly steps: number;
  /** How many repetitions without bound are behind each other in it. */
  readonly loops: number;
  /** Whether it matches at the start of a text alone. */
  readonly anchored: boolean;
}

const nothing: Cost = { paths: 1, steps: 0, loops: 0, anchored: false };
const one: Cost = { ...nothing, steps: 1 };

/**
 * Whether JavaScript's own regular expressions surely check a pattern in time linear in the text, with the flag `u`. They try
 * every way to match before they give up, and from every place where the pattern may start. What is not understood here
 * is not linear: backreferences and lookarounds, groups that repeat without bound.
 */
export function isLinear(pattern: string): boolean {
  const tokens = pattern.match(token) ?? [];
  let at = 0;
  const cost = alternatives(0);
  if (cost === undefined || at < tokens.length) return false;
  if (!cost.anchored) return cost.loops === 0 && cost.steps <= maxStepsEach;
  return cost.loops === 0 ? cost.steps <= maxSteps : cost.loops === 1 && cost.steps <= maxStepsEach;

  function alternatives(depth: number): Cost | undefined {
    let total = sequence(depth);
    while (total && tokens[at] === '|') {
      at += 1;
      const other = sequence(depth);
      total = other && either(total, other);
    }
    return total;
  }

  function sequence(depth: number): Cost | undefined {
    let total: Cost | undefined = nothing;
    while (total && at < tokens.length && tokens[at] !== '|' && tokens[at] !== ')') {
      const part = term(depth);
      total = part && behind(total, part);
    }
    return total;
  }

  /** An atom with its quantifier. */
  function term(depth: number): Cost | undefined {
    const first = tokens[at] ?? '';
    at += 1;
    let cost: Cost | undefined = one;
    if (first === '^') cost = { ...one, anchored: true };
    else if (/^\((?:$|\?:|\?<\w)/u.test(first)) {
      cost = depth < maxDepth ? alternatives(depth + 1) : undefined;
      at += 1;
    } else if (first.startsWith('(') || /^\\[1-9k]/u.test(first)) return undefined;
    const quantifier = tokens[at] ?? '';
    if (!/^[*+?{]/u.test(quantifier)) return cost;
    at += 1;
    return cost && repeated(cost, quantifier, first.startsWith('('));
  }
}

/** An escape, a class, the start of a group, a quantifier with what makes it lazy, or any other character. */
const token =
  /\\(?:u\{[^}]*\}|[pP]\{[^}]*\}|u[^]{4}|x[^]{2}|c[^]|[^])|\[(?:\\[^]|[^\]\\])*\]|\(\?(?::|<\w+>|<?[^\w])?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^]/gu;

function behind(first: Cost, second: Cost): Cost {
  return {
    paths: first.paths * second.paths,
    steps: first.steps + first.paths * second.steps,
    loops: first.loops + second.loops,
    anchored: first.anchored || (second.anchored && first === nothing),
  };
}

function either(first: Cost, second: Cost): Cost {
  return {
    paths: first.paths + second.paths,
    steps: first.steps + second.steps,
    loops: Math.max(first.loops, second.loops),
    anchored: first.anchored && second.anchored,
  };
}

function repeated(cost: Cost, quantifier: string, isGroup: boolean): Cost | undefined {
  const [, from = '', to = from] = /^\{(\d+)(?:,(\d*))?\}/u.exec(quantifier) ?? [
    '',
    quantifier.startsWith('+') ? '1' : '0',
    quantifier.startsWith('?') ? '1' : '',
  ];
  const [min, max] = [Number(from), to === '' ? Infinity : Number(to)];
  if (min > maxSteps || (max > maxSteps && max !== Infinity)) return undefined;
  if (max === Infinity) return isGroup ? undefined : { ...nothing, steps: min + 1, loops: 1 };
  if (max > 1 && cost.loops > 0) return undefined;
  let [paths, steps, ways] = [min === 0 ? 1 : 0, 0, 1];
  for (let count = 1; count <= max; count += 1) {
    steps += ways * cost.steps;
    ways *= cost.paths;
    if (count >= min) paths += ways;
    if (steps > maxSteps || paths > maxSteps) return undefined;
  }
  return { paths, steps, loops: max === 0 ? 0 : cost.loops, anchored: false };
}

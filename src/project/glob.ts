import picomatch from 'picomatch';
import { quoted } from '../diagnostics/printable.js';

const lengthAtMost = 500;
const numbersAtMost = 1_000;
/** Steps that a regular expression may take, as estimated: a fraction of a second. */
const stepsAtMost = 10_000_000;

/**
 * Whether a path matches a pattern, names that begin with a dot included. A pattern comes out of a file of the project and
 * becomes a regular expression, so what could keep one busy is refused.
 *
 * @throws what `wrong` makes of a pattern that is refused
 */
export function matchesGlob(
  path: string,
  pattern: string,
  { negates = true }: { readonly negates?: boolean },
  wrong: (problem: string) => Error,
): boolean {
  const refused = (why: string) => wrong(`the pattern ${quoted(pattern)} ${why}`);
  if (pattern.length > lengthAtMost) throw refused(`is longer than ${lengthAtMost} characters`);
  if (/[*+]\(/.test(pattern)) throw refused('repeats a group, which is not supported here');
  if (estimatedSteps(path.length, wildcardsOf(pattern)) > stepsAtMost)
    throw refused('has too many wildcards');
  return picomatch(pattern, {
    dot: true,
    nonegate: !negates,
    expandRange: (from: string, to: string) => {
      const numbers = range(Number(from), Number(to));
      if (numbers === undefined) throw refused('has a range that is not one of a few numbers');
      return `(?:${numbers.join('|')})`;
    },
  })(path);
}

/** What can match texts of several lengths: each may have to be tried with each length. */
function wildcardsOf(pattern: string): number {
  return (pattern.match(/\*+|[!?@]\(/g) ?? []).length;
}

/** In how many ways a text can be parted among wildcards. */
function estimatedSteps(length: number, wildcards: number): number {
  let ways = 1;
  for (let each = 1; each <= wildcards; each += 1) ways *= (length + each) / each;
  return ways;
}

function range(from: number, to: number): readonly number[] | undefined {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return undefined;
  const [low, high] = from < to ? [from, to] : [to, from];
  if (high - low >= numbersAtMost) return undefined;
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

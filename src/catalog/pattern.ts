/**
 * Whether a regular expression repeats a group that repeats something itself without bound, `(a+)+`: the shape that takes
 * exponential time on texts that nearly match. A warning's worth of certainty: some such patterns are harmless.
 */
export function isSlowPattern(pattern: string): boolean {
  /** For each open group, whether something inside it repeats without bound. */
  const groups: boolean[] = [];
  let repeats = false;
  let inClass = false;
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index];
    if (character === '\\') index += 1;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') {
      groups.push(repeats);
      repeats = false;
    } else if (character === ')') {
      const outer = groups.pop() ?? false;
      if (repeats && isUnbounded(pattern, index + 1)) return true;
      repeats ||= outer;
    } else if (isUnbounded(pattern, index)) repeats = true;
  }
  return false;
}

function isUnbounded(pattern: string, index: number): boolean {
  return (
    pattern[index] === '*' || pattern[index] === '+' || /^\{[0-9]+,\}/.test(pattern.slice(index, index + 12))
  );
}

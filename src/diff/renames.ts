interface Field {
  readonly required: boolean;
  /** What it may be, as a text. */
  readonly text: string;
}

/** More than this many fields at once are another object, not renamed ones. */
const comparedAtMost = 50;

/**
 * Fields that are evidently called otherwise now: one that went and one that came read the same, have names that are alike,
 * and there is no other that either could be.
 *
 * @returns the new name of each
 */
export function renames(
  gone: readonly (readonly [string, Field])[],
  come: readonly (readonly [string, Field])[],
): ReadonlyMap<string, string> {
  if (gone.length === 0 || come.length === 0 || gone.length > comparedAtMost || come.length > comparedAtMost)
    return new Map();
  const shapes = new Map(come.map(([name, field]) => [name, shapeOf(field)]));
  const candidates = gone.map(([name, field]) => {
    const shape = shapeOf(field);
    const like = come
      .map(([other]) => other)
      .filter((other) => shapes.get(other) === shape && alike(name, other));
    return [name, like] as const;
  });
  const wanted = candidates.flatMap(([, like]) => like);
  return new Map(
    candidates.flatMap(([name, like]) => {
      const [only] = like;
      const isOnly = like.length === 1 && wanted.filter((other) => other === only).length === 1;
      return only !== undefined && isOnly ? [[name, only] as const] : [];
    }),
  );
}

function shapeOf({ text, required }: Field): string {
  return `${required} ${text}`;
}

/** Whether two names are spellings of one: `dueBy` and `due_by`, `mail` and `email_address`, `colour` and `color`. */
export function alike(left: string, right: string): boolean {
  const [a, b] = [wordsOf(left), wordsOf(right)];
  if (a.join('') === b.join('')) return true;
  if (withoutDigits(left) === withoutDigits(right)) return false;
  return within(a, b) || within(b, a) || (Math.min(left.length, right.length) > 3 && areClose(left, right));
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function withoutDigits(name: string): string {
  return name.replace(/[0-9]+/g, '#');
}

function within(some: readonly string[], all: readonly string[]): boolean {
  return some.length > 0 && some.every((word) => all.includes(word));
}

/** Whether one or two letters make the difference: a swap, a letter too many, another letter. */
function areClose(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 2 || Math.max(left.length, right.length) > 100) return false;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1];
    for (const [other, theirs] of [...right].entries()) {
      next.push(
        Math.min(
          (row[other] ?? 0) + (letter === theirs ? 0 : 1),
          (row[other + 1] ?? 0) + 1,
          (next[other] ?? 0) + 1,
        ),
      );
    }
    row = next;
  }
  return (row.at(-1) ?? 0) <= (Math.min(left.length, right.length) > 7 ? 2 : 1);
}

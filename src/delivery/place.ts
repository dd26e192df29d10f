/** A place in a payload. A chain, so that the places of a deep payload take no more room than the payload. */
export interface Place {
  readonly above: Place | undefined;
  /** The member's name, or the item's number. */
  readonly name: string | number;
  /** 1 for a member of the payload itself. */
  readonly depth: number;
}

/** The names that lead to a place, from the payload on. */
export function stepsTo(place: Place): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (let each: Place | undefined = place; each !== undefined; each = each.above) steps.push(each.name);
  return steps.reverse();
}

/** The same as a JSON pointer. */
export function pointerTo(place: Place): string {
  return stepsTo(place).map(pointerStep).join('');
}

/** A step of a JSON pointer, with its slash. */
export function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

import { pointerOf } from '../model/pointer.js';

/** Leads to a value in a payload. A chain, so that the paths of a deep payload take no more room than the payload. */
export interface FieldPath {
  readonly above: FieldPath | undefined;
  /** The member's name, or the item's number. */
  readonly name: string | number;
  /** 1 for a member of the payload itself. */
  readonly depth: number;
}

/** A path as a JSON pointer. */
export function pointerTo(path: FieldPath): string {
  const names: (string | number)[] = [];
  for (let each: FieldPath | undefined = path; each !== undefined; each = each.above) names.push(each.name);
  return pointerOf(names.reverse());
}

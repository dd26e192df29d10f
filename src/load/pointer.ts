import { memberOf, type Tree } from './tree.js';

/** The value one step below; undefined where there is none. */
export function stepInto(value: Tree, step: string): Tree | undefined {
  if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/u.test(step)) return undefined;
  return memberOf(value, step);
}

/** One step as it is written in a fragment. */
export function encodeStep(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

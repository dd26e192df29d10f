import { memberOf, type Tree } from './tree.js';

/**
 * The steps of a JSON Pointer in a URI fragment (RFC 6901 §6), without its `#`; undefined where it is malformed, an
 * anchor's name among that.
 */
export function pointerSteps(fragment: string): readonly string[] | undefined {
  if (fragment === '') return [];
  if (!fragment.startsWith('/')) return undefined;
  try {
    const steps = fragment.slice(1).split('/').map(decodeURIComponent);
    if (steps.some((step) => /~(?![01])/u.test(step))) return undefined;
    return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return undefined;
  }
}

/** The value one step below; undefined where there is none. */
export function stepInto(value: Tree, step: string): Tree | undefined {
  if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/u.test(step)) return undefined;
  return memberOf(value, step);
}

/** One step as it is written in a fragment. */
export function encodeStep(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

import type { Contract } from '../model/contract.js';
import type { Change, Locate } from './change.js';
import { compareEvents } from './events.js';
import { compareProducts } from './products.js';
import { newReport } from './report.js';
import { indexContract } from './indexed-contract.js';
import { compareTypes } from './types.js';
import { levels } from './levels.js';

/** Where things stand in the documents; what is left out has no place. */
export interface Locators {
  readonly base?: Locate | undefined;
  readonly head?: Locate | undefined;
}

/**
 * What has changed from one contract to another for those who receive the events: the worst first, then by subject. The order
 * of anything in a document makes no difference, nor does what only describes.
 */
export function compare(base: Contract, head: Contract, locators: Locators = {}): readonly Change[] {
  const [before, after] = [indexContract(base), indexContract(head)];
  const report = newReport(before, after, locators);
  compareProducts(before, after, report);
  const payloads = compareEvents(before, after, report);
  compareTypes(before, after, payloads, report);
  return inOrder(report.changes());
}

/** The worst first, then by subject. */
export function inOrder(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort(
    (a, b) =>
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      byCodeUnit(a.subject, b.subject) ||
      byCodeUnit(a.rule, b.rule) ||
      byCodeUnit(a.message, b.message),
  );
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

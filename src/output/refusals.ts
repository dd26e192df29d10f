import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Plan } from './plan.js';
import { firstDifferentLine } from '../diagnostics/divergence.js';
import { shown } from './shown.js';

/** What stands between a plan and the disk unless the user forces it: files changed by hand, files of somebody else. */
export function refusals(plan: Plan): readonly Diagnostic[] {
  return plan.files.flatMap(({ path, state, before = '', after }) => {
    const file = shown(join(plan.out, path));
    switch (state) {
      case 'edited': {
        const position = { file, line: firstDifferentLine(before, after ?? ''), column: 1 };
        const also = after === undefined ? ' and is no longer generated' : '';
        return { ...diagnostic('output-edited', `${file} was edited by hand${also}.`), position };
      }
      case 'foreign': {
        const position = { file, line: 1, column: 1 };
        return {
          ...diagnostic('output-foreign', `${file} is in the way: it was not generated here.`),
          position,
        };
      }
      case 'created':
      case 'changed':
      case 'unchanged':
      case 'removed':
        return [];
    }
  });
}

import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Plan } from './plan.js';
import { shown } from './shown.js';

/** What stands between a plan and the disk unless the user forces it: files changed by hand, files of somebody else. */
export function refusals(plan: Plan): readonly Diagnostic[] {
  return plan.files.flatMap(({ path, state, after }) => {
    const file = shown(join(plan.out, path));
    switch (state) {
      case 'edited':
        return diagnostic(
          'output-edited',
          `${file} was edited by hand${after === undefined ? ' and is no longer generated' : ''}.`,
        );
      case 'foreign':
        return diagnostic('output-foreign', `${file} is in the way: it was not generated here.`);
      case 'created':
      case 'changed':
      case 'unchanged':
      case 'removed':
        return [];
    }
  });
}

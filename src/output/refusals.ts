import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { Plan } from './plan.js';
import { firstDifferentLine } from '../diagnostics/divergence.js';
import { shown } from '../kit/shown.js';

/**
 * What stands between a plan and the disk: what shadows a module, which nobody can force; files changed by hand and files of
 * somebody else, unless the user forces it.
 */
export function refusals(
  plan: Plan,
  { force = false }: { readonly force?: boolean } = {},
): readonly Diagnostic[] {
  return force ? plan.shadows : [...plan.shadows, ...inTheWay(plan)];
}

function inTheWay(plan: Plan): readonly Diagnostic[] {
  const lost = new Set(plan.lost);
  const manifest = shown(join(plan.out, plan.manifest.path));
  const files = plan.files.flatMap(({ path, state, before = '', after }) => {
    const file = shown(join(plan.out, path));
    switch (state) {
      case 'edited': {
        const position = { file, line: firstDifferentLine(before, after ?? ''), column: 1 };
        const also = after === undefined ? ' and is no longer generated' : '';
        return { ...diagnostic('output-edited', `${file} was edited by hand${also}.`), position };
      }
      case 'foreign': {
        if (lost.has(path)) return [];
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
  return lost.size === 0 ? files : [lostManifest(manifest, lost.size), ...files];
}

function lostManifest(manifest: string, files: number): Diagnostic {
  return diagnostic(
    'manifest-missing',
    `${manifest} is missing, and generated files that differ are in the way (${files}).`,
  );
}

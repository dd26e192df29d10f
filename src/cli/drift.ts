import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { firstDifferentLine } from '../diagnostics/divergence.js';
import { fileName } from '../diagnostics/file-name.js';
import type { Rendered } from '../app/generate.js';

type File = Rendered['plan']['manifest'];

/** Where a kit and its documents have drifted apart, a finding a file, at the first line that differs. */
export function driftOf({ plan, settings: { cwd } }: Rendered): readonly Diagnostic[] {
  const lost = new Set(plan.lost);
  const differing = plan.files.flatMap((file) => {
    if (lost.has(file.path)) return [];
    const name = fileName(join(plan.out, file.path), cwd);
    const finding = findingOf(file, name);
    return finding ? [{ ...finding, ...positionIn(file, name) }] : [];
  });
  const manifest = fileName(join(plan.out, plan.manifest.path), cwd);
  const missing =
    lost.size === 0
      ? []
      : [
          diagnostic(
            'manifest-missing',
            `${manifest} is missing, and generated files that differ are in the way (${lost.size})`,
          ),
        ];
  const findings = [...plan.shadows, ...missing, ...differing];
  if (findings.length > 0) return findings;
  if (plan.unfinished) return [diagnostic('kit-unfinished', `${manifest} is of a run that did not finish`)];
  if (plan.manifest.state === 'unchanged') return [];
  const finding = diagnostic('kit-manifest', `${manifest} is not what this run would record`);
  return [{ ...finding, ...positionIn(plan.manifest, manifest) }];
}

function findingOf({ state }: File, name: string): Diagnostic | undefined {
  switch (state) {
    case 'unchanged':
      return undefined;
    case 'created':
      return diagnostic('kit-file-missing', `${name} is missing`);
    case 'changed':
      return diagnostic('kit-file-changed', `${name} is not what the documents make now`);
    case 'removed':
      return diagnostic('kit-file-orphaned', `${name} is no longer generated`);
    case 'edited':
      return diagnostic('kit-file-edited', `${name} was edited by hand`);
    case 'foreign':
      return diagnostic('kit-file-foreign', `${name} is in the way: it was not generated here`);
  }
}

function positionIn({ before, after = '' }: File, file: string): Pick<Diagnostic, 'position'> {
  if (before === undefined) return {};
  return { position: { file, line: firstDifferentLine(before, after), column: 1 } };
}

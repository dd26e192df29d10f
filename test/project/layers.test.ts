import { join } from 'node:path';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { layerRule } from '../../eslint.layers.js';

const root = join(import.meta.dirname, '../..');

function findings(file: string, code: string): readonly (string | undefined)[] {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { project: { rules: { layers: layerRule } } },
    rules: { 'project/layers': 'error' },
  };
  return new Linter({ cwd: root }).verify(code, config, join(root, file)).map(({ messageId }) => messageId);
}

const rows: readonly [file: string, code: string, finding?: string][] = [
  ['src/emit/events.ts', `import './members.js';`],
  ['src/emit/events.ts', `import { diagnostic } from '../diagnostics/diagnostic.js';`],
  ['src/emit/events.ts', `import text from '../../templates/events.ts?raw';`],
  ['src/emit/events.ts', `import { describe } from '../kit/statement.js';`],
  ['src/emit/events.ts', `import { a } from '../model/catalog.js';`],
  ['src/emit/events.ts', `import { a } from '../catalog/names.js';`, 'stage'],
  ['src/emit/events.ts', `import { a } from '../output/plan.js';`, 'stage'],
  ['src/emit/events.ts', `export { a } from '../output/plan.js';`, 'stage'],
  ['src/emit/events.ts', `export * from '../output/plan.js';`, 'stage'],
  ['src/emit/events.ts', `await import('../output/plan.js');`, 'stage'],
  ['src/emit/events.ts', `import { a } from '../app/generate.js';`, 'stage'],
  ['src/emit/events.ts', `import fs from 'node:fs/promises';`, 'disk'],
  ['src/cli/list.ts', `import fs from 'fs';`, 'disk'],
  ['src/load/text.ts', `import { open } from 'node:fs/promises';`],
  ['src/revision/git.ts', `import { execFile } from 'node:child_process';`],
  ['src/load/text.ts', `import { execFile } from 'node:child_process';`, 'process'],
  ['src/diff/members.ts', `import { membersOf } from '../typescript/expression.js';`],
  ['src/diff/members.ts', `import { emit } from '../emit/emit.js';`, 'stage'],
  ['src/app/diff.ts', `import { compare } from '../diff/compare.js';`],
  ['src/app/cache/fingerprint.ts', `import { lstatSync } from 'node:fs';`],
  ['src/load/load.ts', `import { openCache } from '../app/cache/cache.js';`, 'stage'],
  ['src/diagnostics/codes/load.ts', `import { entries } from '../entry.js';`],
  ['src/diagnostics/codes/load.ts', `import { a } from '../../load/load.js';`, 'stage'],
  ['src/cli/list.ts', `import { describe } from '../app/generate.js';`],
  ['src/cli/list.ts', `import { plan } from '../output/plan.js';`, 'stage'],
  ['src/app/generate.ts', `import { plan } from '../output/plan.js';`],
  ['src/app/configure.ts', `import { readText } from '../load/text.js';`],
  ['src/model/pointer.ts', `import { a } from '../catalog/names.js';`, 'stage'],
  ['src/config/check.ts', `import { readText } from '../load/text.js';`, 'stage'],
  ['src/config/find.ts', `import { lstat } from 'node:fs/promises';`],
  ['src/cli/config.ts', `import { options } from '../config/options.js';`],
  ['templates/runtime/receiver.ts', `import { createHmac } from 'node:crypto';`],
  ['templates/runtime/receiver.ts', `import { z } from 'zod';`, 'dependency'],
  ['templates/runtime/receiver.ts', `import { version } from '../../src/version.js';`, 'stage'],
];

test.each(rows)('%s: %s', (file, code, finding) => {
  expect(findings(file, code)).toEqual(finding === undefined ? [] : [finding]);
});

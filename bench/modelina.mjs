/**
 * A whole kit beside what Modelina takes to print interfaces alone, for the published document. Modelina is installed for
 * this from the npm registry, into a folder that goes when the process ends.
 *
 *     node bench/modelina.mjs [rounds]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, newFolder, specs, workplace } from './package.mjs';
import { compare, node } from './time.mjs';

const version = '5.10.1';
const folder = join(workplace, 'modelina');
mkdirSync(folder);
writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
execFileSync(
  'npm',
  ['install', '--silent', '--ignore-scripts', '--no-audit', '--no-fund', `@asyncapi/modelina@${version}`],
  { cwd: folder, stdio: 'inherit' },
);
const program = `
  const { readFileSync } = await import('node:fs');
  const { TypeScriptGenerator } = await import('@asyncapi/modelina');
  const generator = new TypeScriptGenerator({ modelType: 'interface' });
  const models = await generator.generate(readFileSync(process.argv[1], 'utf8'));
  if (models.length === 0) process.exit(1);
`;
const document = join(specs, 'freshworks.asyncapi.yaml');
const interfaces = `Modelina ${version}, interfaces alone`;

compare('The published document', Number(process.argv[2] ?? 7), {
  [interfaces]: [() => node(folder, ['--input-type=module', '-e', program, document])],
  'freshworks-gen generate, a whole kit': [
    () => node(workplace, [command, 'generate', '--spec', document, '--out', newFolder()]),
    interfaces,
  ],
});

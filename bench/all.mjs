/**
 * Runs every benchmark, one after the other: nothing else should run meanwhile.
 *
 *     npm run bench
 */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { workplace } from './package.mjs';

const root = resolve(import.meta.dirname, '..');
const receiver = join(workplace, 'receiver.mjs');
await build({
  entryPoints: [join(root, 'bench/receiver.ts')],
  outfile: receiver,
  bundle: true,
  platform: 'node',
  format: 'esm',
});

for (const script of ['bench/size.mjs', 'bench/change.mjs', 'bench/start.mjs']) {
  execFileSync(process.execPath, [join(root, script)], { stdio: 'inherit' });
}
console.log('\nThe receiver\n');
execFileSync(process.execPath, [receiver], { stdio: 'inherit' });

/**
 * Runs every benchmark, one after the other: nothing else should run meanwhile.
 *
 *     npm run bench
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

for (const script of [
  'size.mjs',
  'change.mjs',
  'start.mjs',
  'watch.mjs',
  'large.mjs',
  'diff.mjs',
  'types.mjs',
  'modelina.mjs',
  'validators.mjs',
  'receiver.mjs',
  'clients.mjs',
  'adapters.mjs',
  'uploads.mjs',
  'worst.mjs',
]) {
  execFileSync(process.execPath, [join(import.meta.dirname, script)], { stdio: 'inherit' });
}

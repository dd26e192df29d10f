import { join } from 'node:path';
import { build } from 'esbuild';
import { newKit, workplace } from './package.mjs';

/** A kit of Freshdesk's events with all adapters, in one file. Returns its path. */
export async function kitBundle() {
  const kit = newKit('--products', 'freshdesk', '--adapters', 'node,express,fastify,lambda');
  const outfile = join(workplace, 'kit.mjs');
  const entryPoints = [join(kit, 'index.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
}

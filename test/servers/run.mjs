// Installs what the servers are tried with, and runs their tests under the Node that pg-boss and node:sqlite need.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '../..');
const packages = join(here, 'node_modules');
const node = join(packages, 'node-24/bin/node');
// npm runs what it compiles under the Node that it runs under itself.
const npm =
  process.env.npm_execpath ??
  execFileSync('sh', ['-c', 'readlink -f "$(command -v npm)"'], { encoding: 'utf8' }).trim();
const isNew = !existsSync(join(packages, '.package-lock.json'));
const env = { ...process.env, FRESHWORKS_GEN_CACHE: 'off' };

if (isNew) execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: here, stdio: 'inherit' });
// With that Node's own headers, wherever others are.
env.npm_config_nodedir = join(packages, 'node-24');
env.PATH = [dirname(node), process.env.PATH].join(delimiter);
// Compiled, for the Node that loads it.
if (!existsSync(join(packages, 'better-sqlite3/build/Release/better_sqlite3.node')))
  execFileSync(node, [npm, 'rebuild', 'better-sqlite3'], { cwd: here, env, stdio: 'inherit' });

const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const args = [vitest, 'run', '--config', 'vitest.servers.config.ts', ...process.argv.slice(2)];
process.exitCode = spawnSync(node, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;

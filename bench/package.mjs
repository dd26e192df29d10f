/** The package as users have it: packed and unpacked into a folder that goes when the process ends. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

export const workplace = mkdtempSync(join(tmpdir(), 'freshworks-gen-bench-'));
process.on('exit', () => rmSync(workplace, { recursive: true, force: true }));

// What commands remember goes with it.
process.env.XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), 'freshworks-gen-cache-'));
process.on('exit', () => rmSync(process.env.XDG_CACHE_HOME, { recursive: true, force: true }));

execFileSync('npm', ['pack', '--silent', '--pack-destination', workplace], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const [name] = readdirSync(workplace);

export const tarball = { path: join(workplace, name), bytes: statSync(join(workplace, name)).size };

writeFileSync(join(workplace, 'package.json'), '{ "type": "module", "private": true }');
mkdirSync(join(workplace, 'node_modules'));
execFileSync('tar', ['-xzf', tarball.path, '-C', join(workplace, 'node_modules')]);

export const installed = join(workplace, 'node_modules/package');
export const command = join(installed, 'bin/freshworks-gen.js');
export const specs = join(installed, 'specs');

let kits = 0;

/** A folder that no kit is in yet. */
export function newFolder() {
  return join(workplace, `kit-${++kits}`);
}

/** Generates a kit and returns its folder. */
export function newKit(...options) {
  const out = newFolder();
  execFileSync(process.execPath, [command, 'generate', '--out', out, ...options], {
    cwd: workplace,
    stdio: 'pipe',
  });
  return out;
}

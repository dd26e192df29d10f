// Installs what the scripts need, on a clone where nothing is installed yet.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

if (!existsSync(new URL('node_modules/.package-lock.json', import.meta.url))) {
  // The tools are libraries: none needs its install script. `npm pack --dry-run` passes its dryness on otherwise.
  const env = { ...process.env };
  delete env.npm_config_dry_run;
  const options = { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' };
  execFileSync('npm', ['ci', '--ignore-scripts'], options);
}

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Lays out the kit of the shipped documents, so that a run with Prettier's defaults does not have to: with either way to
 * end imports that a project may have without asking for it by name.
 */
export async function layOutShipped() {
  const folder = await mkdtemp(join(tmpdir(), 'freshworks-gen-build-'));
  try {
    // Prettier's options are looked for no further up.
    await writeFile(join(folder, '.prettierrc'), '{}');
    await writeFile(join(folder, '.editorconfig'), 'root = true');
    const kits = [];
    for (const module of ['nodenext', 'preserve']) {
      await mkdir(join(folder, module));
      await writeFile(join(folder, module, 'tsconfig.json'), JSON.stringify({ compilerOptions: { module } }));
      kits.push(join(folder, module, 'events'));
    }
    execFileSync(process.execPath, ['dist/lay-out-shipped.js', ...kits], { stdio: 'inherit' });
  } finally {
    await rm(folder, { recursive: true });
    await rm('dist/lay-out-shipped.js');
  }
}

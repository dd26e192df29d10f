import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { settle } from '../config/settings.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { mergeRepeated } from '../diagnostics/repeated.js';
import { liveKit, type LiveKit } from '../delivery/live-kit.js';
import { importModules, type Modules } from '../delivery/modules.js';
import type { EmittedFile } from '../kit/file.js';
import { sha256 } from '../kit/sha256.js';
import type { AddDependency } from '../model/dependency.js';
import type { Files } from '../model/files.js';
import { read, type DescribeOptions } from './generate.js';

/**
 * Makes the kit of some documents and imports it. It goes through the same gate as what is written to disk.
 *
 * @param addDependency is called with every file that the kit depends on
 * @param files where documents and overlays are read from, but for those that come with the program; the disk by default
 */
export async function loadKit(
  options: DescribeOptions = {},
  addDependency?: AddDependency,
  files?: Files,
): Promise<LiveKit> {
  const diagnostics: Diagnostic[] = [];
  const settings = settle({ ...options, out: '.' }, undefined);
  const report = (found: Diagnostic) => diagnostics.push(found);
  const { catalog } = await read(settings, false, report, addDependency, files);
  const { emit } = await import('../emit/emit.js');
  const modules = await imported(await emit(catalog, { importExtension: '.js', adapters: [] }));
  return liveKit(modules, { catalog, diagnostics: mergeRepeated(diagnostics) });
}

/**
 * The modules of kits that were imported, by what their files hold. Node.js keeps every module that it has imported, and would
 * import the same files once more from another folder.
 */
const modulesOf = new Map<string, Promise<Modules>>();

async function imported(files: readonly EmittedFile[]): Promise<Modules> {
  const key = sha256(JSON.stringify(files.map(({ path, code }) => [path, code])));
  const modules = modulesOf.get(key) ?? writtenAndImported(files);
  modulesOf.set(key, modules);
  // What failed, a full disk say, may succeed the next time.
  modules.catch(() => modulesOf.delete(key));
  return modules;
}

/** Writes files to a folder that only this user reads, imports them, and removes it. */
async function writtenAndImported(files: readonly EmittedFile[]): Promise<Modules> {
  const [{ verifyAll }, { withoutTypes }] = await Promise.all([
    import('../kit/verify.js'),
    import('./without-types.js'),
  ]);
  await verifyAll(files);
  const folder = await mkdtemp(join(tmpdir(), 'freshworks-gen-'));
  try {
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    for (const { path, code } of files) {
      const file = join(folder, path.replace(/\.ts$/, '.js'));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, withoutTypes(code));
    }
    return await importModules(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

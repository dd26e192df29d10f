import { dirname } from 'node:path';
import type { AddDependency } from '../model/dependency.js';
import { checkConfig } from '../config/check.js';
import { diffByDefault, type DiffSettings } from '../config/check-diff.js';
import { findConfig, type ConfigFile } from '../config/find.js';
import { kitOfFlags, kitsOfConfig, type KitConfiguration, type KitFlags } from '../config/kits.js';
import { settle, type Settings } from '../config/settings.js';
import type { Written } from '../config/written.js';
import { catalogue } from '../diagnostics/catalogue.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { disk } from '../load/disk.js';
import { sourceMapOf, type Offsets } from '../load/offsets.js';
import { readManifest } from '../kit/manifest.js';

export type { KitConfiguration } from '../config/kits.js';

/** What the command line and the file that it found ask for. */
export interface Configuration {
  /** The file as messages name it; undefined without one. */
  readonly file: string | undefined;
  /** Whether it is a program: then nothing about it can be remembered by its content. */
  readonly isProgram: boolean;
  /** In the file's order, flags applied, paths absolute. */
  readonly kits: readonly KitConfiguration[];
  readonly diff: DiffSettings;
}

/** The command line as far as it says what is made from what. */
export interface ConfigureFlags extends KitFlags {
  /** The configuration's file; false for none; by default it is looked for in the working directory. */
  readonly config?: string | false | undefined;
}

/**
 * Decides what is asked for: by flags, else by the configuration.
 *
 * @param addDependency is called with every file that the answer depends on
 * @param needsOut whether somebody has to say which kit is meant; the commands that read documents alone need no kit
 * @throws Rejected with everything that is wrong with the configuration; `option-missing` where nothing says `out`
 */
export async function configure(
  flags: ConfigureFlags,
  cwd: string,
  addDependency?: AddDependency,
  needsOut = true,
): Promise<Configuration> {
  const { config: asked, ...given } = flags;
  const file = await findConfig(asked, cwd, addDependency);
  if (file === undefined) {
    const out = given.out ?? (needsOut ? undefined : '.');
    if (out === undefined) throw new Rejected(diagnostic('option-missing', 'Nothing says where the kit is.'));
    return {
      file: undefined,
      isProgram: false,
      kits: [kitOfFlags({ ...given, out }, cwd)],
      diff: diffByDefault,
    };
  }
  addDependency?.('content', file.path);
  const written = await read(file, cwd);
  const { kits, diff } = checkConfig(written);
  return {
    file: file.name,
    isProgram: file.isProgram,
    kits: kitsOfConfig(kits, written, given, cwd),
    diff,
  };
}

/** What is in force for a kit, with what its manifest records where that counts. */
export async function settingsOf({ options }: KitConfiguration): Promise<Settings> {
  const manifest = await readManifest(options.out);
  return settle(options, manifest);
}

/** Reads a file as documents are read: it may come from as far. A program is then run. */
async function read({ path, name, isProgram }: ConfigFile, cwd: string): Promise<Written> {
  // Loaded for this: where a configuration is remembered, or there is none, nothing of the readers is needed.
  const [{ readText }, { readTree }] = await Promise.all([
    import('../load/text.js'),
    import('../load/syntax.js'),
  ]);
  try {
    const { source } = await readText(path, name, true, disk);
    if (isProgram) {
      const { runProgram } = await import('../config/program/run.js');
      return await runProgram(path, name, cwd);
    }
    const offsets: Offsets = new Map();
    const value = readTree(source, offsets, () => undefined);
    const sourceMap = sourceMapOf(offsets);
    return {
      file: name,
      folder: dirname(path),
      value,
      locationOf: (node, key) => sourceMap.of(node, key),
      keyLocationOf: (node, key) => sourceMap.ofKey(node, key),
    };
  } catch (error) {
    throw error instanceof Rejected ? ofConfiguration(error) : error;
  }
}

/** What makes a document a bad one makes a configuration a wrong one; that a file cannot be read is the same for both. */
function ofConfiguration({ diagnostics }: Rejected): Rejected {
  return new Rejected(
    ...diagnostics.map((found) => {
      if (catalogue[found.code].exit !== 3) return found;
      const code = found.code === 'root-not-object' ? 'config-invalid' : 'config-syntax';
      return { ...found, code } as const;
    }),
  );
}

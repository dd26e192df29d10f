import { join } from 'node:path';
import { configure, type Configuration, type ConfigureFlags } from '../../src/app/configure.js';
import { Rejected, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { folder, type Files } from '../load/folder.js';

export interface Outcome {
  /** Where the configuration was. */
  readonly root: string;
  readonly configuration: Configuration | undefined;
  readonly errors: readonly Diagnostic[];
}

/** Configures a run in a new folder with some files; what was wrong comes back as data. */
export async function configured(files: Files, flags: ConfigureFlags = {}, below = '.'): Promise<Outcome> {
  const root = folder(files);
  try {
    return { root, configuration: await configure(flags, join(root, below)), errors: [] };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return { root, configuration: undefined, errors: error.diagnostics };
  }
}
